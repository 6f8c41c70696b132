import { Prisma } from '../../prisma/generated/client.ts';
import type { Db, Tx } from '../db.ts';
import type { ListedTogether, StageContract } from '../domain/contract.ts';
import { levelAbove, roleTitles, type Level, type Role } from '../domain/roles.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import type { StageAsk } from '../domain/story.ts';
import { held, notBarred, whoIsAsked, type AboutStage, type Asked, type ListPart } from './audience.ts';
import type { CaseState, TaskState } from './state.ts';
import { unitsAbove } from './when.ts';

type List = NonNullable<StageContract['list']>;

/** Whether somebody of a batch (`i`, their case `c`) is still open at a list stage: not decided yet, or their own case not over, or apart for the reason it is about. */
export const openAt = (stage: string, { open }: List): Prisma.Sql =>
  typeof open === 'object'
    ? Prisma.sql`c.status = 'running' AND i.apart = ${open.apart}`
    : open === 'ended'
      ? Prisma.sql`c.status <> 'ended' AND i.apart IS DISTINCT FROM 'apart'`
      : Prisma.sql`c.status = 'running' AND i.apart IS NULL AND (${open === 'nobody'} OR (SELECT r.status IN ('closed', 'lapsed') FROM stage_run r WHERE r.case_id = i.case_id AND r.stage = ${stage} ORDER BY r.round DESC LIMIT 1) IS NOT TRUE)`;

interface OnList {
  caseId: string;
  subjectId: string | null;
  units: Record<Exclude<Level, 'city'>, string>;
}

/** Who a stage asks on the day: every unit with a part of the list, or whoever the contract names. */
export async function askedAt(tx: Tx, about: AboutStage, ask: Pick<StageAsk, 'stage' | 'asks'>, at: Date): Promise<Asked | null> {
  if (about.stage.list) return { kind: 'parts', parts: await partsOf(tx, about, ask.stage, at), note: null };
  return whoIsAsked(tx, about, await unitsAbove(tx, about.state.unitCode), ask.asks, at);
}

const partKey = (role: Role, unitCode: string) => `${role}@${unitCode}`;

/**
 * Cuts a batch's list at the opening of a stage: each person stands in the part of their unit at the cut-off date or, where nobody there may decide on
 * them (it is themself, a relative, or nobody holds the post), in that of the level above. Written down with the people; returns the parts.
 */
