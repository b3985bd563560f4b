import { makeOutput, type Output } from '../../../console/cli/output.ts';
import { shop } from '../../../console/cli/shop-argument.ts';
import { tellChannelAvailability } from '../../../console/cli/tell-channel-availability.ts';
import type { ChannelAvailability } from '../../../shared/contracts/channels/publication.ts';
import { aNode, aSku } from '../../support/inventory/builders.ts';

const said = (over: Partial<ChannelAvailability> = {}): ChannelAvailability => ({
  channel: 'shopify',
  connection: 'main',
  sku: aSku('MUG'),
  available: 4,
  nodes: [
    { nodeId: aNode('DC'), available: 20, serves: false },
    { nodeId: aNode('STORE'), available: 9, serves: true },
  ],
  ...over,
});

const textOf = (availability: ChannelAvailability): string => {
  const lines: string[] = [];
  const out: Output = { ...makeOutput(false), print: (line) => void lines.push(line) };
  tellChannelAvailability(out, availability);
  return lines.join('\n');
};

describe('what a shop may sell, in words', () => {
  it('names the figure, that nothing limits it, and that each change is told', () => {
    expect(textOf(said())).toContain(
      'shopify/main may sell 4 of MUG\nno policy: everything that is available\nno limited figure was told: each change is',
    );
  });

  it('names the policy, whom it speaks of, and the nodes that do not serve the channel', () => {
    const policy = {
      channel: 'shopify' as const,
      connection: 'main',
      buffer: { type: 'percent' as const, percent: 10 },
      quota: 4,
      nodes: [aNode('STORE')],
    };
    const text = textOf(said({ policy, published: { available: 5, at: '2026-11-25T10:00:00.000Z' } }));
    expect(text).toContain(
      'policy of every SKU in this shop: keeps back 10 %; offers at most 4; is served by STORE',
    );
    expect(text).toContain('told 5 at ');
    expect(text).toMatch(/DC +20 {2}does not serve it/);
  });

  it('takes the shop as CHANNEL/CONNECTION and nothing else', () => {
    expect(shop('shopify/main')).toEqual({ channel: 'shopify', connection: 'main' });
    for (const text of ['shopify', 'shopify/', 'etsy/main', 'shopify/a/b'])
      expect(() => shop(text)).toThrow('say CHANNEL/CONNECTION');
  });
});
