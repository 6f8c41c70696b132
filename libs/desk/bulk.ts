import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import { answer } from './answer.ts';
import { contractOf, stageOf, type By, type DeskRoom, type Verdict } from './room.ts';

/** How many cases are decided abreast: their locks are their own. */
const ABREAST = 4;

export interface BulkVerdict {
  taskId: string;
  verdict: Verdict;
}

/**
 * 批量办理: one answer to many tasks of one stage. Each is checked, decided and recorded by itself, in a transaction of its own; what is refused does
 * not hold up the rest. One of another stage than the first is refused (`NotSameKind`). Sent again under the same key, each has had its effect once.
 */
export async function answerMany(
  room: DeskRoom,
  { taskIds, answer: given, requestKey, ...by }: By & { taskIds: readonly string[]; answer: Record<string, unknown> },
): Promise<BulkVerdict[]> {
  const ids = [...new Set(taskIds)];
  const found = await room.db.task.findMany({ where: { id: { in: ids } }, select: { id: true, process: true, stage: true } });
  const kindOf = new Map(found.map(({ id, process, stage }) => [id, { process, stage }]));
  const first = kindOf.get(ids.find((id) => kindOf.has(id)) ?? '');
  const title = (kind: { process: string; stage: string }) => stageOf(contractOf(room, kind.process), kind.stage).title;
  const decide = async (taskId: string): Promise<Verdict> => {
    const kind = kindOf.get(taskId);
    if (kind && first && (kind.process !== first.process || kind.stage !== first.stage))
      return refuse('NotSameKind', { stage: title(kind), of: title(first) });
    return answer(room, { ...by, ...(requestKey && { requestKey: `${requestKey}/${taskId}` }), taskId, answer: given });
  };
  const verdicts = new Map<string, Verdict>();
  const waiting = [...ids];
  await Promise.all(
    Array.from({ length: ABREAST }, async () => {
      for (let id = waiting.shift(); id; id = waiting.shift()) verdicts.set(id, await decide(id));
    }),
  );
  return ids.map((taskId) => ({ taskId, verdict: verdicts.get(taskId)! }));
}

/** The refusals among many verdicts. */
export const refusedOf = (verdicts: readonly BulkVerdict[]): { taskId: string; refusal: Refusal }[] =>
  verdicts.flatMap(({ taskId, verdict }) => (isRefusal(verdict) ? [{ taskId, refusal: verdict }] : []));
