import type { Db, Tx } from '../db.ts';
import type { ProcessContract } from '../domain/contract.ts';
import { dateOf } from '../domain/dates.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { officerRoles, type Actor } from '../domain/roles.ts';
import { postMail } from '../mail/post.ts';
import { act } from './act.ts';
import { askedOf } from './asked-now.ts';
import { likeText } from './inbox.ts';
import { endedHow } from './may.ts';
import { ownsProcess } from './owner.ts';
import { contractOf, type By, type DeskRoom, type Verdict } from './room.ts';
import { readCase, type CaseState } from './state.ts';
import { mailMoment, unitsAbove } from './when.ts';
import { postWords } from './words.ts';

/** Whether the actor may give the case to others to read: its starter, whoever is or was asked in it, or the process owner. */
export async function mayCopy(db: Db | Tx, contract: ProcessContract, state: CaseState, actor: Actor): Promise<Refusal | null> {
  const ended = state.status === 'running' ? null : refuse('CaseEnded', { how: endedHow(state) });
  if (actor.accountId === state.starterId || actor.accountId === state.startedById || (await ownsProcess(db, contract, state, actor)))
    return ended;
  if (actor.accountId === state.subjectId) return refuse('MayNotCopy');
  const answered = await db.task.findFirst({
    where: { caseId: state.id, OR: [{ answeredById: actor.accountId }, { answeredForId: actor.accountId }] },
    select: { id: true },
  });
  return answered || (await askedOf(db, state, actor)).length > 0 ? ended : refuse('MayNotCopy');
}

/** A receiving place's contact is no officer of the case's own line. */
const insiders: string[] = officerRoles.filter((role) => role !== 'HOST_CONTACT');

interface Reader {
  accountId: string;
  name: string;
  has: boolean;
  posts: { role: string; unitName: string; title: string | null }[];
}

/**
 * Officers in the case's line: with a post in a unit above it, or within the same street; never the person concerned or a declared relative. `has`: the
 * case was given to them already.
 */
function readersInLine(
  db: Db | Tx,
  state: CaseState,
  street: string | undefined,
  at: Date,
  { among, q }: { among?: readonly string[]; q?: string },
): Promise<Reader[]> {
  const today = dateOf(at);
  return db.$queryRaw<Reader[]>`
    SELECT a.id AS "accountId", a.display_name AS name, EXISTS (SELECT FROM copy k WHERE k.case_id = ${state.id}::uuid AND k.account_id = a.id) AS has,
      jsonb_agg(jsonb_build_object('role', p.role, 'unitName', u.name, 'title', p.title) ORDER BY u.code) AS posts
    FROM account a JOIN post_held p ON p.account_id = a.id JOIN unit u ON u.code = p.unit_code JOIN unit own ON own.code = ${state.unitCode}
    WHERE a.status <> 'disabled' AND p.from_on <= ${today}::date AND (p.to_on IS NULL OR p.to_on >= ${today}::date) AND p.role = ANY(${insiders}::text[])
      AND (starts_with(own.path, u.path) OR starts_with(u.path, (SELECT path FROM unit s WHERE s.code = ${street ?? state.unitCode})))
      AND a.id IS DISTINCT FROM ${state.subjectId}::uuid AND NOT EXISTS (SELECT FROM relative r WHERE r.account_id = a.id AND r.other_id = ${state.subjectId}::uuid)
      AND (${among === undefined} OR a.id = ANY(${[...(among ?? [])]}::uuid[]))
      AND (${!q} OR a.display_name ILIKE ${likeText(q ?? '')} OR u.name ILIKE ${likeText(q ?? '')} OR p.title ILIKE ${likeText(q ?? '')})
    GROUP BY a.id ORDER BY min(length(u.path)), a.display_name, a.id LIMIT 50`;
}

/**
 * 抄送: gives the case to officers of its line to read, each told by mail once. Refuses `MayNotCopy`, `CaseEnded`, `OutsideConfidentiality` for whoever may
 * not see it, and `AlreadyCopied` when all have it; who has it already among others is passed over.
 */
export function copy(room: DeskRoom, { caseId, to, note, ...by }: By & { caseId: string; to: string[]; note?: string }): Promise<Verdict> {
  return act(room, by, 'case.copy', { caseId }, async (tx, state) => {
    const contract = contractOf(room, state.process);
    const refusal = await mayCopy(tx, contract, state, by.actor);
    if (refusal) return refusal;
    const { street } = await unitsAbove(tx, state.unitCode);
    const readers = await readersInLine(tx, state, street, by.at, { among: to });
    const outside = to.find((who) => !readers.some(({ accountId }) => accountId === who));
    if (outside) {
      const account = await tx.account.findUnique({ where: { id: outside }, select: { displayName: true } });
      return refuse('OutsideConfidentiality', { name: account?.displayName ?? '这一账号' });
    }
    const fresh = readers.filter(({ has, accountId }) => !has && accountId !== by.actor.accountId);
    if (fresh.length === 0) return refuse('AlreadyCopied', { name: readers.map(({ name }) => name).join('、') });
    const ids = fresh.map(({ accountId }) => accountId);
    await tx.copy.createMany({
      data: ids.map((accountId) => ({ caseId, accountId, how: 'copied', byId: by.actor.accountId, note: note ?? null, at: by.at })),
    });
    await postMail(tx, {
      eventKey: `${caseId}/copied`,
      to: ids,
      template: 'task-copied',
      caseId,
      at: by.at,
      notBefore: await mailMoment(tx, state.unitCode, by.at),
      params: { caseId, caseNo: state.caseNo, caseTitle: state.title, byName: by.actor.name, ...(note && { note }) },
    });
    return { detail: { accountIds: ids, names: fresh.map(({ name }) => name).join('、'), ...(note && { note }) } };
  });
}

/** To whom the actor may give the case, by a part of their name, unit or post; those who have it already are left out. Refuses as `copy` does. */
export async function readersToChoose(
  room: DeskRoom,
  { caseId, actor, at, q }: { caseId: string; actor: Actor; at: Date; q?: string },
): Promise<Refusal | { accountId: string; name: string; posts: string }[]> {
  const state = await readCase(room.db, caseId);
  if (!state) return refuse('NotFound', { what: '这一办件' });
  const refusal = await mayCopy(room.db, contractOf(room, state.process), state, actor);
  if (refusal) return refusal;
  const { street } = await unitsAbove(room.db as Tx, state.unitCode);
  const readers = await readersInLine(room.db, state, street, at, { q });
  return readers
    .filter(({ has, accountId }) => !has && accountId !== actor.accountId)
    .map(({ accountId, name, posts }) => ({ accountId, name, posts: postWords(posts, new Map()) }));
}

/** 已阅: when a reader opens the case for the first time. */
export async function markRead(db: Db | Tx, caseId: string, accountId: string, at: Date): Promise<void> {
  await db.$executeRaw`UPDATE copy SET read_at = ${at} WHERE case_id = ${caseId}::uuid AND account_id = ${accountId}::uuid AND read_at IS NULL`;
}
