import { Prisma } from '../../prisma/generated/client.ts';
import type { Db, Tx } from '../db.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { administratorRoles, officerRoles } from '../domain/roles.ts';
import { held, notBarred, type AboutStage } from './audience.ts';
import type { TaskState } from './state.ts';
import { unitsAbove } from './when.ts';

/** What somebody is looked for: to own a task from now on, to advise on it, or to sign beside its owner. */
export type Purpose = 'transfer' | 'delegate' | 'sign';

export interface Target {
  accountId: string;
  name: string;
  posts: string;
}

export interface Wanted {
  about: AboutStage;
  task: Pick<TaskState, 'id' | 'stage' | 'round' | 'audienceRole' | 'audienceUnit' | 'assigneeId'>;
  purpose: Purpose;
  at: Date;
}

/**
 * The posts among which a purpose may look: a transfer keeps to those whom the task was put before (for a task by name, to the officers of the case's
 * street); an advice or a further signature comes from an officer of a unit above the case's, or of the same street (county) as the stage's own.
 */
async function inScope(tx: Db | Tx, { about, task, purpose }: Wanted): Promise<Prisma.Sql> {
  const { street } = await unitsAbove(tx as Tx, about.state.unitCode);
  if (purpose === 'transfer' && task.audienceRole) return Prisma.sql`p.role = ${task.audienceRole} AND p.unit_code = ${task.audienceUnit}`;
  const below = Prisma.sql`starts_with(u.path, (SELECT path FROM unit WHERE code = ${task.audienceUnit ?? street ?? about.state.unitCode}))`;
  const above = Prisma.sql`starts_with((SELECT path FROM unit WHERE code = ${about.state.unitCode}), u.path)`;
  return Prisma.sql`p.role = ANY(${[...officerRoles]}::text[]) AND ${purpose === 'transfer' ? below : Prisma.sql`(${below} OR ${above})`}`;
}

/** Nobody is asked twice in one round of a stage, and neither the starter nor whoever has the task is handed it. */
const free = ({
  about,
  task,
}: Wanted): Prisma.Sql => Prisma.sql`a.id IS DISTINCT FROM ${about.state.starterId}::uuid AND a.id IS DISTINCT FROM ${about.state.startedById}::uuid
  AND a.id IS DISTINCT FROM ${task.assigneeId}::uuid
  AND NOT EXISTS (SELECT FROM post_held x WHERE x.account_id = a.id AND x.role = ANY(${[...administratorRoles]}::text[]))
  AND NOT EXISTS (SELECT FROM task x WHERE x.case_id = ${about.state.id}::uuid AND x.stage = ${task.stage} AND x.round = ${task.round}
    AND x.status <> 'closed' AND a.id IN (x.assignee_id, x.answered_by_id))`;

/** People to whom a task may be handed, by a part of their name; at most 20. `actorId` is who asks. */
export async function possibleTargets(tx: Db | Tx, wanted: Wanted, actorId: string, q = ''): Promise<Target[]> {
  const { about, at } = wanted;
  return tx.$queryRaw<Target[]>`
    SELECT a.id AS "accountId", a.display_name AS name, string_agg(DISTINCT concat_ws(' ', u.name, p.title), '、') AS posts
    FROM post_held p JOIN account a ON a.id = p.account_id JOIN unit u ON u.code = p.unit_code
    WHERE ${held(at)} AND ${await inScope(tx, wanted)} AND ${notBarred(about)} AND ${free(wanted)} AND a.id <> ${actorId}::uuid
      AND position(${q} IN a.display_name) > 0
    GROUP BY a.id, a.display_name ORDER BY a.display_name, a.id LIMIT 20`;
}

/** Whether one person may be handed the task; the refusal says why not. */
export async function mayTake(tx: Tx, wanted: Wanted, actorId: string, targetId: string): Promise<Refusal | { name: string }> {
  const { about, at, task } = wanted;
  const { state } = about;
  const [row] = await tx.$queryRaw<{ name: string; fits: boolean; scoped: boolean; aside: boolean; asked: boolean; disabled: boolean }[]>`
    SELECT a.display_name AS name, a.status = 'disabled' AS disabled,
      EXISTS (SELECT FROM post_held p JOIN unit u ON u.code = p.unit_code WHERE p.account_id = a.id AND ${held(at)} AND ${await inScope(tx, wanted)}) AS scoped,
      EXISTS (SELECT FROM relative r WHERE r.account_id = a.id AND r.other_id = ${state.subjectId}::uuid)
        OR EXISTS (SELECT FROM recusal x WHERE x.case_id = ${state.id}::uuid AND x.account_id = a.id) AS aside,
      EXISTS (SELECT FROM task x WHERE x.case_id = ${state.id}::uuid AND x.stage = ${task.stage} AND x.round = ${task.round} AND x.status <> 'closed' AND a.id IN (x.assignee_id, x.answered_by_id)) AS asked,
      ${notBarred(about)} AND ${free(wanted)} AS fits
    FROM account a WHERE a.id = ${targetId}::uuid`;
  if (!row || row.disabled) return refuse('NotAPossibleTarget', { why: '没有这个可用的账号' });
  const { name } = row;
  const not = (why: string) => refuse('NotAPossibleTarget', { name, why });
  if (targetId === actorId) return not('就是您本人');
  if (row.asked && targetId !== task.assigneeId) return refuse('AlreadyAsked', { name });
  if (targetId === state.starterId || targetId === state.startedById) return not('是本件发起人');
  if (!row.scoped) return not('不在本环节可以交办的岗位或单位范围内');
  if (row.fits) return { name };
  if (targetId === state.subjectId) return not('是本件当事人');
  return not(row.aside ? '应当回避' : '已办过本件须由不同人员办理的环节');
}
