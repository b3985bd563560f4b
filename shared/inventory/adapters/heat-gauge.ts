import { cellKey, type Cell } from '../domain/cell.ts';

/** Contentions on one cell within the window that make it hot. */
const CONTENTIONS = 3;
const WINDOW_MS = 2_000;
/** How long a cell stays hot after the last contention, or the last claim that went the hot way. */
const COOLING_MS = 30_000;

/**
 * What turns a cell hot, and back: transactions that meet each other on it, as this executor sees them. Each executor
 * judges for itself, since both ways of claiming are safe beside each other; only the cost differs. `onChange` makes
 * it visible.
 */
export const makeHeatGauge = (deps: {
  readonly nowMs: () => number;
  readonly onChange: (cell: Cell, heat: 'hot' | 'cold') => void;
}) => {
  const contentions = new Map<string, number[]>();
  const hotUntil = new Map<string, number>();
  return {
    noteContention: (cell: Cell): void => {
      const nowMs = deps.nowMs();
      const key = cellKey(cell);
      const recent = [...(contentions.get(key) ?? []), nowMs].filter((at) => nowMs - at < WINDOW_MS);
      contentions.set(key, recent);
      if (recent.length < CONTENTIONS) return;
      if (!hotUntil.has(key)) deps.onChange(cell, 'hot');
      hotUntil.set(key, nowMs + COOLING_MS);
    },
    isHot: (cell: Cell): boolean => {
      const key = cellKey(cell);
      const until = hotUntil.get(key);
      if (until === undefined) return false;
      if (deps.nowMs() < until) return true;
      hotUntil.delete(key);
      contentions.delete(key);
      deps.onChange(cell, 'cold');
      return false;
    },
  };
};
