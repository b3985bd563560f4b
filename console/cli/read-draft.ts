import { readFile } from 'node:fs/promises';
import { strategyDraft } from '../../shared/contracts/sourcing/strategy.ts';
import { checkStrategy, type Strategy } from '../../shared/sourcing/index.ts';
import { UsageError } from './failures.ts';

/** A draft from a file, checked here, so that what is wrong is known before anything is sent. */
export const readDraft = async (file: string): Promise<Strategy> => {
  const parsed = strategyDraft.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success)
    throw new UsageError(
      `${file}: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
    );
  const draft = { ...parsed.data, strategyId: 'draft', version: 0 };
  const faults = checkStrategy(draft);
  if (faults.length > 0)
    throw new UsageError(`${file}: ${faults.map(({ rule, problem }) => `${rule}: ${problem}`).join('; ')}`);
  return draft;
};
