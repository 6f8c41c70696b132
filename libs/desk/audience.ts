import { Prisma } from '../../prisma/generated/client.ts';
import type { Tx } from '../db.ts';
import type { ProcessContract, StageContract } from '../domain/contract.ts';
import { dateOf } from '../domain/dates.ts';
import { levelAbove, roleTitles, type Role } from '../domain/roles.ts';
import type { CaseState } from './state.ts';
import type { UnitsAbove } from './when.ts';

/** A post: a role in a unit. */
export interface PostOf {
  role: Role;
  unitCode: string;
}
export interface Member {
  accountId: string;
  chair: boolean;
}

/** Who a stage turns out to ask. `note` says in Chinese why it went to others than the contract names. */
export type Asked =
  | { kind: 'person'; accountId: string; note: string | null }
  | { kind: 'group'; post: PostOf; holders: string[]; note: string | null }
  | { kind: 'panel'; post: PostOf | null; members: Member[]; note: string | null }
  | { kind: 'parts'; parts: ListPart[]; note: null };

/** A unit's part of a batch's list, with those who may decide on it. `key` is what the people of the part and its task have in common. */
export interface ListPart {
  key: string;
  post: PostOf;
  holders: string[];
  note: string | null;
}

/** What the bars of a stage are computed from. */
export interface AboutStage {
  state: CaseState;
  contract: ProcessContract;
  stage: StageContract;
}

/** Separation of duty as a condition over `account a`: what `barredFrom` refuses is not even asked. */
export function notBarred({ state, contract, stage }: AboutStage): Prisma.Sql {
  const group = stage.fourEyes
    ? Object.entries(contract.stages)
        .filter(([, other]) => other.fourEyes === stage.fourEyes && other.title !== stage.title)
        .map(([name]) => name)
    : [];
  const starterBarred = stage.kind === 'opinion' || stage.kind === 'decision';
  return Prisma.sql`a.status <> 'disabled'
    AND a.id IS DISTINCT FROM ${state.subjectId}::uuid
    AND NOT (${starterBarred} AND (a.id IS NOT DISTINCT FROM ${state.starterId}::uuid OR a.id IS NOT DISTINCT FROM ${state.startedById}::uuid))
    AND NOT EXISTS (SELECT FROM relative r WHERE r.account_id = a.id AND r.other_id = ${state.subjectId}::uuid)
    AND NOT EXISTS (SELECT FROM recusal x WHERE x.case_id = ${state.id}::uuid AND x.account_id = a.id)
    AND NOT EXISTS (SELECT FROM task t WHERE t.case_id = ${state.id}::uuid AND a.id IN (t.answered_by_id, t.answered_for_id) AND t.part <> 'advice' AND t.stage = ANY(${group}::text[]))`;
}

export const held = (at: Date): Prisma.Sql =>
  Prisma.sql`p.from_on <= ${dateOf(at)}::date AND (p.to_on IS NULL OR p.to_on >= ${dateOf(at)}::date)`;

/** Holders of a post on the day who may act at this stage of this case. */
export async function eligible(tx: Tx, about: AboutStage, { role, unitCode }: PostOf, at: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ who: string }[]>`
    SELECT DISTINCT a.id AS who FROM post_held p JOIN account a ON a.id = p.account_id
    WHERE p.role = ${role} AND p.unit_code = ${unitCode} AND ${held(at)} AND ${notBarred(about)} ORDER BY who`;
  return rows.map(({ who }) => who);
}

/** Members of a panel by their post; the one who presides (书记, else 副书记, else the first) is its chair, and there is exactly one. */
async function membersOf(tx: Tx, about: AboutStage, { role, unitCode }: PostOf, at: Date): Promise<Member[]> {
  const rows = await tx.$queryRaw<{ who: string }[]>`
    SELECT a.id AS who FROM post_held p JOIN account a ON a.id = p.account_id
    WHERE p.role = ${role} AND p.unit_code = ${unitCode} AND ${held(at)} AND ${notBarred(about)}
    GROUP BY a.id ORDER BY bool_or(p.title LIKE '%书记%' AND p.title NOT LIKE '%副书记%') DESC NULLS LAST, bool_or(p.title LIKE '%书记%') DESC NULLS LAST, a.id`;
  return rows.map(({ who }, i) => ({ accountId: who, chair: i === 0 }));
}

