import { recordedActor } from '../access/actor.ts';
import type { Tx } from '../db.ts';
import { declareByRule } from '../desk/declare.ts';
import type { By, DeskRoom } from '../desk/room.ts';
import { lockCase, readHeld, type CaseState } from '../desk/state.ts';
import type { ProcessContract, RatingNews } from '../domain/contract.ts';
import { dateOf, yearOf, type IsoDate } from '../domain/dates.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import { factTitle } from '../domain/person.ts';
import type { Rating } from '../domain/person-words.ts';
import { append } from '../ledger/append.ts';
import { addFact } from '../people/facts.ts';
import { openingPeople } from './open-case.ts';
import { startCausedFor } from './start-caused.ts';

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
 * follows ratings starts, is told, or neither, by its own rule, all in the caller's transaction. Refuses `RatingNotSound`, `OwnCase`, `NotFound`.
 */
export async function recordRating(
  tx: Tx,
  room: DeskRoom,
  { personId, year, rating, score, finalOn, documentNo, ...by }: FinalRating & Omit<By, 'requestKey'>,
): Promise<Refusal | RatingRecorded> {
  const on = dateOf(by.at);
  // whoever records for the same person at the same time comes after
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('rating'), hashtext(${personId}))`;
  const person = (await openingPeople(tx, [personId], on)).get(personId);
  if (!person) return refuse('NotFound', { what: '这名人员' });
  if (by.actor.personId === personId) return refuse('OwnCase', { unit: by.actor.posts[0]?.unitName ?? '本单位' });
  const wrong = whatIsWrong({ year, finalOn }, on);
  if (wrong) return refuse('RatingNotSound', { detail: wrong });
  // cases first, then the person: as their stories' own changes take them
  const open = await openCases(tx, room, personId);
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
  return { cases };
}

/** A year's result is final from the December of that year on, and not tomorrow. */
function whatIsWrong({ year, finalOn }: Pick<FinalRating, 'year' | 'finalOn'>, on: IsoDate): string | null {
  if (year > yearOf(on)) return `${year} 年度还没有到`;
  if (finalOn > on) return '结果确定日期不能晚于今天';
  return finalOn < `${year}-12-01` ? `${year} 年度考核在当年 12 月以后才有结果，请核对结果确定日期` : null;
}

const followers = ({ catalogue }: DeskRoom): ProcessContract[] => Object.values(catalogue).filter(({ followsRatings }) => followsRatings);

/** The person's open case of each process that follows ratings, the latest begun, under its lock. */
async function openCases(tx: Tx, room: DeskRoom, personId: string): Promise<Map<string, CaseState>> {
  const process = { in: followers(room).map(({ name }) => name) };
  const rows = await tx.case.findMany({
    where: { personId, process, status: { not: 'ended' } },
    orderBy: [{ startedAt: 'asc' }, { run: 'asc' }],
    select: { id: true },
  });
  const states = new Map<string, CaseState>();
  for (const { id } of rows) {
    const state = await lockCase(tx, id);
    if (state && state.status !== 'ended') states.set(state.process, state);
  }
  return states;
}

async function follow(
  tx: Tx,
  room: DeskRoom,
  contract: ProcessContract,
  state: CaseState | null,
  news: Omit<RatingNews, 'open'>,
  { personId, factId, ...by }: Omit<By, 'requestKey'> & { personId: string; factId: string },
): Promise<{ caseId: string; how: 'started' | 'told' } | null> {
  // one that is being withdrawn hears nothing any more
  if (state?.status === 'withdrawing') return null;
  const open = state && { input: state.input, events: (await readHeld(tx, state.id)).events, inEffect: state.effectiveAt !== null };
  const then = contract.followsRatings!({ ...news, open });
  if (!then) return null;
  if ('start' in then) {
    const cause = { caseId: null, key: `rating/${factId}/${contract.name}` };
    const started = await startCausedFor(tx, contract, { personId, cause, at: by.at });
    return isRefusal(started) ? null : { caseId: started.caseId, how: 'started' };
  }
  return (await declareByRule(tx, room, state!, { event: then.tell, told: then.told, ...by })) ? { caseId: state!.id, how: 'told' } : null;
}
