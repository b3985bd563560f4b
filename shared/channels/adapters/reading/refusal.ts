/**
 * Thrown inside a translator where the payload cannot become an order, and caught at its edge: reading a deep payload
 * field by field stays readable. The message is for people and quotes no personal data.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** The payload is readable and not for us: a draft, a test, another topic. */
export class Ignored extends Error {
  override readonly name = 'Ignored';
}
