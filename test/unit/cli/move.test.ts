import { moveRequest, type MoveOptions } from '../../../console/cli/commands/move.ts';
import { UsageError } from '../../../console/cli/failures.ts';

const options = (over: Partial<MoveOptions> = {}): MoveOptions => ({
  node: 'DC',
  quantity: 2,
  reason: 'seen',
  once: 'k',
  ...over,
});

describe('a movement that is typed', () => {
  it('is sent to where its kind belongs', () => {
    const { reason: _, ...silent } = options();
    expect(moveRequest('receive', { ...silent, document: 'DN-7' })).toEqual({
      action: 'receipts',
      body: { key: 'k', document: 'DN-7', quantity: 2 },
    });
    expect(moveRequest('write-off', options({ from: 'quarantine' }))).toEqual({
      action: 'movements',
      body: { kind: 'writeOff', key: 'k', quantity: 2, reason: 'seen', from: 'quarantine' },
    });
  });

  it('corrects on hand by a difference, either way', () => {
    expect(moveRequest('adjust', options({ quantity: -3 })).body).toEqual({
      kind: 'adjust',
      key: 'k',
      difference: -3,
      reason: 'seen',
    });
    expect(moveRequest('adjust', options({ quantity: 3 })).body).toMatchObject({ difference: 3 });
  });

  it('is refused before anything is sent when it makes no sense', () => {
    const { reason: _, ...silent } = options();
    expect(() => moveRequest('teleport', options())).toThrow(UsageError);
    expect(() => moveRequest('adjust', silent)).toThrow('adjust needs --reason');
    expect(() => moveRequest('receive', options())).toThrow('takes no --reason');
    expect(() => moveRequest('quarantine', options({ from: 'quarantine' }))).toThrow('write-off only');
    expect(() => moveRequest('write-off', options({ quantity: -2 }))).toThrow('only adjust');
  });
});
