import { actorOf, recordedActor } from '../access/actor.ts';
import { holdsOver } from '../access/permission.ts';
import type { Tx } from '../db.ts';
import { dateOf, formatDate, fromDateColumn, toDateColumn, type IsoDate } from '../domain/dates.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { administratorRoles, officerRoles, type Actor, type Post } from '../domain/roles.ts';
import { isInLine, lineOf, periodFault } from '../domain/substitution.ts';
import { append } from '../ledger/append.ts';
import { postMail } from '../mail/post.ts';
import type { By, DeskRoom } from './room.ts';
import { mailMoment } from './when.ts';

export interface NewSubstitution {
  /** Whose stead it is; a person's own, or at the hand of an administrator of their unit. */
  principalId: string;
  substituteId: string;
  /** None named: all. */
  processes: string[];
  fromOn: IsoDate;
  toOn: IsoDate;
  reason: string;
}

/** Who sets up or ends substitutions for others: the system administrator of their unit or one above it. It grants nothing to the administrator. */
export const mayArrangeFor = (actor: Actor, posts: readonly Post[]): boolean =>
  posts.length > 0 && posts.every(({ unitPath }) => holdsOver(actor, ['SYSTEM_ADMIN'], unitPath));

export const officesOf = ({ posts }: Pick<Actor, 'posts'>): Post[] => posts.filter(({ role }) => officerRoles.includes(role));

/**
 * 设代理: for a period and some processes the substitute acts in the principal's name. Refuses whoever is neither the principal nor their administrator
 * (`NotAllowed`), who holds no office (`NoOffice`), unsound periods (`PeriodNotSound`), oneself and people outside the line (`NotEligibleSubstitute`), a
 * second substitute for the same work and time (`SubstituteAlready`), and circles (`SubstituteCircle`). Either way an entry on the principal's chain.
 */
