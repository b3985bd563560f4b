import type { Sku } from '../../kernel/ids.ts';
import type { FigureOutcome } from '../application/publication-ports.ts';

/** A shop will not take a call however often it comes. */
export class RefusedCall extends Error {
  override readonly name = 'RefusedCall';
  readonly status: number;

  constructor(host: string, status: number) {
    super(`${host} refuses with ${status}`);
    this.status = status;
  }
}

type Figures = readonly { readonly sku: Sku }[];

/** What `tell` says; when the shop refuses the call itself, that it refuses all of the figures. */
export const orAllRefused = async (
  figures: Figures,
  tell: () => Promise<readonly FigureOutcome[]>,
): Promise<readonly FigureOutcome[]> => {
  try {
    return await tell();
  } catch (error) {
    if (!(error instanceof RefusedCall)) throw error;
    const { status } = error;
    return figures.map(({ sku }) => ({ type: 'refused', sku, status }));
  }
};
