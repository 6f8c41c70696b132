import { recordedActor } from '../access/actor.ts';
import type { Db, Tx } from '../db.ts';
import { declareByRule } from '../desk/declare.ts';
import { keepReply, replyTo } from '../desk/replies.ts';
import type { By, DeskRoom } from '../desk/room.ts';
import { lockCase, readCase, readHeld, type CaseState } from '../desk/state.ts';
import type { Follows, ProcessContract, RatingNews } from '../domain/contract.ts';
import { dateOf, yearOf, type IsoDate } from '../domain/dates.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import { factTitle } from '../domain/person.ts';
import type { Rating } from '../domain/person-words.ts';
import { append } from '../ledger/append.ts';
import { addFact } from '../people/facts.ts';
import { openingPeople } from './open-case.ts';
import { openingFor, startCausedFor } from './start-caused.ts';

export interface FinalRating {
  personId: string;
  year: number;
  rating: Rating;
  score?: number | undefined;
  /** When it became final: notified, and the time to ask for a review over. */
  finalOn: IsoDate;
  documentNo: string;
}
export interface RatingRecorded {
  /** Cases that it started or was told to. */
  cases: { caseId: string; process: string; how: 'started' | 'told' }[];
}

/**
 * 登记年度考核结果: a final rating becomes a fact of the person, or corrects the one of its year, with an entry in their chain; then each process that
 * follows ratings starts, is told, or neither, by its own rule, all in the caller's transaction. Refuses `NotFound`, `OwnCase`, `Relative`, `RatingNotSound`.
 */