export function setSubstitution(
  room: DeskRoom,
  { actor, at, origin, requestKey, ...asked }: By & NewSubstitution,
): Promise<Refusal | { id: string }> {
  return room.db.$transaction(async (tx) => {
    // circles are seen only by whoever sees all of them
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('substitution'))`;
    const earlier = requestKey
      ? await tx.requestKey.findUnique({ where: { accountId_key: { accountId: actor.accountId, key: requestKey } } })
      : null;
    if (earlier) return earlier.reply as { id: string };
    const principal = await actorOf(tx, asked.principalId, asked.fromOn);
    if (!principal) return refuse('NotFound', { what: '这个账号' });
    const entry = {
      chain: `account:${principal.accountId}` as const,
      verb: 'substitute.set',
      at,
      actor: recordedActor(actor),
      origin: origin ?? null,
      detail: { ...asked },
    };
    const refusal = await faultOf(tx, room, actor, principal, asked, dateOf(at));
    if (refusal) {
      await append(tx, { ...entry, accepted: false, refusal: { code: refusal.refused, params: refusal.params } });
      return refusal;
    }
    const { id } = await tx.substitution.create({
      data: { ...asked, fromOn: toDateColumn(asked.fromOn), toOn: toDateColumn(asked.toOn), setById: actor.accountId, setAt: at },
      select: { id: true },
    });
    if (requestKey) await tx.requestKey.create({ data: { accountId: actor.accountId, key: requestKey, reply: { id }, at } });
    await append(tx, { ...entry, accepted: true });
    await tell(tx, room, { id, ...asked }, { actor, at }, false);
    return { id };
  });
}

async function faultOf(
  tx: Tx,
  { catalogue }: DeskRoom,
  actor: Actor,
  principal: Actor,
  asked: NewSubstitution,
  today: IsoDate,
): Promise<Refusal | null> {
  const unknown = asked.processes.find((name) => !catalogue[name]);
  if (unknown) return refuse('NotFound', { what: '这种流程' });
  const offices = officesOf(principal);
  const isOwn = actor.accountId === principal.accountId;
  if (!isOwn && !mayArrangeFor(actor, offices)) return refuse('NotAllowed', { what: '为他人设置代理' });
  if (offices.length === 0) return refuse('NoOffice', { who: isOwn ? '您' : principal.name });
  return (
    periodFault(asked, today) ??
    (await eligibilityFault(tx, principal, offices, asked)) ??
    (await overlapFault(tx, principal, asked)) ??
    (await circleFault(tx, principal, asked))
  );
}

/** The substitute is another person who can sign in, decides things themself, and holds an office in the county of one of the principal's or above it. */
async function eligibilityFault(
  tx: Tx,
  principal: Actor,
  offices: readonly Post[],
  { substituteId, fromOn }: NewSubstitution,
): Promise<Refusal | null> {
  const substitute = await actorOf(tx, substituteId, fromOn);
  if (!substitute) return refuse('NotFound', { what: '这个代理人' });
  const not = (why: string) => refuse('NotEligibleSubstitute', { name: substitute.name, why });
  if (substituteId === principal.accountId) return not('不能由本人代理本人');
  const { status } = await tx.account.findUniqueOrThrow({ where: { id: substituteId }, select: { status: true } });
  if (status !== 'active') return not('账号没有激活或已停用');
  if (substitute.posts.some(({ role }) => administratorRoles.includes(role))) return not('系统、安全、审计管理员不办理业务');
  const held = officesOf(substitute);
  if (held.length === 0) return not('那时没有在任职务');
  const lines = offices.map(({ unitPath }) => lineOf(unitPath));
  if (!held.some(({ unitPath }) => lines.some((line) => isInLine(unitPath, line)))) return not('不在同一区（县）或其上级单位任职');
  return null;
}

/** SQL: whether a substitution `s` and the one asked for share a day and a process. */
const sharesWork = `s.ended_at IS NULL AND s.from_on <= $3::date AND s.to_on >= $2::date AND (cardinality(s.processes) = 0 OR cardinality($4::text[]) = 0 OR s.processes && $4::text[])`;

async function overlapFault(tx: Tx, principal: Actor, { processes, fromOn, toOn }: NewSubstitution): Promise<Refusal | null> {
  const [other] = await tx.$queryRawUnsafe<{ name: string; fromOn: string; toOn: string }[]>(
    `SELECT a.display_name AS name, s.from_on::text AS "fromOn", s.to_on::text AS "toOn" FROM substitution s JOIN account a ON a.id = s.substitute_id
     WHERE s.principal_id = $1::uuid AND ${sharesWork} ORDER BY s.from_on LIMIT 1`,
    principal.accountId,
    fromOn,
    toOn,
    processes,
  );
  return other ? refuse('SubstituteAlready', { name: other.name, from: formatDate(other.fromOn), to: formatDate(other.toOn) }) : null;
}

/** Follows who stands in for the substitute, for that one, and so on, as far as days and processes are shared by all; back at the principal it is a circle. */
async function circleFault(tx: Tx, principal: Actor, { substituteId, processes, fromOn, toOn }: NewSubstitution): Promise<Refusal | null> {
  const shared = (a: string, b: string) =>
    `CASE WHEN cardinality(${a}) = 0 THEN ${b} WHEN cardinality(${b}) = 0 THEN ${a} ELSE ARRAY(SELECT unnest(${a}) INTERSECT SELECT unnest(${b}) ORDER BY 1) END`;
  const [circle] = await tx.$queryRawUnsafe<{ names: string }[]>(
    `WITH RECURSIVE chain AS (
       SELECT s.substitute_id AS who, greatest(s.from_on, $2::date) AS from_on, least(s.to_on, $3::date) AS to_on, ${shared('s.processes', '$4::text[]')} AS processes, ARRAY[s.principal_id] AS through
       FROM substitution s WHERE s.principal_id = $1::uuid AND ${sharesWork}
       UNION ALL
       SELECT s.substitute_id, greatest(s.from_on, c.from_on), least(s.to_on, c.to_on), ${shared('s.processes', 'c.processes')}, c.through || s.principal_id
       FROM chain c JOIN substitution s ON s.principal_id = c.who
       WHERE c.who <> $5::uuid AND s.principal_id <> ALL(c.through) AND s.ended_at IS NULL AND s.from_on <= c.to_on AND s.to_on >= c.from_on
         AND (cardinality(s.processes) = 0 OR cardinality(c.processes) = 0 OR s.processes && c.processes))
     SELECT (SELECT string_agg(a.display_name, '→' ORDER BY n) FROM unnest(through || who) WITH ORDINALITY AS t (id, n) JOIN account a ON a.id = t.id) AS names
     FROM chain WHERE who = $5::uuid LIMIT 1`,
    substituteId,
    fromOn,
    toOn,
    processes,
    principal.accountId,
  );
  return circle ? refuse('SubstituteCircle', { chain: circle.names }) : null;
}

/** 提前结束: by the principal or their administrator, from this moment. Refuses `NotAllowed`, `SubstitutionOver`. */
export function endSubstitution(room: DeskRoom, { id, actor, at, origin }: By & { id: string }): Promise<Refusal | null> {
  return room.db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT FROM substitution WHERE id = ${id}::uuid FOR UPDATE`;
    const row = await tx.substitution.findUnique({ where: { id } });
    if (!row) return refuse('NotFound', { what: '这项代理' });
    const line = { ...row, fromOn: fromDateColumn(row.fromOn), toOn: fromDateColumn(row.toOn) };
    const refusal = await mayEnd(tx, actor, line, at);
    const { principalId, substituteId, processes, fromOn, toOn } = line;
    await append(tx, {
      chain: `account:${principalId}`,
      verb: 'substitute.end',
      accepted: refusal === null,
      at,
      actor: recordedActor(actor),
      origin: origin ?? null,
      ...(refusal && { refusal: { code: refusal.refused, params: refusal.params } }),
      detail: { id, principalId, substituteId, processes, fromOn, toOn },
    });
    if (refusal) return refusal;
    await tx.substitution.update({ where: { id }, data: { endedAt: at } });
    await tell(tx, room, line, { actor, at }, true);
    return null;
  });
}

