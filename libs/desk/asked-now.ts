import type { Db, Tx } from '../db.ts';
import { stageAs } from '../domain/pinned.ts';
import type { Actor, Role } from '../domain/roles.ts';
import { eligible } from './audience.ts';
import { contractOf, type DeskRoom } from './room.ts';
import { seatsAsked, type Lying } from './seat.ts';
import type { CaseState } from './state.ts';

/** Everybody before whom an open task of the case lies: by name, or by the post that it is asked of. */
export async function askedNow(tx: Tx, room: DeskRoom, state: CaseState, at: Date): Promise<string[]> {
  const tasks = await tx.task.findMany({
    where: { caseId: state.id, status: 'open' },
    select: { assigneeId: true, audienceRole: true, audienceUnit: true, stage: true },
  });
  const contract = contractOf(room, state.process);
  const people = await Promise.all(
    tasks.map(async ({ assigneeId, audienceRole, audienceUnit, stage }) =>
      assigneeId
        ? [assigneeId]
        : eligible(
            tx,
            { state, contract, stage: stageAs(contract, stage, state.pinned) },
            { role: audienceRole as Role, unitCode: audienceUnit! },
            at,
          ),
    ),
  );
  return [...new Set(people.flat())];
}

/** An open task that lies before somebody. */
export interface Asking extends Lying {
  id: string;
  stage: string;
  round: number;
}

/** The open tasks of the case that lie before the actor: by name, by a post, at a level above; in their own name or in that of one for whom they stand in. */
export async function askedOf(db: Db | Tx, { id, process }: Pick<CaseState, 'id' | 'process'>, actor: Actor): Promise<Asking[]> {
  const open = await db.$queryRaw<Asking[]>`
    SELECT t.id, t.stage, t.round, t.assignee_id AS "assigneeId", t.audience_role AS "audienceRole", t.audience_unit AS "audienceUnit", s.tally -> 'post' AS "panelPost",
      coalesce((SELECT jsonb_agg(jsonb_build_object('role', e.role, 'unitCode', e.unit_code)) FROM task_escalation e WHERE e.task_id = t.id), '[]') AS escalations
    FROM task t JOIN stage_run s ON s.case_id = t.case_id AND s.stage = t.stage AND s.round = t.round
    WHERE t.case_id = ${id}::uuid AND t.status = 'open' ORDER BY t.stage, t.id`;
  return open.filter((task) => seatsAsked(task, process, actor).length > 0);
}
