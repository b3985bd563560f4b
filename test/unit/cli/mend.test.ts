import { reasonOf } from '../../../console/cli/commands/cell.ts';
import { UsageError } from '../../../console/cli/failures.ts';

describe('mending a cell', () => {
  it('says why, unless nothing is written', () => {
    expect(reasonOf({ reason: 'wrote past the API' })).toBe('wrote past the API');
    expect(reasonOf({ dryRun: true })).toBe('dry run');
    expect(() => reasonOf({})).toThrow(UsageError);
  });
});