async function mayEnd(
  tx: Tx,
  actor: Actor,
  { principalId, fromOn, toOn, endedAt }: { principalId: string; fromOn: IsoDate; toOn: IsoDate; endedAt: Date | null },
  at: Date,
): Promise<Refusal | null> {
  const today = dateOf(at);
  const principal = await actorOf(tx, principalId, fromOn > today ? fromOn : today);
  if (actor.accountId !== principalId && !mayArrangeFor(actor, officesOf(principal!)))
    return refuse('NotAllowed', { what: '结束这项代理' });
  return endedAt || toOn < today ? refuse('SubstitutionOver') : null;
}

/** Both people are told, except whoever did it. */
async function tell(
  tx: Tx,
  { catalogue }: DeskRoom,
  { id, principalId, substituteId, processes, fromOn, toOn }: Omit<NewSubstitution, 'reason'> & { id: string },
  { actor, at }: Pick<By, 'actor' | 'at'>,
  ended: boolean,
): Promise<void> {
  const names = await tx.account.findMany({ where: { id: { in: [principalId, substituteId] } }, select: { id: true, displayName: true } });
  const nameOf = (who: string) => names.find((account) => account.id === who)!.displayName;
  const post = await tx.postHeld.findFirst({ where: { accountId: principalId }, orderBy: { fromOn: 'desc' }, select: { unitCode: true } });
  await postMail(tx, {
    eventKey: `substitution/${id}/${ended ? 'ended' : 'set'}`,
    to: [principalId, substituteId].filter((who) => who !== actor.accountId),
    template: 'substitution',
    at,
    notBefore: await mailMoment(tx, post?.unitCode ?? '', at),
    params: {
      principal: nameOf(principalId),
      substitute: nameOf(substituteId),
      byName: actor.name,
      fromOn,
      toOn,
      processes: processes.map((name) => catalogue[name]?.title ?? name),
      ended,
    },
  });
}
