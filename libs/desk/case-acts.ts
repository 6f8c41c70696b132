import type { z } from 'zod';
import type { caseActs } from '../domain/api/case-views.ts';
import type { Calendar } from '../domain/calendar.ts';
import type { ProcessContract } from '../domain/contract.ts';
import { halfDayOf } from '../domain/half-day.ts';
import { refuse } from '../domain/refusal.ts';
import { roleTitles, type Actor, type Role } from '../domain/roles.ts';
import { actionOf, type Action } from './actions.ts';
import { mayCopy } from './copy.ts';
import { endedHow } from './may.ts';
import { mayCancel, mayHold, mayWithdraw } from './owner.ts';
import { mayRecuse } from './recuse.ts';
import type { DeskRoom } from './room.ts';
import type { CaseState } from './state.ts';
import { mayUrgeIn } from './urge.ts';
import { postWords } from './words.ts';

export type CaseActs = z.infer<typeof caseActs>;

/** The verbs on the case itself as this reader finds them. What is an officer's alone is not put before the person concerned. */
export async function caseActions(
  { db }: DeskRoom,
  contract: ProcessContract,
  state: CaseState,
  actor: Actor,
  starterName: string | null,
): Promise<Action[]> {
  const ended = state.status === 'ended' ? refuse('CaseEnded', { how: endedHow(state) }) : null;
  const own = actor.accountId === state.subjectId;
  const holding = state.heldAt ? ('恢复' as const) : ('挂起' as const);
  return [
    actionOf('withdraw', '撤回', await mayWithdraw(db, contract, state, starterName, actor)),
    actionOf('urge', '催办', await mayUrgeIn(db, contract, state, actor)),
    ...(own
      ? []
      : [
          actionOf(state.heldAt ? 'resume' : 'hold', holding, await mayHold(db, contract, state, actor, holding)),
          actionOf('cancel', '撤销', await mayCancel(db, contract, state, actor)),
          actionOf('copy', '抄送', await mayCopy(db, contract, state, actor)),
          actionOf('recuse', '申请回避', await mayRecuse(db, state, actor)),
        ]),
    actionOf('comment', '评论', ended),
    actionOf('attach', '上传附件', ended),
  ];
}

/** Who is asked now, when the case was held, and to whom it was given to read. */
export async function caseActsOf(
  { db }: DeskRoom,
  contract: ProcessContract,
  caseId: string,
  calendar: Calendar,
  at: Date,
): Promise<CaseActs> {
  const { half, until } = halfDayOf(calendar, at);
  const asked = await db.$queryRaw<
    {
      taskId: string;
      stage: string;
      assignee: string | null;
      role: Role | null;
      unit: string | null;
      urgedAt: Date | null;
      urgedNow: boolean;
    }[]
  >`
    SELECT t.id AS "taskId", t.stage, a.display_name AS assignee, t.audience_role AS role, u.name AS unit, t.urged_at AS "urgedAt",
      EXISTS (SELECT FROM urge x WHERE x.task_id = t.id AND x.half = ${half}) AS "urgedNow"
    FROM task t LEFT JOIN account a ON a.id = t.assignee_id LEFT JOIN unit u ON u.code = t.audience_unit
    WHERE t.case_id = ${caseId}::uuid AND t.status = 'open' ORDER BY t.opened_at, t.chair DESC, a.display_name, t.id`;
  const holds = await db.$queryRaw<{ from: Date; to: Date | null; reason: string; documentNo: string; who: string }[]>`
    SELECT h.from_at AS "from", h.to_at AS "to", h.reason, h.document_no AS "documentNo", a.display_name AS who
    FROM hold h JOIN account a ON a.id = h.by_id WHERE h.case_id = ${caseId}::uuid ORDER BY h.from_at`;
  const readers = await db.$queryRaw<
    { name: string; posts: { role: string; unitName: string; title: string | null }[] | null; who: string; at: Date; readAt: Date | null }[]
  >`
    SELECT a.display_name AS name, b.display_name AS who, k.at, k.read_at AS "readAt",
      (SELECT jsonb_agg(jsonb_build_object('role', p.role, 'unitName', u.name, 'title', p.title)) FROM post_held p JOIN unit u ON u.code = p.unit_code WHERE p.account_id = a.id AND p.to_on IS NULL) AS posts
    FROM copy k JOIN account a ON a.id = k.account_id JOIN account b ON b.id = k.by_id WHERE k.case_id = ${caseId}::uuid ORDER BY k.at, a.display_name`;
  return {
    asked: asked.map(({ taskId, stage, assignee, role, unit, urgedAt, urgedNow }) => ({
      taskId,
      stageTitle: contract.stages[stage]?.title ?? stage,
      who: assignee ?? [unit, role && roleTitles[role]].filter(Boolean).join(' '),
      urgedAt: urgedAt?.toISOString() ?? null,
      urgeFrom: urgedNow ? until.toISOString() : null,
    })),
    holds: holds.map(({ from, to, ...rest }) => ({ ...rest, from: from.toISOString(), to: to?.toISOString() ?? null })),
    readers: readers.map(({ posts, at, readAt, ...rest }) => ({
      ...rest,
      posts: postWords(posts ?? [], new Map()),
      at: at.toISOString(),
      readAt: readAt?.toISOString() ?? null,
    })),
  };
}
