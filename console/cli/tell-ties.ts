import type { Decision, DecisionInputs } from '../../shared/sourcing/index.ts';
import { countOf } from './format-values.ts';
import { plain } from './output.ts';

type Tie = NonNullable<Decision['ties']>[number];

/** Units of the first line of a tie by node: of one unit a kit, that is the kits. */
const shippedOf = ({ parcels }: Decision, lineId: string) =>
  parcels.flatMap(({ node, lines }) =>
    lines.flatMap(({ line, quantity }) => (line === lineId ? [{ node, quantity }] : [])),
  );

const tellGroup = (group: string, lines: readonly string[], decision: Decision): string => {
  const [from] = shippedOf(decision, lines[0] ?? '');
  const tied = `Group ${plain(group)} (${countOf(lines.length, 'line')})`;
  return from === undefined
    ? `${tied} waits as a whole: no node could ship all of it.`
    : `${tied} ships as a whole from ${from.node}.`;
};

const tellKit = (
  kit: string,
  lines: readonly string[],
  decision: Decision,
  { request }: Pick<DecisionInputs, 'request'>,
): string => {
  const [first = ''] = lines;
  const perKit = request.lines.find(({ lineId }) => lineId === first)?.kit?.perKit ?? 1;
  const parts = shippedOf(decision, first).map(
    ({ node, quantity }) => `${Math.floor(quantity / perKit)} from ${node}`,
  );
  return `Kit ${plain(kit)} ships whole or not at all: ${parts.length === 0 ? 'none ships' : parts.join(', ')}.`;
};

/** What was kept together, and where it went. */
export const tellTies = (decision: Decision, inputs: Pick<DecisionInputs, 'request'>): readonly string[] =>
  (decision.ties ?? []).map((tie: Tie) =>
    'group' in tie
      ? tellGroup(tie.group, tie.lines, decision)
      : tellKit(tie.kit, tie.lines, decision, inputs),
  );