export async function recordRating(
  tx: Tx,
  room: DeskRoom,
  { personId, year, rating, score, finalOn, documentNo, ...by }: FinalRating & By,
): Promise<Refusal | RatingRecorded> {
  const on = dateOf(by.at);
  // whoever records for the same person at the same time comes after
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('rating'), hashtext(${personId}))`;
  const earlier = await replyTo<RatingRecorded>(tx, by);
  if (earlier) return earlier;
  const refusal = await mayRecord(tx, { personId, year, finalOn }, by);
  if (refusal) return refusal;
  // cases first, then the person: as their stories' own changes take them
  const open = await openCases(tx, room, personId, lockCase);
  const value = { year, rating, ...(score !== undefined && { score }), finalOn, documentNo };
  const fact = { personId, kind: 'rating' as const, fromOn: `${year}-01-01`, toOn: `${year}-12-31`, value, ground: `record:${documentNo}` };
  const made = await addFact(tx, fact, by.at);
  if (isRefusal(made)) return made;
  const { ratings } = (await openingPeople(tx, [personId], on)).get(personId)!;
  const news = { year, rating, before: made.before?.value.rating ?? null, ratings };
  const cases: RatingRecorded['cases'] = [];
  for (const contract of followers(room)) {
    const followed = await follow(tx, room, contract, open.get(contract.name) ?? null, news, { personId, factId: made.fact.id, ...by });
    if (followed) cases.push({ ...followed, process: contract.name });
  }
  // after those of the cases: chains are taken in the order of their names
  await append(tx, {
    chain: `person:${personId}`,
    verb: 'rating.record',
    accepted: true,
    at: by.at,
    actor: recordedActor(by.actor),
    origin: by.origin ?? null,
    personId,
    before: made.before && { rating: factTitle('rating', made.before.value) },
    after: { rating: factTitle('rating', value) },
    detail: { year, finalOn, documentNo, cases: cases.map(({ caseId }) => caseId) },
  });
  await keepReply(tx, by, { cases });
  return { cases };
}

async function mayRecord(
  tx: Tx,
  { personId, year, finalOn }: Pick<FinalRating, 'personId' | 'year' | 'finalOn'>,
  { actor, at }: By,
): Promise<Refusal | null> {
  const on = dateOf(at);
  const person = (await openingPeople(tx, [personId], on)).get(personId);
  if (!person) return refuse('NotFound', { what: '这名人员' });
  if (actor.personId === personId) return refuse('OwnCase', { unit: actor.posts[0]?.unitName ?? '本单位' });
  if (person.accountId && (await tx.relative.count({ where: { accountId: actor.accountId, otherId: person.accountId } })) > 0)
    return refuse('Relative');
  const wrong = whatIsWrong({ year, finalOn }, on);
  return wrong ? refuse('RatingNotSound', { detail: wrong }) : null;
}

/** A year's result is final from the December of that year on, and not tomorrow. */
function whatIsWrong({ year, finalOn }: Pick<FinalRating, 'year' | 'finalOn'>, on: IsoDate): string | null {
  if (year > yearOf(on)) return `${year} 年度还没有到`;
  if (finalOn > on) return '结果确定日期不能晚于今天';
  return finalOn < `${year}-12-01` ? `${year} 年度考核在当年 12 月以后才有结果，请核对结果确定日期` : null;
}

const followers = ({ catalogue }: DeskRoom): ProcessContract[] => Object.values(catalogue).filter(({ followsRatings }) => followsRatings);

/** The person's open case of each process that follows ratings, the latest begun, as `read` finds it: locked, or for a page. */
async function openCases(tx: Db | Tx, room: DeskRoom, personId: string, read: typeof lockCase): Promise<Map<string, CaseState>> {
  const process = { in: followers(room).map(({ name }) => name) };
  const rows = await tx.case.findMany({
    where: { personId, process, status: { not: 'ended' } },
    orderBy: [{ startedAt: 'asc' }, { run: 'asc' }],
    select: { id: true },
  });
  const states = new Map<string, CaseState>();
  for (const { id } of rows) {
    const state = await read(tx as Tx, id);
    if (state && state.status !== 'ended') states.set(state.process, state);
  }
  return states;
}

/** What the process's own rule makes of the news; one that is being withdrawn hears nothing any more. */
async function whatFollows(
  tx: Db | Tx,
  contract: ProcessContract,
  state: CaseState | null,
  news: Omit<RatingNews, 'open'>,
): Promise<Follows> {
  if (state?.status === 'withdrawing') return null;
  const open = state && { input: state.input, events: (await readHeld(tx, state.id)).events, inEffect: state.effectiveAt !== null };
  return contract.followsRatings!({ ...news, open });
}

async function follow(
  tx: Tx,
  room: DeskRoom,
  contract: ProcessContract,
  state: CaseState | null,
  news: Omit<RatingNews, 'open'>,
  { personId, factId, ...by }: By & { personId: string; factId: string },
): Promise<{ caseId: string; how: 'started' | 'told' } | null> {
  const then = await whatFollows(tx, contract, state, news);
  if (!then) return null;
  if ('start' in then) {
    const cause = { caseId: null, key: `rating/${factId}/${contract.name}` };
    const started = await startCausedFor(tx, contract, { personId, cause, at: by.at });
    return isRefusal(started) ? null : { caseId: started.caseId, how: 'started' };
  }
  return (await declareByRule(tx, room, state!, { event: then.tell, told: then.told, ...by })) ? { caseId: state!.id, how: 'told' } : null;
}

export interface ForeseenRating {
  /** What the year says now; null when nothing is on record. */
  before: Rating | null;
  /** What recording would start, or which open case would hear of it, with what comes of it in a sentence. */
  follows: { process: string; caseId: string | null; held: boolean; means: string }[];
}

/** What recording a rating would bring about, by the same rules; nothing is written. Refuses `NotFound`. */
export async function foreseeRating(
  db: Db | Tx,
  room: DeskRoom,
  { personId, year, rating, at }: Pick<FinalRating, 'personId' | 'year' | 'rating'> & { at: Date },
): Promise<Refusal | ForeseenRating> {
  const person = (await openingPeople(db, [personId], dateOf(at))).get(personId);
  if (!person) return refuse('NotFound', { what: '这名人员' });
  const before = person.ratings.find((one) => one.year === year)?.rating ?? null;
  const ratings = [...person.ratings.filter((one) => one.year !== year), { year, rating }];
  const open = await openCases(db, room, personId, readCase);
  const follows: ForeseenRating['follows'] = [];
  for (const contract of followers(room)) {
    const state = open.get(contract.name) ?? null;
    const then = await whatFollows(db, contract, state, { year, rating, before, ratings });
    if (!then || ('start' in then && isRefusal(await openingFor(db, contract, { ...person, ratings }, at)))) continue;
    const told = 'start' in then ? null : state;
    follows.push({ process: contract.name, caseId: told?.id ?? null, held: Boolean(told?.heldAt), means: then.means });
  }
  return { before, follows };
}
