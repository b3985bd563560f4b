const RANKS: Readonly<Record<string, number>> = { urgent: 0, high: 1, normal: 2, low: 3 };
const NORMAL = 2;

/** Whose turn it is: 0 before 1, and so on. An order that says nothing of its priority is a normal one. */
export const priorityRank = (priority: string | undefined): number =>
  priority !== undefined && Object.hasOwn(RANKS, priority) ? (RANKS[priority] ?? NORMAL) : NORMAL;
