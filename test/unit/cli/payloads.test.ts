import { guessTopic } from '../../../console/cli/replay/guess-topic.ts';
import { payloadsOf } from '../../../console/cli/replay/payloads.ts';

const texts = (file: string): string[] => payloadsOf(file).map(({ text }) => text);

describe('the deliveries of a payload file', () => {
  it('are the file itself, byte for byte, when it holds one bare object', () => {
    const file = '{ "id": 820982911946154508, "total": 1.50, "name": "a\\u0041" }\n';
    expect(texts(file)).toEqual([file]);
  });

  it('are the inside of a wrapped object with every digit as it stands', () => {
    expect(texts('{"order": { "id": 820982911946154508, "price": 10.0 } }')).toEqual([
      '{ "id": 820982911946154508, "price": 10.0 }',
    ]);
  });

  it('are one for each element of a list, wrapped or not', () => {
    expect(texts('{"orders": [ {"id": 9007199254740993}, {"id": 2, "t": "],}\\"["} ]}')).toEqual([
      '{"id": 9007199254740993}',
      '{"id": 2, "t": "],}\\"["}',
    ]);
    expect(payloadsOf('[{"id":1},{"id":2}]').map(({ text, index }) => [index, text])).toEqual([
      [1, '{"id":1}'],
      [2, '{"id":2}'],
    ]);
  });

  it('are none for an empty list', () => {
    expect(texts('{"orders": []}')).toEqual([]);
  });

  it('keep a single field that wraps nothing', () => {
    expect(texts('{"id": 727}')).toEqual(['{"id": 727}']);
  });

  it('hand on what is not JSON, so that it is refused by name', () => {
    expect(payloadsOf('{"id": ')).toEqual([{ text: '{"id": ', value: undefined, wrapper: undefined }]);
  });
});

describe('the topic of a delivery', () => {
  const topicOf = (channel: 'shopify' | 'woocommerce', file: string, name = 'payload.json') => {
    const [payload] = payloadsOf(file);
    return payload === undefined ? undefined : guessTopic(channel, payload, name);
  };

  it('follows the shape of a Shopify payload', () => {
    const order = '"line_items": [], "created_at": "2026-01-01T00:00:00Z"';
    expect(topicOf('shopify', `{"order": {"id": 1, ${order}, "cancelled_at": null}}`)).toBe('orders/create');
    expect(topicOf('shopify', `{"id": 1, ${order}, "cancelled_at": "2026-01-02T00:00:00Z"}`)).toBe(
      'orders/cancelled',
    );
    expect(topicOf('shopify', '{"refund": {"id": 1, "refund_line_items": []}}')).toBe('refunds/create');
    expect(topicOf('shopify', '{"inventory_item_id": 1, "location_id": 2, "available": null}')).toBe(
      'inventory_levels/update',
    );
    expect(topicOf('shopify', '{"shipping_zones": [{"id": 1}]}')).toBe('unknown/unknown');
  });

  it('follows the shape of a WooCommerce payload', () => {
    expect(topicOf('woocommerce', '{"id": 1, "status": "processing", "line_items": []}')).toBe(
      'order.created',
    );
    expect(topicOf('woocommerce', '{"id": 1, "status": "cancelled", "line_items": []}')).toBe(
      'order.updated',
    );
    expect(topicOf('woocommerce', '{"id": 727}')).toBe('order.deleted');
    expect(topicOf('woocommerce', '{"a": 1, "b": 2}', 'woo.order.updated.json')).toBe('order.updated');
  });
});