async function partsOf(tx: Tx, about: AboutStage, name: string, at: Date): Promise<ListPart[]> {
  const { state, stage } = about;
  const list = stage.list!;
  const { role } = stage.audience as { role: Role; level: Level };
  const people = await tx.$queryRaw<OnList[]>`
    SELECT i.case_id AS "caseId", c.subject_id AS "subjectId", jsonb_build_object('community', i.community, 'street', i.street, 'county', i.county) AS units
    FROM batch_item i JOIN "case" c ON c.id = i.case_id WHERE i.batch_id = ${state.id}::uuid AND ${openAt(name, list)}`;
  const city = people[0] && (await unitsAbove(tx, people[0].units.county)).city;
  const relatives = await tx.$queryRaw<{ who: string; of: string }[]>`SELECT account_id AS who, other_id AS of FROM relative`;
  const related = new Set(relatives.map(({ who, of }) => `${who}/${of}`));
  const holders = await holdersOf(tx, about, at);
  const parts = new Map<string, ListPart>();
  const mine: Record<string, string[]> = {};
  for (const { caseId, subjectId, units } of people) {
    let post: { role: Role; unitCode: string | undefined } | null = { role, unitCode: units[list.cutBy] };
    const able = (who: string) => who !== subjectId && !related.has(`${who}/${subjectId}`);
    while (post && !(holders.get(partKey(post.role, post.unitCode ?? '')) ?? []).some(able)) {
      const above: { role: Role; level: Level } | undefined = levelAbove[post.role];
      post = above ? { role: above.role, unitCode: above.level === 'city' ? city : units[above.level] } : null;
    }
    if (!post) continue;
    const key = partKey(post.role, post.unitCode!);
    const note = post.role === role ? null : `${roleTitles[role]}没有可以办理的人员（空缺或应当回避），由${roleTitles[post.role]}办理`;
    if (!parts.has(key)) parts.set(key, { key, post: { role: post.role, unitCode: post.unitCode! }, holders: holders.get(key)!, note });
    (mine[key] ??= []).push(caseId);
  }
  await tx.$executeRaw`
    UPDATE batch_item i SET list_unit = cut.key FROM (SELECT key, jsonb_array_elements_text(value)::uuid AS id FROM jsonb_each(${JSON.stringify(mine)}::jsonb)) cut
    WHERE i.case_id = cut.id`;
  return [...parts.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Who may act on the day, by post: all holders of the stage's role and of those above it. */
async function holdersOf(tx: Tx, about: AboutStage, at: Date): Promise<Map<string, string[]>> {
  const chain: Role[] = [];
  for (let role: Role | undefined = (about.stage.audience as { role: Role }).role; role; role = levelAbove[role]?.role) chain.push(role);
  const rows = await tx.$queryRaw<{ key: string; who: string[] }[]>`
    SELECT p.role || '@' || p.unit_code AS key, array_agg(DISTINCT a.id::text ORDER BY a.id::text) AS who FROM post_held p JOIN account a ON a.id = p.account_id
    WHERE p.role = ANY(${chain}::text[]) AND ${held(at)} AND ${notBarred(about)} GROUP BY 1`;
  return new Map(rows.map(({ key, who }) => [key, who]));
}

/** How many of a part are still open. */
export async function openInPart(tx: Db | Tx, batchId: string, stage: string, list: List, listUnit: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM batch_item i JOIN "case" c ON c.id = i.case_id
    WHERE i.batch_id = ${batchId}::uuid AND i.list_unit = ${listUnit} AND ${openAt(stage, list)}`;
  return row!.count;
}

/**
 * Refuses `ListNotDone` while people of the part that a task asks for are open, and what the list says of them together. The caller holds the batch's lock.
 */
export async function partNotDone(tx: Tx, state: CaseState, list: List, task: TaskState): Promise<Refusal | null> {
  const { listUnit } = await tx.task.findUniqueOrThrow({ where: { id: task.id }, select: { listUnit: true } });
  if (!listUnit) return null;
  const count = list.open === 'nobody' ? 0 : await openInPart(tx, state.id, task.stage, list, listUnit);
  if (count > 0) return refuse('ListNotDone', { count });
  return list.together?.(await togetherIn(tx, state, listUnit)) ?? null;
}

/** What the closed stages of a case have told, by stage. */
export const toldBy = (caseId: Prisma.Sql) => Prisma.sql`
  coalesce((SELECT jsonb_object_agg(r.stage, r.result) FROM (SELECT DISTINCT ON (stage) stage, status, result FROM stage_run WHERE case_id = ${caseId} ORDER BY stage, round DESC) r WHERE r.status = 'closed'), '{}')`;

/** Everybody in the streets of whom some stand in a part. */
async function togetherIn(tx: Tx, { id, pinned }: CaseState, listUnit: string): Promise<ListedTogether> {
  const people = await tx.$queryRaw<ListedTogether['people']>`
    SELECT i.case_id AS "caseId", coalesce(p.name, i.name) AS name, i.street, (SELECT name FROM unit WHERE code = i.street) AS "streetName", i.apart IS NULL AS "onList", ${toldBy(Prisma.sql`i.case_id`)} AS told, i.result
    FROM batch_item i JOIN "case" c ON c.id = i.case_id LEFT JOIN person p ON p.id = i.person_id
    WHERE i.batch_id = ${id}::uuid AND c.status <> 'ended' AND i.street IN (SELECT street FROM batch_item WHERE batch_id = ${id}::uuid AND list_unit = ${listUnit})
    ORDER BY i.no`;
  const [batch] = await tx.$queryRaw<[Pick<ListedTogether, 'told'>]>`SELECT ${toldBy(Prisma.sql`${id}::uuid`)} AS told`;
  return { people, pinned, told: batch.told };
}

/** Whether other units still have their part of the list to do. */
export async function otherPartsOpen(tx: Tx, caseId: string, { id, stage, round }: TaskState): Promise<boolean> {
  return (await tx.task.count({ where: { caseId, stage, round, status: { in: ['open', 'waiting'] }, id: { not: id } } })) > 0;
}