/** Those of the named people who hold some post on the day and are not barred. */
async function namedOf(tx: Tx, about: AboutStage, asks: readonly string[], at: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ who: string }[]>`
    SELECT a.id AS who FROM account a
    WHERE a.id::text = ANY(${[...asks]}::text[]) AND EXISTS (SELECT FROM post_held p WHERE p.account_id = a.id AND ${held(at)}) AND ${notBarred(about)} ORDER BY who`;
  return rows.map(({ who }) => who);
}

/** A group of the post or, while nobody there may act, of the post above it; null when there is nobody at any level. */
export async function groupFrom(
  tx: Tx,
  about: AboutStage,
  units: UnitsAbove,
  first: { role: Role; unitCode: string | undefined },
  reason: string | null,
  at: Date,
): Promise<Extract<Asked, { kind: 'group' }> | null> {
  let note = reason;
  for (let asked = first; ;) {
    const holders = asked.unitCode ? await eligible(tx, about, { role: asked.role, unitCode: asked.unitCode }, at) : [];
    if (holders.length > 0) return { kind: 'group', post: { role: asked.role, unitCode: asked.unitCode! }, holders, note };
    const above = levelAbove[asked.role];
    if (!above) return null;
    note = [reason, `${roleTitles[asked.role]}没有可以办理的人员（空缺或应当回避），已报${roleTitles[above.role]}`]
      .filter(Boolean)
      .join('；');
    asked = { role: above.role, unitCode: units[above.level] };
  }
}

/** A panel with too few left goes to the level above, as a group. */
export function askAbovePanel(tx: Tx, about: AboutStage, units: UnitsAbove, { role }: { role: Role }, at: Date): Promise<Asked | null> {
  const above = levelAbove[role];
  if (!above) return Promise.resolve(null);
  return groupFrom(
    tx,
    about,
    units,
    { role: above.role, unitCode: units[above.level] },
    `${roleTitles[role]}可以参加表决的人数不足，已报${roleTitles[above.role]}`,
    at,
  );
}

/**
 * Resolves a stage's audience on the day, separation of duty applied. An audience that is empty or wholly barred, or a panel with too few left, goes to
 * the level above at once, and further up while nobody is there. Null when there is nobody at any level: an incident.
 */
export async function whoIsAsked(
  tx: Tx,
  about: AboutStage,
  units: UnitsAbove,
  asks: readonly string[] | undefined,
  at: Date,
): Promise<Asked | null> {
  const { state, stage } = about;
  const { audience, panel } = stage;
  if ('subject' in audience) {
    if (state.subjectId) return { kind: 'person', accountId: state.subjectId, note: null };
    return groupFrom(tx, about, units, { role: 'STREET_HR', unitCode: units.street }, '当事人没有账号，由街道代为办理', at);
  }
  if ('named' in audience) {
    const named = asks?.length ? await namedOf(tx, about, asks, at) : [];
    if (named.length === 1) return { kind: 'person', accountId: named[0]!, note: null };
    if (named.length > 1)
      return { kind: 'panel', post: null, members: named.map((accountId, i) => ({ accountId, chair: i === 0 })), note: null };
    const other = audience.else ?? { role: 'STREET_HR' as const, level: 'street' as const };
    const instead = audience.else ? roleTitles[audience.else.role] : '街道';
    return groupFrom(
      tx,
      about,
      units,
      { role: other.role, unitCode: units[other.level] },
      asks?.length ? `指定的办理人不能办理（离任或应当回避），由${instead}办理` : `没有指定办理人，由${instead}办理`,
      at,
    );
  }
  const unitCode = units[audience.level];
  if (!panel) return groupFrom(tx, about, units, { role: audience.role, unitCode }, null, at);
  const post = unitCode ? { role: audience.role, unitCode } : null;
  const members = post ? await membersOf(tx, about, post, at) : [];
  return post && members.length >= (panel.minMembers ?? 1)
    ? { kind: 'panel', post, members, note: null }
    : askAbovePanel(tx, about, units, { role: audience.role }, at);
}
