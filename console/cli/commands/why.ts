import type { Command } from 'commander';
import { whyNot } from '../../../shared/sourcing/index.ts';
import { examples } from '../examples.ts';
import { NotFine } from '../failures.ts';
import { findOrderId } from '../find-order.ts';
import { formatMoment } from '../format-values.ts';
import { plain } from '../output.ts';
import { openSession } from '../session.ts';
import { decideAgain, readDecision, readDecisions } from '../read-decisions.ts';
import { tellDecision, tellWhyNot } from '../tell-decision.ts';

/** `yard why ORDER` */
export const registerWhy = (program: Command): void => {
  program
    .command('why')
    .argument('<order>', 'its id, or its id or number at the channel')
    .summary('why an order ships from where it does')
    .description(
      'Tell how the nodes of an order were chosen: what was ruled out and why, what it costs, what the next best would have been. With --why-not the smallest change that would have chosen another node.',
    )
    .option(
      '--why-not <node>',
      'what would have chosen this node, in the latest decision by which anything ships',
    )
    .addHelpText('after', examples("why '#1001'", "why '#1001' --why-not STORE-7"))
    .action(async (name: string, { whyNot: node }: { whyNot?: string }, command: Command) => {
      const { api, out } = openSession(command);
      const orderId = await findOrderId(api, name);
      const decisions = await readDecisions(api, orderId);
      // A second look at what is backordered finds nothing as a rule: the question is about what ships.
      const latest = decisions.findLast(({ decision }) => decision.parcels.length > 0) ?? decisions.at(-1);
      if (latest === undefined) {
        out.remark(`yard: nobody has decided on ${orderId} yet`);
        throw new NotFine('no decision');
      }
      if (node !== undefined) {
        const { inputs, decisionId } = await readDecision(api, latest.decisionId);
        const answer = whyNot(inputs, node);
        if (out.json) return out.document({ orderId, decisionId, node, ...answer });
        for (const sentence of tellWhyNot(node, answer)) out.print(sentence);
        return;
      }
      if (out.json) return out.document(decisions);
      for (const { decisionId, at, revision } of decisions) {
        const { decision, inputs } = await readDecision(api, decisionId);
        out.print(out.colours.bold(`Routing ${revision}, ${formatMoment(at)} UTC, ${decisionId}`));
        for (const sentence of tellDecision(decision, inputs)) out.print(`  ${sentence}`);
      }
    });
};

/** `yard decision ID` */
export const registerDecision = (program: Command): void => {
  program
    .command('decision')
    .argument('<decision>', 'its id, as yard why shows it')
    .summary('one sourcing decision; --again decides it again')
    .description(
      'Show one sourcing decision. With --again it is decided again, here, from the recorded inputs, and must come out the same bit for bit; a check that shares no code with the decision says whether it keeps its rules.',
    )
    .option('--again', 'decide again and compare')
    .addHelpText('after', examples('decision ord_01h9v6q0x4m8c2k7r5t3w1y9za.1.mftr2k9q --again'))
    .action(async (decisionId: string, { again = false }: { again?: boolean }, command: Command) => {
      const { api, out } = openSession(command);
      const record = await readDecision(api, decisionId);
      if (!again) {
        if (out.json) return out.document(record);
        for (const sentence of tellDecision(record.decision, record.inputs)) out.print(sentence);
        return out.print(out.colours.dim(`inputs ${record.inputHash}, decision ${record.decisionHash}`));
      }
      const { inputsIntact, sameDecision, inputHash, decisionHash, faults } = decideAgain(record);
      if (out.json) out.document({ decisionId, inputsIntact, sameDecision, inputHash, decisionHash, faults });
      else {
        out.print(
          `inputs    ${inputHash}  ${inputsIntact ? 'as recorded' : `recorded: ${record.inputHash}`}`,
        );
        out.print(
          `decision  ${decisionHash}  ${sameDecision ? 'the same again' : `recorded: ${record.decisionHash}`}`,
        );
        const broken = faults.map(({ broken: what, problem }) => `${plain(what)}: ${plain(problem)}`);
        out.print(`rules     ${broken.length === 0 ? 'all kept' : `broken: ${broken.join('; ')}`}`);
      }
      if (!inputsIntact || !sameDecision) throw new NotFine('the decision does not come out the same');
      if (faults.length > 0) throw new NotFine('the decision breaks its inputs');
    });
};
