import type { ChannelAvailability } from '../../shared/contracts/channels/publication.ts';
import { formatMoment } from './format-values.ts';
import { formatTable, plain, type Output } from './output.ts';

type Policy = NonNullable<ChannelAvailability['policy']>;

const policyText = ({ connection, sku, buffer, quota, nodes }: Policy): string => {
  const terms = [
    ...(buffer === undefined
      ? []
      : [`keeps back ${buffer.type === 'units' ? buffer.units : `${buffer.percent} %`}`]),
    ...(quota === undefined ? [] : [`offers at most ${quota}`]),
    ...(nodes === undefined ? [] : [`is served by ${nodes.join(', ')}`]),
  ];
  const scope = `${sku === undefined ? 'every SKU' : 'this SKU'} in ${connection === undefined ? 'every shop' : 'this shop'}`;
  return `policy of ${scope}: ${terms.join('; ')}`;
};

/** What a shop may sell of a SKU, why, and what it was told last. */
export const tellChannelAvailability = (out: Output, said: ChannelAvailability): void => {
  const { channel, connection, sku, available, policy, nodes, published } = said;
  out.print(`${channel}/${connection} may sell ${available} of ${plain(sku)}`);
  out.print(policy === undefined ? 'no policy: everything that is available' : policyText(policy));
  out.print(
    published === undefined
      ? 'no limited figure was told: each change is'
      : `told ${published.available} at ${formatMoment(published.at)}`,
  );
  out.print('');
  const rows = nodes.map((node) => [
    node.nodeId,
    String(node.available),
    node.serves ? '' : 'does not serve it',
  ]);
  out.print(formatTable(['NODE', 'AVAILABLE', ''], rows, ['AVAILABLE']));
};
