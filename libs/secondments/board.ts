import type { Db } from '../db.ts';
import { answer } from '../desk/answer.ts';
import type { By, DeskRoom } from '../desk/room.ts';
import type { IsoDate } from '../domain/dates.ts';
import { isRefusal, refuse, refusalText, type Refusal } from '../domain/refusal.ts';
import { pairFaults, plannedEnd, quotasOf, readQuotas, type Match, type Secondee, type Span } from '../domain/secondment.ts';
import { secondmentRules } from '../domain/secondment-rules.ts';
import { policiesOn } from '../policies/policies.ts';
import { assign } from './assign.ts';
import { placesOn } from './hosts.ts';

/** Somebody approved whose `match` is asked of the city. */
interface Waiting extends Secondee {
  taskId: string;
  name: string;
  communityName: string;
  countyName: string;
}

export interface CountyLine {
  code: string;
  name: string;
  communities: number;
  quota: number;
  nominated: number;
  approved: number;
}

/** 看板: what the page counts, of a year and of all years: secretaries sent, communities that received, towns and streets in which they lie. */
export async function countersOf(db: Db, year: number | null): Promise<{ people: number; communities: number; towns: number }> {
  const [row] = await db.$queryRaw<[{ people: number; communities: number; towns: number }]>`
    SELECT count(DISTINCT f.person_id)::int AS people, count(DISTINCT u.code)::int AS communities, count(DISTINCT u.parent_code)::int AS towns
    FROM person_fact f LEFT JOIN unit u ON u.code = f.value ->> 'hostUnit'
    WHERE f.kind = 'secondment' AND f.ended_at IS NULL AND (${year}::int IS NULL OR (f.value ->> 'year')::int = ${year}::int)`;
  return row;
}

/** A year's places by county, as the plan wrote them or by largest remainder over urban communities, beside who was nominated and approved. */
export async function planOf(db: Db, year: number) {
  const [draft] = await db.$queryRaw<{ answer: { places: number; communities: number; quotas?: string } }[]>`
    SELECT t.answer FROM task t JOIN "case" c ON c.id = t.case_id WHERE c.process = 'secondmentPlan' AND (c.input ->> 'year')::int = ${year}::int AND t.stage = 'draft' AND t.answer IS NOT NULL
      AND coalesce(c.outcome, '') NOT IN ('withdrawn', 'cancelled', 'rejected') ORDER BY t.closed_at DESC LIMIT 1`;
  const plan = draft?.answer ?? null;
  const counties = await db.$queryRaw<Omit<CountyLine, 'quota'>[]>`
    SELECT k.code, k.name, (SELECT count(*)::int FROM unit u WHERE u.level = 'community' AND starts_with(u.path, k.path) AND u.name LIKE '%社区%') AS communities,
      count(c.id)::int AS nominated,
      count(c.id) FILTER (WHERE EXISTS (SELECT FROM stage_run r WHERE r.case_id = c.id AND r.stage = 'approval' AND r.result ->> 'result' = 'approved'))::int AS approved
    FROM unit k LEFT JOIN "case" c ON c.process = 'secondment' AND (c.input ->> 'year')::int = ${year}::int AND coalesce(c.outcome, '') NOT IN ('withdrawn', 'cancelled')
      AND EXISTS (SELECT FROM unit u WHERE u.code = c.unit_code AND starts_with(u.path, k.path))
    WHERE k.level = 'county' AND k.path LIKE '5206/%' GROUP BY k.code, k.name, k.path ORDER BY k.code`;
  const written = plan?.quotas ? readQuotas(plan.quotas) : null;
  const shared = quotasOf(plan?.places ?? 0, counties);
  return {
    year,
    places: plan?.places ?? null,
    communities: plan?.communities ?? null,
    counters: await countersOf(db, year),
    all: await countersOf(db, null),
    counties: counties.map((county) => ({ ...county, quota: written ? (written[county.name] ?? 0) : shared[county.code]! })),
  };
}

