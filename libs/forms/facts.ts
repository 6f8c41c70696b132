import type { Tx } from '../db.ts';
import type { CaseState } from '../desk/state.ts';
import { unitsAbove } from '../desk/when.ts';
import { postWords, unitNames, valueTitle, verdictTitle, type RecordedPost } from '../desk/words.ts';
import type { ProcessContract } from '../domain/contract.ts';
import { dateOf } from '../domain/dates.ts';
import type { FormAnswer, FormFacts, FormListing } from '../domain/official-form.ts';
import { factTitle } from '../domain/person.ts';
import type { Level } from '../domain/roles.ts';
import { asFact } from '../people/facts.ts';
import { personAsOf } from '../people/people.ts';

interface AnswerRow {
  stage: string;
  round: number;
  answer: Record<string, unknown>;
  who: string;
  posts: RecordedPost[] | null;
  actingFor: string | null;
  at: Date;
  members: number | null;
}

/** What a case's official forms are filled from, as the desk and the person's record hold it now; null when nobody is concerned. */
export async function formFacts(tx: Tx, contract: ProcessContract, state: CaseState): Promise<FormFacts | null> {
  const { startedAt, endedAt } = await tx.case.findUniqueOrThrow({ where: { id: state.id }, select: { startedAt: true, endedAt: true } });
  const startedOn = dateOf(startedAt);
  const personId = state.input.personId as string | undefined;
  const person = personId ? await personAsOf(tx, personId, startedOn) : null;
  if (!person) return null;
  const rows = await answersOf(tx, state.id);
  const names = await namesIn(tx, rows);
  const answers: Record<string, FormAnswer[]> = {};
  for (const row of rows) (answers[row.stage] ??= []).push(asAnswer(contract, row, names));
  const events = await tx.caseEvent.findMany({ where: { caseId: state.id } });
  const caused = await tx.personFact.findMany({ where: { personId: person.id, ground: `case:${state.id}`, endedAt: null } });
  return {
    caseNo: state.caseNo,
    startedOn,
    endedOn: endedAt ? dateOf(endedAt) : null,
    outcome: state.outcome,
    units: await namesOfUnits(tx, state.unitCode),
    person: {
      staffNo: person.staffNo,
      name: person.name,
      sex: person.sex,
      bornOn: person.bornOn,
      idNoMasked: person.idNoMasked,
      politicalStatus: person.politicalStatus,
      education: person.education,
      facts: person.inForce as FormFacts['person']['facts'],
    },
    input: state.input,
    pinned: state.pinned,
    answers,
    members: Object.fromEntries(rows.flatMap(({ stage, members }) => (members === null ? [] : [[stage, members]]))),
    events: Object.fromEntries(
      events.map(({ event, answer, at }) => [event, { on: dateOf(at), values: answer as Record<string, unknown> }]),
    ),
    listed: await listedAs(tx, state.id),
    caused: Object.fromEntries(caused.map(asFact).map(({ kind, value, fromOn }) => [kind, { title: factTitle(kind, value), fromOn }])),
  };
}

/** The answers that stand: of each stage those of the last round that was closed, without what was asked beside it. */
function answersOf(tx: Tx, caseId: string): Promise<AnswerRow[]> {
  return tx.$queryRaw<AnswerRow[]>`
    WITH last AS (
      SELECT DISTINCT ON (stage) stage, round, jsonb_array_length(tally -> 'members') AS members FROM stage_run
      WHERE case_id = ${caseId}::uuid AND status = 'closed' ORDER BY stage, round DESC
    )
    SELECT t.stage, t.round, t.answer, a.display_name AS who, t.answered_as AS posts, f.display_name AS "actingFor", t.closed_at AS at, last.members
    FROM task t JOIN last USING (stage, round) JOIN account a ON a.id = t.answered_by_id LEFT JOIN account f ON f.id = t.answered_for_id
    WHERE t.case_id = ${caseId}::uuid AND t.part = 'main' AND t.answer IS NOT NULL ORDER BY t.stage, t.chair DESC, t.closed_at`;
}

function asAnswer(
  contract: ProcessContract,
  { stage, answer, who, posts, at, ...row }: AnswerRow,
  names: ReadonlyMap<string, string>,
): FormAnswer {
  const described = contract.stages[stage];
  return {
    who,
    posts: postWords(posts ?? [], new Map()),
    actingFor: row.actingFor,
    on: dateOf(at),
    round: row.round,
    verdict: verdictTitle(described, answer),
    words: Object.fromEntries(
      Object.entries(answer).flatMap(([field, value]) => {
        const words = names.get(String(value)) ?? (described && valueTitle(described.answer, field, value));
        return words ? [[field, words]] : [];
      }),
    ),
    values: answer,
  };
}

/** Whom answers name: accounts, by the ids that stand in them. */
async function namesIn(tx: Tx, rows: readonly AnswerRow[]): Promise<Map<string, string>> {
  const isId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
  const ids = rows.flatMap(({ answer }) =>
    Object.values(answer).filter((value): value is string => typeof value === 'string' && isId.test(value)),
  );
  const accounts = await tx.account.findMany({ where: { id: { in: ids } }, select: { id: true, displayName: true } });
  const places = await tx.$queryRaw<{ who: string; place: string }[]>`
    SELECT DISTINCT ON (p.account_id) p.account_id AS who, s.name || u.name AS place FROM post_held p JOIN unit u ON u.code = p.unit_code JOIN unit s ON s.code = u.parent_code
    WHERE p.role = 'HOST_CONTACT' AND p.account_id = ANY(${ids}::uuid[]) ORDER BY p.account_id, p.from_on DESC`;
  const placeOf = new Map(places.map(({ who, place }) => [who, place]));
  // a receiving place's contact stands for it
  return new Map(accounts.map(({ id, displayName }) => [id, placeOf.has(id) ? `${placeOf.get(id)}（${displayName}）` : displayName]));
}

async function namesOfUnits(tx: Tx, unitCode: string): Promise<FormFacts['units']> {
  const above = await unitsAbove(tx, unitCode);
  const names = await unitNames(tx, Object.values(above));
  return Object.fromEntries(Object.entries(above).map(([level, code]) => [level as Level, names.get(code)]));
}

async function listedAs(tx: Tx, caseId: string): Promise<FormListing | null> {
  const item = await tx.batchItem.findUnique({ where: { caseId }, select: { batchId: true, reason: true, roster: true, result: true } });
  if (!item) return null;
  const { batchId, ...rest } = item;
  const { caseNo: batchNo, input } = await tx.case.findUniqueOrThrow({ where: { id: batchId }, select: { caseNo: true, input: true } });
  const { cutOffOn, planNo } = input as { cutOffOn: string; planNo?: string };
  return { batchNo, cutOffOn, planNo: planNo ?? null, ...rest };
}
