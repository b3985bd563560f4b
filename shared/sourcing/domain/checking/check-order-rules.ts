import type { DecisionFault, KnownParcel, KnownPlan } from './known-plan.ts';

const sumOf = (numbers: Iterable<number>): number => [...numbers].reduce((sum, number) => sum + number, 0);

const worthOf = (units: ReadonlyMap<string, number>, { inputs }: KnownPlan): number =>
  sumOf([...units].map(([sku, count]) => count * (inputs.items[sku]?.value ?? 0)));

const missingBySku = ({ inputs, missing }: KnownPlan): ReadonlyMap<string, number> =>
  new Map(
    inputs.request.lines.map(({ sku }) => [
      sku,
      sumOf(
        inputs.request.lines.filter((line) => line.sku === sku).map(({ lineId }) => missing.get(lineId) ?? 0),
      ),
    ]),
  );

const nodesShipping = (parcels: readonly KnownParcel[], ships: (parcel: KnownParcel) => boolean): number =>
  parcels.filter(ships).length;

const checkTies = ({ inputs, parcels, relaxed }: KnownPlan): readonly DecisionFault[] => {
  const faults: DecisionFault[] = [];
  const { lines } = inputs.request;
  const gaveWay = (type: 'keepTogether' | 'wholeKits'): boolean => relaxed.some((rule) => rule.type === type);
  const groups = new Set(gaveWay('keepTogether') ? [] : lines.flatMap((line) => line.keepTogether ?? []));
  for (const group of groups) {
    const own = lines.filter((line) => line.keepTogether === group);
    const shipping = parcels.filter((parcel) => own.some(({ lineId }) => parcel.lines.has(lineId)));
    const whole = shipping.every((parcel) =>
      own.every(({ lineId, quantity }) => parcel.lines.get(lineId) === quantity),
    );
    if (shipping.length > 1 || !whole)
      faults.push({ broken: `group ${group}`, problem: 'its lines do not ship from one node in whole' });
  }
  const kits = new Set(gaveWay('wholeKits') ? [] : lines.flatMap((line) => line.kit?.kitId ?? []));
  for (const kitId of kits) {
    const own = lines.flatMap(({ lineId, quantity, kit }) =>
      kit?.kitId === kitId ? [{ lineId, quantity, perKit: kit.perKit }] : [],
    );
    const wholeIn = (units: (lineId: string) => number): number =>
      Math.min(...own.map(({ lineId, perKit }) => Math.floor(units(lineId) / perKit)));
    const asked = wholeIn((lineId) => own.find((line) => line.lineId === lineId)?.quantity ?? 0);
    const shipped = sumOf(parcels.map((parcel) => wholeIn((lineId) => parcel.lines.get(lineId) ?? 0)));
    // Units that make no whole kit are left of one that was broken before: these may go by themselves, no others.
    for (const { lineId, quantity, perKit } of own) {
      const units = sumOf(parcels.map((parcel) => parcel.lines.get(lineId) ?? 0));
      if (units - shipped * perKit > quantity - asked * perKit)
        faults.push({ broken: `kit ${kitId}`, problem: `line ${lineId} ships without the rest of it` });
    }
  }
  return faults;
};

/** What holds of the order as a whole: groups and kits, parcels, what is missing, and what parts are worth. */
export const checkOrderRules = (plan: KnownPlan): readonly DecisionFault[] => {
  const { inputs, parcels, missing, rules, shipsParts } = plan;
  const faults: DecisionFault[] = [...checkTies(plan)];
  const left = sumOf(missing.values());
  const isPart = parcels.length > 0 && left > 0;
  const isSplit = parcels.length > 1 || isPart || (inputs.request.isRemainder ?? false);
  if (isPart && (inputs.request.shipComplete || !shipsParts))
    faults.push({ broken: 'onPartial', problem: 'a part ships' });
  const ordered = new Map(parcels.length === 0 ? [] : missingBySku(plan));
  for (const parcel of parcels)
    for (const [sku, units] of parcel.units) ordered.set(sku, (ordered.get(sku) ?? 0) + units);
  for (const rule of rules) {
    const broken = (problem: string): void => void faults.push({ broken: rule.id, problem });
    switch (rule.type) {
      case 'maxShipments':
        if (parcels.length > rule.most) broken(`${parcels.length} parcels ship`);
        break;
      case 'splitAbove':
        if (parcels.length > 1 && worthOf(ordered, plan) < rule.value) broken('it is split');
        break;
      case 'shipComplete':
        if (isPart) broken('a part ships');
        break;
      case 'maxNodesPerLine':
        for (const { lineId } of inputs.request.lines)
          if (nodesShipping(parcels, ({ lines }) => lines.has(lineId)) > rule.most)
            broken(`line ${lineId} comes from more nodes`);
        break;
      case 'wholeProducts':
        for (const sku of ordered.keys())
          if (nodesShipping(parcels, ({ units }) => units.has(sku)) > 1)
            broken(`${sku} comes from several nodes`);
        break;
      case 'partAbove':
        for (const { node, units } of parcels)
          if (isSplit && worthOf(units, plan) < rule.value)
            broken(`the part of ${node.nodeId} is worth less`);
        break;
      case 'remainderAbove':
        if (isPart && worthOf(missingBySku(plan), plan) < rule.value) broken('what is left is worth less');
        break;
      default:
        break;
    }
  }
  return faults;
};
