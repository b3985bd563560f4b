import type { Problem } from '../../contracts/http/problem.ts';
import type { Reply } from './reply.ts';

/** What a use case may be refused with, as the HTTP world knows it. */
export type ProblemKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'unprocessable'
  | 'unavailable'
  | 'internal';

const KINDS: Readonly<Record<ProblemKind, { readonly status: number; readonly title: string }>> = {
  malformed: { status: 400, title: 'The request cannot be read' },
  unauthenticated: { status: 401, title: 'Who is calling is not known' },
  forbidden: { status: 403, title: 'This key may not do that' },
  'not-found': { status: 404, title: 'There is no such thing' },
  conflict: { status: 409, title: 'The state does not allow it' },
  'too-large': { status: 413, title: 'The request is too large' },
  unprocessable: { status: 422, title: 'The request does not make sense' },
  unavailable: { status: 503, title: 'Not possible right now, try again' },
  internal: { status: 500, title: 'Something went wrong here' },
};

/** A refusal as RFC 9457 problem document. `detail` is for people and must hold no personal data. */
export const problemReply = (kind: ProblemKind, detail?: string, errors?: Problem['errors']): Reply => {
  const { status, title } = KINDS[kind];
  const body: Problem = {
    type: `urn:switchyard:problem:${kind}`,
    title,
    status,
    ...(detail === undefined ? {} : { detail }),
    ...(errors === undefined ? {} : { errors }),
  };
  return { status, body, contentType: 'application/problem+json' };
};
