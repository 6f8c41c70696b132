import type { Db, Tx } from '../db.ts';
import type { Actor } from '../domain/roles.ts';

const overseers = ['CITY_ORG', 'COUNTY_ORG', 'COUNTY_HR', 'STREET_HR'] as const;

/** Paths of the units whose cases the actor oversees: the organisation departments, human resources and the street's own. */
export const overseenPaths = (actor: Actor): string[] =>
  actor.posts.filter(({ role }) => (overseers as readonly string[]).includes(role)).map(({ unitPath }) => unitPath);

const postNames = (posts: Actor['posts']): string[] => posts.map(({ role, unitCode }) => `${role}@${unitCode}`);

/**
 * Whether the actor has a part in the case: started it, is concerned by it, is or was asked, was given it to read, or oversees its unit; for the period
 * also where somebody is or was asked for whom they stand in, except in a case about that person.
 */
export async function hasPart(tx: Db | Tx, caseId: string, actor: Actor): Promise<boolean> {
  const posts = postNames(actor.posts);
  const inStead = actor.standsInFor.map(({ accountId, processes, ...principal }) => ({
    who: accountId,
    processes,
    posts: postNames(principal.posts),
  }));
  const [row] = await tx.$queryRaw<{ part: boolean }[]>`
    SELECT ${actor.accountId}::uuid IN (c.starter_id, c.subject_id)
      OR EXISTS (SELECT 1 FROM task t WHERE t.case_id = c.id AND (${actor.accountId}::uuid IN (t.assignee_id, t.answered_by_id, t.answered_for_id) OR t.audience_role || '@' || t.audience_unit = ANY(${posts}::text[])))
      OR EXISTS (SELECT 1 FROM task t JOIN task_escalation e ON e.task_id = t.id WHERE t.case_id = c.id AND e.role || '@' || e.unit_code = ANY(${posts}::text[]))
      OR EXISTS (SELECT 1 FROM copy k WHERE k.case_id = c.id AND k.account_id = ${actor.accountId}::uuid)
      OR EXISTS (SELECT 1 FROM unit u, unnest(${overseenPaths(actor)}::text[]) AS reach WHERE u.code = c.unit_code AND starts_with(u.path, reach))
      OR EXISTS (SELECT 1 FROM jsonb_to_recordset(${JSON.stringify(inStead)}::jsonb) AS s (who uuid, processes text[], posts text[]) JOIN task t ON t.case_id = c.id
        WHERE (cardinality(s.processes) = 0 OR c.process = ANY(s.processes)) AND c.subject_id IS DISTINCT FROM s.who
          AND (s.who IN (t.assignee_id, t.answered_by_id, t.answered_for_id) OR t.audience_role || '@' || t.audience_unit = ANY(s.posts)
            OR EXISTS (SELECT 1 FROM task_escalation e WHERE e.task_id = t.id AND e.role || '@' || e.unit_code = ANY(s.posts)))) AS part
    FROM "case" c WHERE c.id = ${caseId}::uuid`;
  return row?.part ?? false;
}
