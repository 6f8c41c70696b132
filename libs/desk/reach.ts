import type { Db, Tx } from '../db.ts';
import type { Actor } from '../domain/roles.ts';
import { isOutside } from './outside.ts';

const overseers = ['CITY_ORG', 'COUNTY_ORG', 'COUNTY_HR', 'STREET_HR'] as const;

/** Paths of the units whose cases the actor oversees: the organisation departments, human resources and the street's own. */
export const overseenPaths = (actor: Actor): string[] =>
  actor.posts.filter(({ role }) => (overseers as readonly string[]).includes(role)).map(({ unitPath }) => unitPath);

/** A case and everybody who has a part in it, by account or by post (`role@unit`). */
export interface Parties {
  caseId: string;
  version: number;
  process: string;
  starterId: string | null;
  subjectId: string | null;
  unitPath: string;
  /** Whoever started it, in whose name or stead, is concerned by it, or was given it to read. */
  people: string[];
  /** Whoever is or was asked by name, or answered, or in whose stead somebody did. */
  asked: string[];
  /** The posts that are or were asked, the levels above among them. */
  posts: string[];
  /** In a case that another one caused: whoever is out of it. */
  barred: string[];
  /** 接收地: the contact of the receiving place who was asked last; only they and nobody of an earlier place has a part from outside. */
  host: string | null;
}

/** The parties of cases, in one round trip; cases that do not exist are left out. */
export function partiesOf(db: Db | Tx, caseIds: readonly string[]): Promise<Parties[]> {
  return db.$queryRaw<Parties[]>`
    SELECT c.id AS "caseId", c.version, c.process, c.starter_id AS "starterId", c.subject_id AS "subjectId", u.path AS "unitPath",
      array_remove(ARRAY[c.starter_id::text, c.started_by_id::text, c.subject_id::text], NULL) || ARRAY(SELECT k.account_id::text FROM copy k WHERE k.case_id = c.id) AS people,
      ARRAY(SELECT DISTINCT who::text FROM task t CROSS JOIN LATERAL (VALUES (t.assignee_id), (t.answered_by_id), (t.answered_for_id)) AS a (who) WHERE t.case_id = c.id AND who IS NOT NULL) AS asked,
      ARRAY(SELECT t.audience_role || '@' || t.audience_unit FROM task t WHERE t.case_id = c.id AND t.audience_role IS NOT NULL AND t.audience_unit IS NOT NULL
        UNION SELECT e.role || '@' || e.unit_code FROM task t JOIN task_escalation e ON e.task_id = t.id WHERE t.case_id = c.id) AS posts,
      ARRAY(SELECT x.account_id::text FROM recusal x WHERE x.case_id = c.id AND c.cause_case_id IS NOT NULL) AS barred,
      (SELECT t.assignee_id FROM task t WHERE t.case_id = c.id AND EXISTS (SELECT FROM post_held p WHERE p.account_id = t.assignee_id AND p.role = 'HOST_CONTACT')
        ORDER BY t.opened_at DESC, t.id LIMIT 1) AS host
    FROM "case" c JOIN unit u ON u.code = c.unit_code WHERE c.id = ANY(${[...caseIds]}::uuid[])`;
}

/**
 * Whether the actor has a part in the case: started it, is concerned by it, is or was asked, was given it to read, or oversees its unit; for the period
 * also where somebody started it, or is or was asked, for whom they stand in, except in a case about that person. A case that another one caused (an objection) has no part
 * for whoever is out of it. A contact of a receiving place (接收地) has one while they are the one in the case's line.
 */
export function isParty({ process, starterId, subjectId, unitPath, people, asked, posts, barred, host }: Parties, actor: Actor): boolean {
  if (barred.includes(actor.accountId)) return false;
  if (isOutside(actor)) return host !== null && [actor, ...actor.standsInFor].some(({ accountId }) => accountId === host);
  const askedBy = (held: Actor['posts']) => held.some(({ role, unitCode }) => posts.includes(`${role}@${unitCode}`));
  return (
    people.includes(actor.accountId) ||
    asked.includes(actor.accountId) ||
    askedBy(actor.posts) ||
    overseenPaths(actor).some((reach) => unitPath.startsWith(reach)) ||
    actor.standsInFor.some(
      (principal) =>
        (principal.processes.length === 0 || principal.processes.includes(process)) &&
        subjectId !== principal.accountId &&
        !barred.includes(principal.accountId) &&
        (starterId === principal.accountId || asked.includes(principal.accountId) || askedBy(principal.posts)),
    )
  );
}

/** Whether the actor has a part in the case; nobody has one in a case that does not exist. */
export async function hasPart(tx: Db | Tx, caseId: string, actor: Actor): Promise<boolean> {
  const [parties] = await partiesOf(tx, [caseId]);
  return parties !== undefined && isParty(parties, actor);
}
