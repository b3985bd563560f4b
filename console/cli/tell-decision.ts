import type { Change, Decision, DecisionInputs, Reason, WhyNot } from '../../shared/sourcing/index.ts';
import { countOf } from './format-values.ts';
import { plain } from './output.ts';
import { tellTies } from './tell-ties.ts';

/** Minor units as money of the network; its currency is nowhere written, so none is claimed. */
export const tellAmount = (minor: number): string => (minor / 100).toFixed(2);

const list = (entries: readonly string[]): string =>
  entries.length < 2 ? entries.join('') : `${entries.slice(0, -1).join(', ')} and ${entries.at(-1)}`;

const tellReason = (reason: Reason): string => {
  switch (reason.why) {
    case 'rule':
      return `rule ${plain(reason.rule)}`;
    case 'snoozed':
      return reason.until === undefined ? 'it is snoozed' : `it is snoozed until ${reason.until}`;
    case 'productSnoozed':
      return `it does not ship ${plain(reason.sku)} until ${reason.until}`;
    case 'lacks':
      return reason.sku === undefined
        ? `it has no ${reason.capability}`
        : `${plain(reason.sku)} requires ${reason.capability}, which it has not`;
    case 'rejected':
      return 'it rejected this order';
    case 'ringFenced':
      return 'what it has is ring-fenced';
    case 'noStock':
      return 'it has nothing of it';
  }
};

/** Nodes that are in the running, but not with everything they have. */
const tellWithheld = ({ scores }: Decision): readonly string[] =>
  scores.flatMap(({ node, withheld = [], ringFenced = 0 }) => {
    const fenced =
      ringFenced === 0
        ? []
        : [`${countOf(ringFenced, 'unit')} there ${ringFenced === 1 ? 'is' : 'are'} ring-fenced`];
    const told = [...withheld.map(tellReason), ...fenced];
    return told.length === 0 ? [] : [`${node} only in part: ${list(told)}.`];
  });

/** When a parcel leaves and arrives, as far as that was looked at. */
const tellDelivery = ({ delivery }: Decision['parcels'][number]): string => {
  if (delivery === undefined) return '';
  const late = delivery.daysLate === 0 ? '' : `, ${countOf(delivery.daysLate, 'day')} late`;
  return `, leaving ${delivery.shipsOn}, there on ${delivery.arrivesOn}${late}`;
};

const tellUnits = (lines: Decision['unfilled'], { request }: Pick<DecisionInputs, 'request'>): string =>
  list(
    lines.map(({ line, quantity }) => {
      const sku = request.lines.find(({ lineId }) => lineId === line)?.sku ?? `line ${line}`;
      return `${quantity} x ${plain(sku)}`;
    }),
  );

const MOST_NAMED = 6;

/** The nodes that were out, gathered by what stood against them. */
const tellEliminated = ({ eliminated }: Decision): readonly string[] => {
  const byReason = new Map<string, string[]>();
  for (const { node, reasons } of eliminated) {
    const told = list(reasons.map(tellReason));
    byReason.set(told, [...(byReason.get(told) ?? []), node]);
  }
  return [...byReason].map(([told, nodes]) => {
    const more = nodes.length > MOST_NAMED ? ` and ${nodes.length - MOST_NAMED} more` : '';
    return `Out: ${nodes.slice(0, MOST_NAMED).join(', ')}${more} (${told}).`;
  });
};

const tellAlternatives = (decision: Decision): readonly string[] =>
  decision.alternatives.map(({ without, nodes, weighed, unfilledUnits }) => {
    if (nodes.length === 0) return `Without ${without} nothing could ship.`;
    if (unfilledUnits > decision.unfilled.reduce((sum, { quantity }) => sum + quantity, 0))
      return `Without ${without}: ${list(nodes)}, leaving ${countOf(unfilledUnits, 'unit')} unfilled.`;
    return `Without ${without}: ${list(nodes)}, for ${tellAmount(weighed - decision.weighed)} more.`;
  });

/** That it was planned with others, and what of its stock these have taken. */
const tellTogether = ({ release }: DecisionInputs): readonly string[] => {
  if (release === undefined) return [];
  const others = countOf(release.orders - 1, 'other order');
  const taken = release.taken.map(({ nodeId, sku, units }) => `${units} x ${plain(sku)} at ${nodeId}`);
  return [
    `Planned together with ${others} in release ${release.releaseId}${taken.length === 0 ? '' : `, which took ${list(taken)}`}.`,
  ];
};

const OUTCOMES = {
  complete: 'The whole order ships',
  partial: 'A part of the order ships',
  nothing: 'Nothing ships',
};

const WAITS = {
  ship: 'nothing is left to ship',
  backorder: 'it waits for stock',
  queue: 'it waits for the next batch release',
  exception: 'it waits for a person',
};

const tellDeadline = ({ cancelAfterDays }: Decision): string =>
  cancelAfterDays === undefined ? '' : `; what waits is cancelled after ${countOf(cancelAfterDays, 'day')}`;

