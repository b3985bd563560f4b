import type { DecisionInputs } from '../decision-inputs.ts';
import type { Decision } from '../decision-record.ts';
import type { DecisionFault, KnownPlan } from './known-plan.ts';

const differs = (one: number, other: number): boolean =>
  Math.abs(one - other) > 1e-6 * Math.max(1, Math.abs(one), Math.abs(other));

/** Miles as the tariff counts them: the next multiple of the widest step under which distances are alike. */
const countedMiles = (miles: number, { strategy }: DecisionInputs, stage: Decision['stage']): number => {
  const rules = [...strategy.rules, ...(strategy.stages?.find(({ id }) => id === stage)?.rules ?? [])];
  const step = Math.max(0, ...rules.map((rule) => (rule.type === 'equalDistance' ? rule.miles : 0)));
  return step === 0 ? miles : Math.ceil(miles / step) * step;
};

/** What the decision says that it costs adds up, and each parcel costs what the tariff and its node ask. */
export const checkCosts = ({ inputs, parcels }: KnownPlan, decision: Decision): readonly DecisionFault[] => {
  const faults: DecisionFault[] = [];
  const same = (what: string, said: number, found: number): void => {
    if (differs(said, found)) faults.push({ broken: 'cost', problem: `${what} is ${said}, not ${found}` });
  };
  const { tariff, items } = inputs;
  for (const { node, miles, units } of parcels) {
    const said = decision.parcels.find((parcel) => parcel.node === node.nodeId)?.cost;
    if (said === undefined) continue;
    const counted = countedMiles(miles, inputs, decision.stage);
    let [handling, carriage] = [node.costs.perShipment, 0];
    for (const [sku, count] of units) {
      handling += count * node.costs.perUnit;
      carriage +=
        (count * (items[sku]?.grams ?? 0) * (tariff.perKilogram + tariff.perKilogramMile * counted)) / 1000;
    }
    same(`the parcel of ${node.nodeId}`, said.parcel, tariff.perShipment);
    same(`handling at ${node.nodeId}`, said.handling, handling);
    // A distance that hangs on a hair counts as the step before or after.
    if (counted === miles) same(`carriage from ${node.nodeId}`, said.carriage, carriage);
  }
  const sum = (pick: (cost: Decision['parcels'][number]['cost']) => number): number =>
    decision.parcels.reduce((total, { cost }) => total + pick(cost), 0);
  const { cost } = decision;
  same('money', cost.money, sum((own) => own.parcel + own.handling + own.carriage)); // prettier-ignore
  same(
    'preference',
    cost.preference,
    sum((own) => own.preference),
  );
  same('lateness', cost.lateness ?? 0, sum((own) => own.lateness ?? 0)); // prettier-ignore
  same(
    'what was weighed',
    decision.weighed,
    cost.money + cost.preference + cost.stockValue + (cost.lateness ?? 0),
  );
  return faults;
};
