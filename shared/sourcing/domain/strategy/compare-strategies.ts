import { canonicalJson } from '../canonical-json.ts';
import type { Strategy } from './strategy.ts';

export type StrategyChange = { readonly at: string; readonly before?: string; readonly after?: string };

const partsOf = ({
  rules,
  stages = [],
  strategyId: _,
  version: __,
  ...rest
}: Strategy): ReadonlyMap<string, string> =>
  new Map([
    ...Object.entries(rest).map(([field, value]) => [field, canonicalJson(value)] as const),
    ['order of rules', canonicalJson(rules.map(({ id }) => id))],
    ...rules.map((rule) => [`rule ${rule.id}`, canonicalJson(rule)] as const),
    ...(stages.length === 0 ? [] : [['order of stages', canonicalJson(stages.map(({ id }) => id))] as const]),
    ...stages.map((stage) => [`stage ${stage.id}`, canonicalJson(stage)] as const),
  ]);

/** What one version of a strategy says otherwise than another, part by part and rule by rule. */
export const compareStrategies = (before: Strategy, after: Strategy): readonly StrategyChange[] => {
  const [old, now] = [partsOf(before), partsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((at) => {
    const [was, is] = [old.get(at), now.get(at)];
    if (was === is) return [];
    return [
      { at, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) },
    ];
  });
};