/** Which stages handed the order on, and what was not shipped for the sake of the rest. */
const tellStages = ({ stage, passed = [], heldBackUnits = 0 }: Decision): readonly string[] => [
  ...passed.map(({ stage: id, couldShipUnits }) =>
    couldShipUnits === 0
      ? `Stage ${plain(id)} handed it on.`
      : `Stage ${plain(id)} handed it on: it had ${countOf(couldShipUnits, 'unit')} of it only.`,
  ),
  ...(stage === undefined ? [] : [`Decided in stage ${plain(stage)}.`]),
  ...(heldBackUnits === 0 ? [] : [`${countOf(heldBackUnits, 'unit')} could ship, but not without the rest.`]),
];

/** One decision in sentences, the answer first. */
export const tellDecision = (decision: Decision, inputs: DecisionInputs): readonly string[] => {
  const { cost, parcels, scores, relaxed, bound } = decision;
  const { strategy } = inputs;
  const lateness =
    (cost.lateness ?? 0) === 0 ? '' : `, and ${tellAmount(cost.lateness ?? 0)} for coming late`;
  const preference = cost.preference === 0 ? '' : `, and ${tellAmount(cost.preference)} of preference`;
  const paid = `${tellAmount(cost.money)} (parcels ${tellAmount(cost.parcel)}, handling ${tellAmount(cost.handling)}, carriage ${tellAmount(cost.carriage)}${lateness}${preference})`;
  return [
    parcels.length === 0
      ? `${OUTCOMES[decision.outcome]}: ${WAITS[decision.action]}${tellDeadline(decision)}.`
      : `${OUTCOMES[decision.outcome]}, in ${countOf(parcels.length, 'parcel')}, for ${paid}.`,
    ...parcels.map(
      (parcel) =>
        `${parcel.node} ships ${tellUnits(parcel.lines, inputs)} over ${Math.round(parcel.miles)} miles for ${tellAmount(parcel.cost.parcel + parcel.cost.handling + parcel.cost.carriage)}${tellDelivery(parcel)}.`,
    ),
    ...(decision.unfilled.length === 0
      ? []
      : [
          `Nobody ships ${tellUnits(decision.unfilled, inputs)}${parcels.length === 0 ? '' : tellDeadline(decision)}.`,
        ]),
    ...tellStages(decision),
    `${countOf(scores.length, 'node')} of ${inputs.nodes.length} could serve it under strategy ${strategy.strategyId} version ${strategy.version} (${plain(strategy.name)}); ${decision.proven ? 'no plan is cheaper' : 'the search was cut short'}.`,
    ...tellTogether(inputs),
    ...(relaxed.length === 0 ? [] : [`Gave way to fill more: ${list(relaxed.map(plain))}.`]),
    ...tellTies(decision, inputs),
    ...(bound.length === 0 ? [] : [`In force on the whole order: ${list(bound.map(plain))}.`]),
    ...tellEliminated(decision),
    ...tellWithheld(decision),
    ...tellAlternatives(decision),
  ];
};

const tellChange = (change: Change): string => {
  if ('lift' in change) {
    const { lift } = change;
    switch (lift.why) {
      case 'rule':
        return `without the rule ${plain(lift.rule)}`;
      case 'snoozed':
        return 'if it were not snoozed';
      case 'productSnoozed':
        return `if it had not snoozed ${plain(lift.sku)}`;
      case 'lacks':
        return `if it had ${lift.capability}`;
      case 'rejected':
        return 'if it had not rejected this order';
      case 'ringFenced':
        return 'if its ring-fence were open to this order';
      case 'noStock':
        return 'if it had any of it';
    }
  }
  if ('untie' in change) {
    const { untie } = change;
    return 'group' in untie
      ? `if the lines of ${plain(untie.group)} need not ship together`
      : `if kits ${plain(untie.kit)} need not ship whole`;
  }
  if ('daysSooner' in change) return `if it shipped ${countOf(change.daysSooner, 'day')} sooner`;
  if ('stock' in change) {
    const units = Object.entries(change.stock).map(([sku, count]) => `${count} x ${plain(sku)}`);
    return `with ${list(units)} more on its shelf`;
  }
  const shipment = `${tellAmount(change.lessAShipment)} less a parcel`;
  return change.lessAUnit === 0
    ? `at ${shipment}`
    : `at ${shipment} and ${tellAmount(change.lessAUnit)} less a unit`;
};

/** Why a node was not chosen, as the least that would have to be different. */
export const tellWhyNot = (node: string, answer: WhyNot): readonly string[] => {
  switch (answer.answer) {
    case 'chosen':
      return [`${node} was chosen.`];
    case 'unknownNode':
      return [`${node} was not known when this was decided.`];
    case 'noWay':
      return [`No single change would have chosen ${node}.`];
    case 'ways':
      return answer.ways.map((changes) => `${node} would have been chosen ${list(changes.map(tellChange))}.`);
  }
};
