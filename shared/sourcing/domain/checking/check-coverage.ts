import type { DecisionInputs } from '../decision-inputs.ts';
import type { Decision } from '../decision-record.ts';
import type { DecisionFault } from './known-plan.ts';

const twice = (names: readonly string[]): readonly string[] =>
  names.filter((name, index) => names.indexOf(name) < index);

/** Each line's units ship or wait, each once, in whole and positive numbers, from nodes that were offered. */
export const checkCoverage = (
  { request, nodes }: DecisionInputs,
  { parcels, unfilled, outcome }: Decision,
): readonly DecisionFault[] => {
  const faults: DecisionFault[] = [];
  const fault = (problem: string): void => void faults.push({ broken: 'lines', problem });
  const entries = [...parcels.flatMap(({ lines }) => lines), ...unfilled];
  for (const { lineId, quantity } of request.lines) {
    const units = entries
      .filter(({ line }) => line === lineId)
      .reduce((sum, entry) => sum + entry.quantity, 0);
    if (units !== quantity) fault(`line ${lineId} asks for ${quantity} and ${units} are planned`);
  }
  for (const { line, quantity } of entries) {
    if (!request.lines.some(({ lineId }) => lineId === line)) fault(`there is no line ${line}`);
    if (!Number.isInteger(quantity) || quantity < 1) fault(`${quantity} units of line ${line} are planned`);
  }
  for (const { node, lines } of parcels) {
    if (!nodes.some(({ nodeId }) => nodeId === node)) fault(`${node} was not offered`);
    if (lines.length === 0) fault(`${node} ships an empty parcel`);
    for (const line of twice(lines.map(({ line: own }) => own))) fault(`${node} ships line ${line} twice`);
  }
  for (const node of twice(parcels.map(({ node: own }) => own))) fault(`${node} ships two parcels`);
  const found = parcels.length === 0 ? 'nothing' : unfilled.length > 0 ? 'partial' : 'complete';
  if (found !== outcome) fault(`it is ${found} and calls itself ${outcome}`);
  return faults;
};
