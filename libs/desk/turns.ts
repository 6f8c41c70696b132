import type { z } from 'zod';
import type { Tx } from '../db.ts';
import type { StageContract } from '../domain/contract.ts';
import type { Told } from '../domain/story.ts';
import type { AboutStage } from './audience.ts';
import { toldOf } from './told.ts';
import type { RunNow } from './stage-tasks.ts';
import type { TaskPart } from './state.ts';
import { taskWords, tellOfTask } from './tell-task.ts';
import { mailMoment } from './when.ts';

/** One of the tasks of a stage in a round, as turns are reckoned with. */
interface Turn {
  id: string;
  part: TaskPart;
  status: 'open' | 'waiting' | 'done';
  assigneeId: string | null;
  name: string | null;
  answer: Record<string, unknown> | null;
}

/**
 * After a task of a stage with added signers was answered, added or taken away: opens whatever comes next in its turn. Before-signers and advisers come
 * before the owner, after-signers one by one after; the stage is over when nobody is left. Then what it tells, else null.
 */
export async function nextTurn(tx: Tx, about: AboutStage, run: RunNow, at: Date): Promise<Told | null> {
  const turns = await tx.$queryRaw<Turn[]>`
    SELECT t.id, t.part, t.status, t.assignee_id AS "assigneeId", a.display_name AS name, t.answer FROM task t LEFT JOIN account a ON a.id = coalesce(t.answered_by_id, t.assignee_id)
    WHERE t.case_id = ${about.state.id}::uuid AND t.stage = ${run.stage} AND t.round = ${run.round} AND t.status <> 'closed' ORDER BY t.closed_at, t.opened_at, t.id`;
  const main = turns.find(({ part }) => part === 'main');
  if (!main) return null;
  const of = (...parts: TaskPart[]) => turns.filter(({ part }) => parts.includes(part));
  if (of('before', 'advice').some(({ status }) => status === 'open')) return null;
  if (main.status === 'waiting') {
    const last = of('before', 'advice').at(-1)?.name;
    // whoever called an advice back knows that it is their turn
    await takeTurn(tx, about, run, main, last ? { how: 'advised', fromName: last } : null, at);
    return null;
  }
  if (turns.some(({ status }) => status === 'open')) return null;
  const next = of('after').find(({ status }) => status === 'waiting');
  if (next) {
    await takeTurn(tx, about, run, next, main.name ? { how: 'added', fromName: main.name } : {}, at);
    return null;
  }
  return toldOf(about.stage.tells, decisive(about.stage, turns));
}

/** Opens a task whose turn has come, and tells whom it lies before; with `news` null nobody is told. */
export async function takeTurn(
  tx: Tx,
  about: AboutStage,
  run: RunNow,
  turn: { id: string; assigneeId: string | null },
  news: { how?: 'advised' | 'added'; fromName?: string } | null,
  at: Date,
): Promise<void> {
  await tx.$executeRaw`UPDATE task SET status = 'open', opened_at = ${at}, read_at = NULL WHERE id = ${turn.id}::uuid`;
  if (!turn.assigneeId || !news) return;
  const { state } = about;
  await tellOfTask(tx, about, null, {
    eventKey: `${turn.id}/turn/${at.toISOString()}`,
    to: [turn.assigneeId],
    template: 'task-opened',
    caseId: state.id,
    at,
    notBefore: await mailMoment(tx, state.unitCode, at),
    params: {
      ...taskWords(about, turn.id, run),
      ...news,
    },
  });
}

/** The favourable verdict of a stage: the first that its form offers. */
const favourable = (stage: StageContract): string | undefined =>
  stage.verdict ? (stage.answer.shape[stage.verdict] as z.ZodEnum | undefined)?.options[0]?.toString() : undefined;

/**
 * Whose answer the stage tells: as in a countersignature everyone must be for it, so the first that is not (the owner's own before a signer's); else the
 * owner's.
 */
function decisive(stage: StageContract, turns: readonly Turn[]): Record<string, unknown> {
  const main = turns.find(({ part }) => part === 'main')!;
  const best = favourable(stage);
  const adverse = (turn: Turn) => best !== undefined && turn.part !== 'advice' && turn.answer?.[stage.verdict!] !== best;
  return (adverse(main) ? main : (turns.find(adverse) ?? main)).answer ?? {};
}