/** Whose match the city is asked now, for a year. */
function waitingFor(db: Db, year: number): Promise<Waiting[]> {
  return db.$queryRaw<Waiting[]>`
    SELECT t.id AS "taskId", c.id AS "caseId", p.name, c.unit_code AS community, u.name AS "communityName", k.code AS county, k.name AS "countyName",
      coalesce((SELECT regexp_split_to_array(n.answer ->> 'wants', '[、，,；;[:space:]]+') FROM task n WHERE n.case_id = c.id AND n.stage = 'nomination' AND n.answer IS NOT NULL
        ORDER BY n.closed_at DESC LIMIT 1), '{}') AS wants
    FROM task t JOIN "case" c ON c.id = t.case_id JOIN person p ON p.id = c.person_id JOIN unit u ON u.code = c.unit_code JOIN unit k ON k.level = 'county' AND starts_with(u.path, k.path)
    WHERE c.process = 'secondment' AND c.status = 'running' AND (c.input ->> 'year')::int = ${year}::int AND t.stage = 'match' AND t.status = 'open' AND t.part = 'main' ORDER BY u.path, p.staff_no`;
}

async function scene(db: Db, year: number, startOn: IsoDate, on: IsoDate) {
  const key = 'secondment.rules';
  const rules = secondmentRules.parse((await policiesOn(db as never, [key], '', on))[key]!.value);
  const span: Span = { fromOn: startOn, toOn: plannedEnd(startOn, rules.months) };
  const places = (await placesOn(db, startOn)).map((place) => ({ ...place, offers: rules.offers[place.unitCode] ?? [] }));
  return { span, places, waiting: await waitingFor(db, year), pairings: rules.pairings };
}

/** Who waits to be matched from a day on, each with the host suggested for them; null where no place is left. */
export async function suggestPairs(db: Db, { year, startOn, on }: { year: number; startOn: IsoDate; on: IsoDate }) {
  const { span, places, waiting, pairings } = await scene(db, year, startOn, on);
  const suggested = new Map(assign(waiting, places, { span, pairings }).map((pair) => [pair.caseId, pair]));
  const free = places.filter(({ taken }) => !taken.some((other) => other.fromOn <= span.toOn && span.fromOn <= other.toOn));
  return {
    startOn,
    endsOn: span.toOn,
    hosts: free.map(({ accountId, unitCode, town, name }) => ({ accountId, unitCode, town, name })),
    waiting: waiting.map(({ caseId, name, communityName, countyName, wants }) => ({
      caseId,
      name,
      community: communityName,
      county: countyName,
      wants: [...wants],
      hostId: suggested.get(caseId)?.accountId ?? null,
      cost: suggested.get(caseId)?.cost ?? null,
    })),
  };
}

/**
 * Matches many at once: the whole list is checked, then each answers its own case's `match` by the desk, under its own lock; what is refused there does not
 * hold up the rest. Refuses `PairsDoNotStand`.
 */
export async function pairMany(
  room: DeskRoom,
  { year, startOn, pairs, on, requestKey, ...by }: By & { year: number; startOn: IsoDate; pairs: readonly Match[]; on: IsoDate },
): Promise<Refusal | { matched: string[]; refused: { caseId: string; why: string }[] }> {
  const { span, places, waiting } = await scene(room.db, year, startOn, on);
  const faults = pairFaults(pairs, waiting, places, span);
  if (faults.length > 0) return refuse('PairsDoNotStand', { detail: faults.join('；') });
  const matched: string[] = [];
  const refused: { caseId: string; why: string }[] = [];
  for (const { caseId, accountId } of pairs) {
    const { taskId } = waiting.find((each) => each.caseId === caseId)!;
    const key = requestKey && { requestKey: `${requestKey}/${taskId}` };
    const verdict = await answer(room, { ...by, ...key, taskId, answer: { hostId: accountId, startOn } });
    if (isRefusal(verdict)) refused.push({ caseId, why: refusalText(verdict) });
    else matched.push(caseId);
  }
  return { matched, refused };
}
