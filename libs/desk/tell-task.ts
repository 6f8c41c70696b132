import { Prisma } from '../../prisma/generated/client.ts';
import { standsInOn } from '../access/actor.ts';
import type { Tx } from '../db.ts';
import { dateOf } from '../domain/dates.ts';
import { postMail, type Post } from '../mail/post.ts';
import { notBarred, type AboutStage } from './audience.ts';
import { isInPerson } from './seat.ts';
import type { CaseState } from './state.ts';

type TaskMail = Post<'task-opened' | 'task-reminder' | 'task-urged' | 'task-escalated' | 'task-returned'>;

/**
 * A mail about a task of the stage: to those whom it is asked of and, saying in whose stead, to whoever stands in for one of them on the day and is
 * not barred. `role` is the post's by which it is asked, null by name. One mail an event and person: who is asked anyway gets it in their own name.
 */
export async function tellOfTask(tx: Tx, about: AboutStage, role: string | null, mail: TaskMail): Promise<void> {
  await postMail(tx, mail);
  if (mail.to.length === 0 || isInPerson(about.stage, { audienceRole: role })) return;
  for (const { who, names } of await substitutesOf(tx, about, mail.to, mail.at))
    await postMail(tx, { ...mail, to: [who], params: { ...mail.params, inStead: names } } as TaskMail);
}

/**
 * Tells people about a case, and whoever stands in for one of them on the day too, in whose stead being said in a paragraph of its own; never the person
 * concerned, a relative or one who stepped aside in another's stead. Who is told anyway gets it in their own name.
 */
export async function tellOfCase(tx: Tx, state: CaseState, mail: Post<'worker-notice'>): Promise<void> {
  await postMail(tx, mail);
  const rows = await tx.$queryRaw<{ who: string; names: string }[]>`
    SELECT a.id AS who, string_agg(DISTINCT principal.display_name, '、') AS names
    FROM substitution s JOIN account principal ON principal.id = s.principal_id JOIN account a ON a.id = s.substitute_id
    WHERE ${standsInFor(state, mail.to, mail.at)} AND a.status <> 'disabled' AND a.id IS DISTINCT FROM ${state.subjectId}::uuid
      AND NOT EXISTS (SELECT FROM relative r WHERE r.account_id = a.id AND r.other_id = ${state.subjectId}::uuid)
      AND NOT EXISTS (SELECT FROM recusal x WHERE x.case_id = ${state.id}::uuid AND x.account_id = a.id)
    GROUP BY a.id`;
  for (const { who, names } of rows)
    await postMail(tx, {
      ...mail,
      to: [who],
      params: { ...mail.params, paragraphs: [...mail.params.paragraphs, `您在代理期内，代${names}办理。`] },
    });
}

/** SQL: the substitution `s` counts on the day for one of the people told in a case, and its substitute is none of them. */
const standsInFor = ({ process }: Pick<CaseState, 'process'>, told: readonly string[], at: Date): Prisma.Sql =>
  Prisma.sql`s.principal_id = ANY(${[...told]}::uuid[]) AND a.id <> ALL(${[...told]}::uuid[]) AND ${standsInOn(dateOf(at))}
      AND (cardinality(s.processes) = 0 OR ${process} = ANY(s.processes))`;

/** What every mail about a task of a stage says of it. */
export const taskWords = (
  { state, stage }: Pick<AboutStage, 'state' | 'stage'>,
  taskId: string,
  { dueAt, tentative }: { dueAt: Date | null; tentative: boolean },
) => ({
  caseId: state.id,
  caseNo: state.caseNo,
  caseTitle: state.title,
  taskId,
  stageTitle: stage.title,
  dueAt: dueAt?.toISOString() ?? null,
  dueTentative: tentative,
});

/** Who else may act at the stage on the day, in whose stead; nobody of `principals` themself. */
function substitutesOf(tx: Tx, about: AboutStage, principals: readonly string[], at: Date): Promise<{ who: string; names: string }[]> {
  return tx.$queryRaw<{ who: string; names: string }[]>`
    SELECT a.id AS who, string_agg(DISTINCT principal.display_name, '、') AS names
    FROM substitution s JOIN account principal ON principal.id = s.principal_id JOIN account a ON a.id = s.substitute_id
    WHERE ${standsInFor(about.state, principals, at)} AND ${notBarred(about)}
    GROUP BY a.id`;
}
