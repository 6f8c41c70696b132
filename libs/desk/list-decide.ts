import { randomUUID } from 'node:crypto';
import { dateOf } from '../domain/dates.ts';
import { stageAs } from '../domain/pinned.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { parseAnswer } from './answer.ts';
import type { AboutList, OnPerson } from './list-acts.ts';
import { judgeOnList, type ListPerson } from './list-people.ts';
import { toldOf } from './told.ts';

/** What somebody's case holds, as a stage's own rule is checked against it. */
const heldBy = ({ runs, input, pinned }: ListPerson) => {
  const closed = Object.entries(runs).filter(([, { status }]) => status === 'closed');
  return {
    input,
    pinned,
    told: Object.fromEntries(closed.map(([stage, { result }]) => [stage, result ?? {}])),
    closedOn: Object.fromEntries(closed.map(([stage, { closedAt }]) => [stage, dateOf(new Date(closedAt!))])),
    events: {},
  };
};

/** Whether everything on the list before a stage has been decided. */
const cameTo = ({ batch, contract }: AboutList, { runs }: ListPerson, stage: string): boolean =>
  batch.order
    .slice(0, batch.order.indexOf(stage))
    .filter((name) => name in contract.stages)
    .every((name) => ['closed', 'lapsed'].includes(runs[name]?.status ?? ''));

/**
 * A verdict on one person at a list stage, checked as an answer in their own case would be. Refuses as `judgeOnList`, and `AlreadyDecided`, `NotAtStage`,
 * `AnswerDoesNotFit` and what the stage's own rule says. Where the verdict is against them (`apart`), they leave the list.
 */
export function decideOn(
  about: AboutList,
  person: ListPerson,
  { stage: name, answer: given }: { stage: string; answer: Record<string, unknown> },
): Refusal | OnPerson {
  const { batch, contract, parts, actor, at } = about;
  if (!contract.stages[name] || !batch.stages[name]?.list) return refuse('NotFound', { what: '这个环节' });
  const stage = stageAs(contract, name, person.pinned);
  const { seat, refusal } = judgeOnList({ batch, contract, name, stage }, person, parts, actor);
  if (refusal) return refusal;
  if (!stage.withBatch) return refuse('NotAtStage', { stage: stage.title });
  const run = person.runs[name];
  if (run?.status === 'closed') return refuse('AlreadyDecided', { stage: stage.title });
  if (!cameTo(about, person, name)) return refuse('NotAtStage', { stage: stage.title });
  const parsed = parseAnswer(stage.answer, given);
  if ('refused' in parsed) return parsed;
  const checked = stage.check?.(parsed.answer, { on: dateOf(at), ...heldBy(person) });
  if (checked) return checked;
  const round = run ? (run.status === 'superseded' ? run.round + 1 : run.round) : 1;
  const told = toldOf(stage.tells, parsed.answer);
  const taskId = randomUUID();
  const leaves = stage.setsApart?.(told);
  return {
    verb: 'task.answer',
    principal: seat.principal,
    stage: name,
    round,
    after: parsed.answer,
    detail: { taskId },
    closes: { told, answer: parsed.answer, taskId },
    takesEffect: person.effectiveAt === null && (stage.takesEffectWhen?.(told) ?? false),
    ...(leaves && { apart: { kind: leaves, reason: typeof parsed.answer.opinion === 'string' ? parsed.answer.opinion : null } }),
    // a story that waits on this very stage is told so; one that waits further back looks again
    ...(run?.status === 'open'
      ? { message: { kind: 'closed', stage: name, round, told } }
      : person.hasStory && { message: { kind: 'dates' } }),
  };
}
