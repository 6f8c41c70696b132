import type { z } from 'zod';
import type { Tx } from '../db.ts';
import { adviceForm } from '../domain/advice.ts';
import { dateOf } from '../domain/dates.ts';
import { stageAs } from '../domain/pinned.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import type { Told } from '../domain/story.ts';
import { actOnTask, type Done } from './act.ts';
import type { AboutStage } from './audience.ts';
import { concludeStage } from './conclude-stage.ts';
import { otherPartsOpen, partNotDone } from './list-parts.ts';
import { pastLegalEnd } from './may.ts';
import type { By, DeskRoom, Verdict } from './room.ts';
import { settlePanel } from './settle-panel.ts';
import { toldOf } from './told.ts';
import { nextTurn } from './turns.ts';
import { runOf } from './stage-tasks.ts';
import { readHeld, type TaskState } from './state.ts';

/**
 * 办理: the answer by the stage's own schema. Closes the task and, when its panel sums up (or there is none), the stage with it, and then the story is
 * told. Refuses also `AnswerDoesNotFit`, `LegalEndPassed` and whatever the stage's own check says.
 */
export function answer(
  room: DeskRoom,
  { answer: given, ...by }: By & { taskId: string; answer: Record<string, unknown> },
): Promise<Verdict> {
  return actOnTask(room, by, 'task.answer', async (tx, state, { contract, task, seat, refusal: mayNot }) => {
    const stage = stageAs(contract, task.stage, state.pinned);
    const refusal = mayNot ?? pastLegalEnd(task, by.at);
    if (refusal) return refusal;
    const parsed = parseAnswer(task.part === 'advice' ? adviceForm : stage.answer, given);
    if ('refused' in parsed) return parsed;
    const checked =
      task.part !== 'advice' &&
      stage.check?.(parsed.answer, {
        on: dateOf(by.at),
        input: state.input,
        pinned: state.pinned,
        ...(await readHeld(tx, state.id)),
      });
    if (checked) return checked;
    const unfinished = stage.list && task.part === 'main' ? await partNotDone(tx, state, stage.list, task) : null;
    if (unfinished) return unfinished;
    await tx.$executeRaw`
      UPDATE task SET status = 'done', answer = ${JSON.stringify(parsed.answer)}::jsonb, answered_by_id = ${by.actor.accountId}::uuid,
        answered_for_id = ${seat.principal?.accountId ?? null}::uuid, answered_as = ${JSON.stringify(by.actor.posts.map(({ role, unitName, title }) => ({ role, unitName, title })))}::jsonb, closed_at = ${by.at}
      WHERE id = ${task.id}::uuid`;
    const about: AboutStage = { state, contract, stage };
    const told = await decided(tx, about, task, parsed.answer, by);
    return { ...recorded(task, parsed.answer), ...(told && (await concludeStage(tx, room, about, task, told, by.at))) };
  });
}

const recorded = (task: TaskState, given: Record<string, unknown>): Done => ({
  stage: task.stage,
  round: task.round,
  after: given,
  detail: { taskId: task.id, ...(task.part !== 'main' && { part: task.part }) },
});

/** Checks an answer or an event by its schema; the refusal names each field and what is wrong with it, in Chinese. */
export function parseAnswer(schema: z.ZodObject, given: unknown): { answer: Record<string, unknown> } | Refusal {
  const parsed = schema.safeParse(given);
  if (parsed.success) return { answer: parsed.data };
  const detail = parsed.error.issues.map((issue) => issue.message).join('；');
  return refuse('AnswerDoesNotFit', {
    detail,
    fields: JSON.stringify(parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))),
  });
}

/** What the stage tells when nobody is left to answer or its panel sums up; null while it goes on. */
async function decided(tx: Tx, about: AboutStage, task: TaskState, given: Record<string, unknown>, { at }: By): Promise<Told | null> {
  const { stage } = about;
  let told = toldOf(stage.tells, given);
  const run = runOf(task);
  if (task.hasExtras) {
    const turned = await nextTurn(tx, about, run, at);
    if (!turned) return null;
    told = turned;
  }
  if (stage.panel && task.members) {
    const settled = await settlePanel(tx, about, run, at);
    if (settled === null || settled === 'above') return null;
    told = { ...told, ...settled };
  }
  if (stage.list && (await otherPartsOpen(tx, about.state.id, task))) return null;
  return told;
}
