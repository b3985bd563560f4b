import { chooseNodes, type CandidateNode, type NodeChoice, type NodeChoiceRequest } from './choose-nodes.ts';
import type { NodeRoom } from './strategy/capacity-room.ts';
import { tableOf } from './table.ts';

/** Choices tried at most: rooms that bind are few and small, and a contrived order shall end too. */
const MOST_TRIED = 2_000;

type Branch = { readonly candidates: readonly CandidateNode[]; readonly choice: NodeChoice };
type Excess = { readonly node: string; readonly units: ReadonlyMap<string, number>; readonly least: number };

const worthOf = ({ cost }: NodeChoice): number => cost.total + cost.stockValue;

/** A node that the choice loads beyond its room: what it ships, and by how much some product of it has to be less. */
const excessIn = (
  choice: NodeChoice,
  skuOf: ReadonlyMap<string, string>,
  rooms: ReadonlyMap<string, NodeRoom>,
): Excess | undefined => {
  for (const { node, lines } of choice.shipments) {
    const room = rooms.get(node);
    if (room === undefined) continue;
    const units = new Map<string, number>();
    for (const { line, quantity } of lines) {
      const sku = skuOf.get(line) ?? line;
      units.set(sku, (units.get(sku) ?? 0) + quantity);
    }
    // Too many products: one of them has to go altogether.
    if (units.size > room.lines) return { node, units, least: Number.POSITIVE_INFINITY };
    const over = [...units.values()].reduce((sum, quantity) => sum + quantity, 0) - room.units;
    // By the pigeonhole principle, one of the products gives up at least its share of what is too much.
    if (over > 0) return { node, units, least: Math.ceil(over / units.size) };
  }
  return undefined;
};

const capped = (
  candidates: readonly CandidateNode[],
  node: string,
  sku: string,
  most: number,
): readonly CandidateNode[] =>
  candidates.map((candidate) =>
    candidate.node === node
      ? { ...candidate, stock: tableOf([...Object.entries(candidate.stock), [sku, Math.max(0, most)]]) }
      : candidate,
  );

const capsOf = (candidates: readonly CandidateNode[], rooms: ReadonlyMap<string, NodeRoom>): string =>
  JSON.stringify(candidates.filter(({ node }) => rooms.has(node)).map(({ stock }) => Object.entries(stock)));

/**
 * Chooses nodes where some take only so many products or units of the order. Exact, best first: a choice that fits is
 * the cheapest of all that are left; one that does not is split by which product of the overloaded node gives way, and
 * any plan that fits lies in one of the parts. `choose` answers without rooms (a lower bound). When the search is cut
 * short the best part is followed until it fits, and the choice is not called proven.
 */
export const chooseWithinRoom = (
  request: NodeChoiceRequest,
  rooms: ReadonlyMap<string, NodeRoom>,
  choose: (request: NodeChoiceRequest) => NodeChoice = chooseNodes,
): NodeChoice => {
  const skuOf = new Map(request.lines.map(({ id, sku }) => [id, sku]));
  const solved = (candidates: readonly CandidateNode[]): Branch => ({
    candidates,
    choice: choose({ ...request, candidates }),
  });
  let open: Branch[] = [solved(request.candidates)];
  const seen = new Set<string>();
  const bound = open.map(({ choice }) => choice.bound)[0] ?? 0;
  for (let tried = 1; ;) {
    const [best, ...rest] = open.sort((one, other) => worthOf(one.choice) - worthOf(other.choice));
    if (best === undefined) return solved([]).choice;
    const excess = excessIn(best.choice, skuOf, rooms);
    const isCut = tried >= MOST_TRIED;
    if (excess === undefined) return isCut ? { ...best.choice, bound, proven: false } : best.choice;
    const parts = [...excess.units].flatMap(([sku, units]) => {
      const candidates = capped(best.candidates, excess.node, sku, units - excess.least);
      const caps = capsOf(candidates, rooms);
      if (seen.has(caps)) return [];
      seen.add(caps);
      tried += 1;
      return [solved(candidates)];
    });
    open = isCut ? parts : [...rest, ...parts];
  }
};
