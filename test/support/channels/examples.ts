import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { translators } from '../../../shared/channels/adapters/translators.ts';
import type { Translation } from '../../../shared/channels/application/ports.ts';
import type { ChannelName } from '../../../shared/channels/domain/delivery.ts';

export const RECEIVED_AT = '2026-11-23T10:00:00.000Z';

export const translate = (channel: ChannelName, text: string, topic = ''): Translation =>
  translators[channel]({ connection: 'main', topic, receivedAt: RECEIVED_AT }, text);

export const exampleFolder = (channel: ChannelName): string => join(__dirname, 'examples', channel);
export const readExample = (channel: ChannelName, file: string): string =>
  readFileSync(join(exampleFolder(channel), file), 'utf8');

/** The payload files of a folder; none where the folder is not there. */
export const payloadFiles = (folder: string): readonly { readonly file: string; readonly text: string }[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.json'))
        .sort()
        .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))
    : [];

/** Why the order's money does not add up; nothing when it does. */
export const moneyFaults = (translation: Translation): readonly string[] => {
  if (translation.kind !== 'order') return [];
  const { lines, totals, pricesIncludeTax } = translation.order;
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const parts = totals.goods - totals.discount + totals.shipping + (pricesIncludeTax ? 0 : totals.tax);
  return [
    ...lines
      .filter((line) => line.unitPrice * line.quantity - line.discount !== line.total)
      .map((line) => `line ${line.lineId}`),
    ...(sum(lines.map((line) => line.unitPrice * line.quantity)) === totals.goods ? [] : ['goods']),
    ...(sum(lines.map((line) => line.discount)) === totals.discount ? [] : ['discount']),
    ...(parts + (totals.adjustment ?? 0) === totals.grand ? [] : ['grand']),
  ];
};
