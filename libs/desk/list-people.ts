import type { Tx } from '../db.ts';
import type { ProcessContract, StageContract } from '../domain/contract.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { administratorRoles, type Actor } from '../domain/roles.ts';
import type { Told } from '../domain/story.ts';
import { barredFrom } from './bars.ts';
import { endedHow, heldStill } from './may.ts';
import { isAnothers, ownSeat, seatsAsked, type Lying, type Seat } from './seat.ts';
import type { CaseState } from './state.ts';

/** Of a batch's list, one person's case as an act on many finds it, under its lock. */
export interface ListPerson extends Pick<
  CaseState,
  'status' | 'ending' | 'effectiveAt' | 'heldAt' | 'subjectId' | 'starterId' | 'input' | 'pinned'
> {
  id: string;
  personId: string | null;
  county: string;
  listUnit: string | null;
  apart: string | null;
  /** Whether anything was told to a story of theirs. */
  hasStory: boolean;
  /** The latest round of each stage. */
  runs: Record<string, { round: number; status: string; result: Told | null; onList: boolean; closedAt: string | null }>;
  accounts: Record<string, { answered: string[]; isRelative: boolean; isRecused: boolean }>;
}

/** The unit's part of an open list, as whoever would decide on it finds it. */
export interface PartTask extends Lying {
  id: string;
  listUnit: string;
}

/** Locks up to a hundred cases in the order of their ids, and reads all that decides what may be done with them. */
export async function lockPeople(tx: Tx, batchId: string, caseIds: readonly string[], actor: Actor): Promise<Map<string, ListPerson>> {
  const ids = [...caseIds].sort();
  await tx.$queryRaw`SELECT 1 FROM "case" WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  const accounts = [actor.accountId, ...actor.standsInFor.map(({ accountId }) => accountId)];
  const rows = await tx.$queryRaw<{ person: ListPerson }[]>`
    SELECT jsonb_build_object('id', c.id, 'personId', i.person_id, 'county', i.county, 'listUnit', i.list_unit, 'apart', i.apart, 'status', c.status, 'ending', c.ending,
      'effectiveAt', c.effective_at, 'heldAt', c.held_at, 'subjectId', c.subject_id, 'starterId', c.starter_id, 'input', c.input, 'pinned', c.pinned, 'hasStory', c.next_message_no > 1,
      'runs', coalesce((SELECT jsonb_object_agg(r.stage, jsonb_build_object('round', r.round, 'status', r.status, 'result', r.result, 'onList', r.ask -> 'list' IS NOT NULL, 'closedAt', r.closed_at))
        FROM (SELECT DISTINCT ON (stage) * FROM stage_run WHERE case_id = c.id ORDER BY stage, round DESC) r), '{}'),
      'accounts', (SELECT jsonb_object_agg(who, jsonb_build_object(
          'answered', (SELECT coalesce(jsonb_agg(DISTINCT t.stage), '[]') FROM task t WHERE t.case_id = c.id AND t.part <> 'advice' AND who IN (t.answered_by_id, t.answered_for_id)),
          'isRelative', EXISTS (SELECT FROM relative x WHERE x.account_id = who AND x.other_id = c.subject_id),
          'isRecused', EXISTS (SELECT FROM recusal x WHERE x.case_id = c.id AND x.account_id = who))) FROM unnest(${accounts}::uuid[]) AS who)) AS person
    FROM "case" c JOIN batch_item i ON i.case_id = c.id WHERE c.id = ANY(${ids}::uuid[]) AND i.batch_id = ${batchId}::uuid`;
  return new Map(
    rows.map(({ person }) => [
      person.id,
      {
        ...person,
        effectiveAt: person.effectiveAt && new Date(person.effectiveAt),
        heldAt: person.heldAt && new Date(person.heldAt),
      },
    ]),
  );
}

/** The open parts of a list stage. */
export function openParts(tx: Tx, batchId: string, stage: string): Promise<PartTask[]> {
  return tx.$queryRaw<PartTask[]>`
    SELECT t.id, t.list_unit AS "listUnit", t.assignee_id AS "assigneeId", t.audience_role AS "audienceRole", t.audience_unit AS "audienceUnit", NULL AS "panelPost",
      coalesce((SELECT jsonb_agg(jsonb_build_object('role', e.role, 'unitCode', e.unit_code)) FROM task_escalation e WHERE e.task_id = t.id), '[]') AS escalations
    FROM task t WHERE t.case_id = ${batchId}::uuid AND t.stage = ${stage} AND t.status = 'open' AND t.list_unit IS NOT NULL`;
}

/**
 * May this person decide on somebody at a list stage, and in whose name? As for a task of the person's own case: no administrator, among those asked for
 * the part, and no bar of duty.
 */
export function judgeOnList(
  about: { batch: ProcessContract; contract: ProcessContract; name: string; stage: StageContract },
  person: ListPerson,
  parts: readonly PartTask[],
  actor: Actor,
): { seat: Seat; refusal: Refusal | null } {
  const none = (refusal: Refusal) => ({ seat: ownSeat(actor), refusal });
  if (actor.posts.some(({ role }) => administratorRoles.includes(role))) return none(refuse('AdministratorDecidesNothing'));
  if (person.status !== 'running') return none(refuse('TaskNotOpen', { how: endedHow(person) }));
  if (person.apart !== null) return none(refuse('NotAtStage', { stage: about.stage.title }));
  const part = parts.find(({ listUnit }) => listUnit === person.listUnit);
  if (!part) return none(refuse('ListClosed', { stage: about.stage.title }));
  const seats = seatsAsked(part, about.batch.name, actor).filter((seat) => !isAnothers(part, seat));
  if (seats.length === 0) return none(refuse('NotOnYourList'));
  const held = heldStill(person);
  if (held) return none(held);
  const judged = seats.map((seat) => ({ seat, refusal: barred(about, person, actor, seat) }));
  return judged.find(({ refusal }) => refusal === null) ?? judged[0]!;
}

function barred(
  { contract, name, stage }: { contract: ProcessContract; name: string; stage: StageContract },
  person: ListPerson,
  actor: Actor,
  { principal }: Seat,
): Refusal | null {
  const of = (accountId: string, unitName: string, whose: string | null) => {
    const { answered, isRelative, isRecused } = person.accounts[accountId]!;
    const earlier = stage.fourEyes ? answered.filter((other) => other !== name && contract.stages[other]?.fourEyes === stage.fourEyes) : [];
    return barredFrom(stage, {
      isSubject: accountId === person.subjectId,
      isStarter: accountId === person.starterId,
      isRelative,
      isRecused,
      earlierOfGroup: earlier.map((other) => contract.stages[other]!.title),
      unitName,
      of: whose,
    });
  };
  return (
    of(actor.accountId, actor.posts[0]?.unitName ?? '本单位', null) ??
    (principal && of(principal.accountId, principal.posts[0]?.unitName ?? '本单位', principal.name))
  );
}
