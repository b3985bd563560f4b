import type { NodeId } from '../../kernel/ids.ts';
import type { Result } from '../../kernel/result.ts';
import { problemReply } from '../../platform/http/problem-reply.ts';
import { reply, type Reply } from '../../platform/http/reply.ts';
import type { DriftingCell, NodeFeeds } from '../application/feed-ports.ts';
import type { Page } from '../application/ports.ts';
import type { CountOutcome, CountRefusal } from '../application/settle-count.ts';
import type { CountTask } from '../domain/count-task.ts';
import { nodeScore } from '../domain/drift.ts';

const taskBody = ({ cell, version: _, ...task }: CountTask) => ({ ...cell, ...task });

export const countTasksReply = ({ items, cursor }: Page<CountTask>): Reply =>
  reply(200, { items: items.map(taskBody), cursor });

export const countReply = (result: Result<CountOutcome, CountRefusal>): Reply => {
  if (result.ok) {
    const { value } = result;
    return reply(200, value.outcome === 'applied' ? value : { ...value, task: taskBody(value.task) });
  }
  switch (result.refusal.type) {
    case 'noTask':
      return problemReply('not-found', 'nobody is asked to count this cell');
    case 'notYourNode':
      return problemReply('forbidden', 'a node key counts at its own node');
    case 'nothingToReview':
      return problemReply('conflict', 'no figure waits for review');
    case 'notASecondPerson':
      return problemReply('forbidden', 'somebody else than who counted has to take the figure');
    case 'movedMeanwhile':
      return problemReply('conflict', 'somebody else has changed the task: read it again');
  }
};

export const driftReply = (nodeId: NodeId, node: NodeFeeds, cells: Page<DriftingCell>): Reply => {
  const drift = node.drift ?? { unitsOff: 0, unitsSeen: 0, at: '' };
  const { unitsOff, unitsSeen } = drift;
  const { newestAsOf } = node;
  return reply(200, { nodeId, score: nodeScore(drift), unitsOff, unitsSeen, newestAsOf, ...cells });
};
