import { isDoubtful } from '../../shared/inventory/index.ts';
import type { LastProof, ProvenCell } from './api-types.ts';
import { countOf, formatMoment } from './format-values.ts';
import { formatTable, plain, type Output } from './output.ts';
import { renderHistory } from './tell-stock.ts';

type Violation = ProvenCell['violations'][number];

const renderViolations = (out: Output, violations: readonly Violation[]): void => {
  for (const { subject, rule, detail } of violations)
    out.print(`${out.colours.red('off')}  ${plain(subject)}: ${plain(detail)} (${rule})`);
};

const renderClaims = (out: Output, claims: ProvenCell['claims']): void => {
  if (claims.length === 0) return out.print('No claim is open on it.');
  const rows = claims.map(({ reservationId, open, moved }) => [
    reservationId,
    String(open),
    String(moved),
    open === moved ? '' : 'its movements say something else',
  ]);
  out.print(formatTable(['CLAIM', 'OPEN', 'MOVED', ''], rows, ['OPEN', 'MOVED']));
};

/** What an operator does about the cell. A place where more is promised than there is needs no mended figures. */
const todoOf = ({ cell, violations }: ProvenCell): readonly string[] => {
  const at = `${cell.sku} --node ${cell.nodeId}`;
  if (!violations.some(isDoubtful))
    return ['More is promised than is there: count again, receive, or cancel or re-route what waits.'];
  return [
    `yard cell mend ${at} --dry-run    what the figures must be by its movements and the open claims`,
    `yard cell mend ${at} --reason ...    write them; --trust counters or --on-hand N when the movements are wrong`,
    `yard cell thaw ${at} --reason ...    offer it again`,
  ];
};

/** One cell that is off: the rules it breaks, the claims on it, what happened to it last, and what to do. */
export const renderProvenCell = (out: Output, proven: ProvenCell): void => {
  renderViolations(out, proven.violations);
  const { frozen } = proven.position ?? {};
  if (frozen !== undefined) out.print(`Frozen since ${formatMoment(frozen.since)}: ${plain(frozen.reason)}`);
  renderClaims(out, proven.claims);
  out.print('');
  renderHistory(out, proven.lastMovements);
  out.print('');
  for (const line of todoOf(proven)) out.print(line);
  out.print('');
};

/** The watchdog's last run, and what it has found that is not mended. */
export const renderLastProof = (out: Output, { run, findings }: LastProof): void => {
  if (run === null) out.print('No run of the watchdog has ended yet.');
  else {
    const seconds = Math.round((Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000);
    out.print(
      `${run.proofId} ended ${formatMoment(run.endedAt)} after ${seconds} s: ${countOf(run.cells, 'cell')}, ${countOf(run.movements, 'movement')} (share ${run.history.index + 1} of ${run.history.of} of the histories), ${countOf(run.reservations, 'reservation')}; ${countOf(run.lookedAt, 'suspect')} proven, ${run.unsettled} unsettled, ${run.found} new.`,
    );
  }
  for (const { violations, isFrozen, foundAt } of findings) {
    renderViolations(out, violations);
    out.print(`     found ${formatMoment(foundAt)}${isFrozen ? ', frozen' : ''}`);
  }
  out.print(
    findings.length === 0
      ? `${out.colours.green('Nothing is off')}.`
      : `${countOf(findings.length, 'finding')} open: one that is mended closes with the next run.`,
  );
};
