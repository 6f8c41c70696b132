import { AT_ONCE } from '../libs/campaigns/open-people.ts';
import { endFound } from '../libs/campaigns/move-on.ts';
import type { Tx } from '../libs/db.ts';
import type { DeskRoom } from '../libs/desk/room.ts';
import type { CaseState } from '../libs/desk/state.ts';
import { changeOnce } from '../libs/desk/steps.ts';
import { dateOf, lastDayOfTerm } from '../libs/domain/dates.ts';
import { announcement } from '../libs/domain/recruitment/announcement.ts';
import { gapOf } from '../libs/domain/recruitment/gap.ts';
import { recruitmentRules } from '../libs/domain/recruitment/rules.ts';
import type { OutReason } from '../libs/domain/recruitment/standing.ts';
import { append } from '../libs/ledger/append.ts';
import { addFact, type NewFact } from '../libs/people/facts.ts';
import { addSealedPerson } from '../libs/people/people.ts';
import { staffingOn } from '../libs/people/staffing.ts';
import { writeMoved } from '../libs/recruitment/applicants.ts';
import { announce, cancelBatch, openBatch } from '../libs/recruitment/batch.ts';
import { openExam, rankAll, rankExam } from '../libs/recruitment/examine.ts';
import { afterRecheck, closeList, fillPlaces, giveChoices, putOut } from '../libs/recruitment/fill.ts';
import type { WorldDoors, WorldResult } from '../workflows/core/activities.ts';
import { inParts } from './campaigns.ts';
import { record } from './employment.ts';

interface Step {
  tx: Tx;
  state: CaseState;
  cases: readonly string[];
  at: Date;
}

const note = ({ tx, state, at }: Step, verb: string, detail: object, accepted = true): Promise<unknown> =>
  append(tx, { chain: `case:${state.id}`, verb, accepted, at, actor: null, caseId: state.id, detail });

/** The room of the batch is opened, and what the county lacks is put on record for whoever approves the quota. */
async function open(step: Step): Promise<void> {
  const { tx, state, at } = step;
  const rules = recruitmentRules.parse(state.pinned.recruitment);
  await openBatch(tx, state, rules);
  const county = (await staffingOn(tx, dateOf(at))).counties.find(({ code }) => code === state.unitCode);
  const [open] = await tx.$queryRaw<[{ places: number }]>`
    SELECT coalesce(sum(coalesce(p.places, p.planned)), 0)::int - (SELECT count(*)::int FROM application a JOIN recruitment_batch h ON h.batch_id = a.batch_id
      JOIN "case" o ON o.id = h.batch_id WHERE h.county_code = ${state.unitCode} AND o.status = 'running' AND a.standing = 'hired') AS places
    FROM recruitment_post p JOIN recruitment_batch b ON b.batch_id = p.batch_id JOIN "case" c ON c.id = b.batch_id
    WHERE b.county_code = ${state.unitCode} AND b.posted_at IS NOT NULL AND c.status = 'running' AND b.batch_id <> ${state.id}::uuid`;
  const staffed = { residents: county?.residents ?? 0, active: county?.headcount ?? 0, approvedOpen: Math.max(0, open.places) };
  await note(step, 'recruitment.gap', {
    ...staffed,
    asked: Number(state.input.asked),
    ...gapOf(staffed, Number(state.input.asked), rules),
  });
}

/** The announcement as it was answered is made; 0 when it cannot be: no post table, or more places than were approved. */
async function publish(step: Step): Promise<number> {
  const { tx, state, at } = step;
  const answerOf = (stage: string) =>
    tx.task.findFirst({
      where: { caseId: state.id, stage, status: 'done', part: { not: 'advice' } },
      orderBy: { closedAt: 'desc' },
      select: { answer: true },
    });
  const quota = (await answerOf('quota'))?.answer as { places?: number } | null;
  const approved = quota?.places ?? Number(state.input.asked);
  const { _sum } = await tx.recruitmentPost.aggregate({ where: { batchId: state.id }, _sum: { planned: true } });
  const planned = _sum.planned ?? 0;
  if (planned > approved) {
    await note(step, 'recruitment.announce', { planned, approved, why: '岗位表计划数超过批复数' }, false);
    return 0;
  }
  const made = await announce(tx, state.id, announcement.parse((await answerOf('announcement'))?.answer), at);
  await note(step, 'recruitment.announce', { planned, approved, ...(made && { why: made.refused }) }, made === null);
  return made === null ? 1 : 0;
}

async function cancel({ tx, state, at }: Step): Promise<void> {
  const event = await tx.caseEvent.findFirst({ where: { caseId: state.id, event: 'cancelPlan' } });
  const said = event?.answer as { reason?: string } | undefined;
  await cancelBatch(tx, state.id, said?.reason ?? '招聘计划未获批复，或未达到开考比例。', at);
  await closeList(tx, state.id, at, true);
}

/** The steps of a batch, by the name that its story calls them by. */
const steps: Record<string, (step: Step) => Promise<number | void>> = {
  open,
  announce: publish,
  cancel,
  opening: ({ tx, state, at }) => openExam(tx, state.id, at),
  written: ({ tx, state, at }) => rankExam(tx, state.id, at),
  recheck: ({ tx, state, at }) => afterRecheck(tx, state.id, at),
  totals: ({ tx, state, at }) => rankAll(tx, state.id, at),
  choose: ({ tx, state, at }) => giveChoices(tx, state.id, at),
  upheld: ({ tx, cases, at }) => putOut(tx, cases, at),
  fill: ({ tx, state, at }) => fillPlaces(tx, state.id, at),
  close: ({ tx, state, at }) => closeList(tx, state.id, at, false),
};

/** Longest probation of a contract of so many years (Labour Contract Law art. 19). */
const probationMonths = (years: number): number => (years >= 3 ? 6 : 2);

/** Person, employment on probation and contract, from the day of the signature; the application is linked with them. */
async function hireNow(
  tx: Tx,
  state: CaseState,
  { signedOn, community, at }: { signedOn: string; community: string | null; at: Date },
): Promise<{ personId: string; undo: object }> {
  const application = await tx.application.findUniqueOrThrow({ where: { caseId: state.id } });
  const { rules } = await tx.recruitmentBatch.findUniqueOrThrow({ where: { batchId: application.batchId }, select: { rules: true } });
  const { contractYears } = recruitmentRules.parse(rules);
  const { name, sex, ethnicity, bornOn, idNoCipher, idNoIndex, idNoMasked, politicalStatus, education, certificate, phone, email } =
    await tx.candidate.findUniqueOrThrow({ where: { id: application.candidateId } });
  const sealed = { name, sex, ethnicity, bornOn, idNoCipher, idNoIndex, idNoMasked, politicalStatus, education, certificate, phone, email };
  const { id: personId } = await addSealedPerson(tx, sealed, at);
  const unitCode = application.chosenUnit ?? community ?? state.unitCode;
  const fact = { personId, fromOn: signedOn, ground: `case:${state.id}` };
  const employment: NewFact<'employment'> = {
    ...fact,
    kind: 'employment',
    unitCode,
    value: { status: 'probation', postTitle: '社区专职工作人员', post: 5, joinedOn: signedOn },
  };
  const months = probationMonths(contractYears);
  const contract: NewFact<'contract'> = {
    ...fact,
    kind: 'contract',
    value: {
      kind: 'LABOUR',
      startsOn: signedOn,
      endsOn: lastDayOfTerm(signedOn, contractYears * 12),
      probationMonths: months,
      probationEndsOn: lastDayOfTerm(signedOn, months),
    },
  };
  const undo = await record({ tx, state, personId, at, verb: 'recruitment.hire' }, [
    { kind: 'employment', made: await addFact(tx, employment, at) },
    { kind: 'contract', made: await addFact(tx, contract, at) },
  ]);
  await tx.application.update({ where: { caseId: state.id }, data: { standing: 'hired', hiredPersonId: personId, chosenUnit: unitCode } });
  await tx.batchItem.update({ where: { caseId: state.id }, data: { personId } });
  return { personId, undo };
}

/** What a batch of recruitment does with its applications, and what hiring changes. */
export const recruitmentActivities = (room: DeskRoom) =>
  ({
    moveRecruitment: ({ step, cases, caseId, key, at: iso }) => {
      const at = new Date(iso);
      return changeOnce<WorldResult>(room, { caseId, key, at }, async (tx, state) => {
        const work = steps[step];
        if (!work) throw new Error(`A batch of recruitment knows no step ${step}`);
        const people = await work({ tx, state, cases, at });
        return { result: { done: true, ...(typeof people === 'number' && { people }) }, undo: null };
      });
    },

    endApplications: (step) =>
      inParts(room, step, (at) => {
        const find = (tx: Tx, limit: number) => tx.$queryRaw<{ id: string; outcome: string; reason: string }[]>`
          SELECT a.case_id AS id, a.out_reason AS reason, CASE WHEN a.out_reason IN ('waived', 'absent') THEN 'waived' WHEN a.out_reason = 'batchCancelled' THEN 'cancelled' ELSE 'out' END AS outcome
          FROM application a JOIN "case" c ON c.id = a.case_id WHERE a.batch_id = ${step.caseId}::uuid AND a.standing = 'out' AND c.status = 'running' ORDER BY a.case_id LIMIT ${limit}`;
        return endFound(room.db, step.caseId, find, at, AT_ONCE);
      }),

    leaveRecruitment: ({ reason, stage, at: iso, ...step }) => {
      const at = new Date(iso);
      return changeOnce<WorldResult>(room, { ...step, at }, async (tx, state) => {
        await writeMoved(tx, [{ id: state.id, out: { reason: reason as OutReason, stage } }], at);
        return { result: { done: true }, undo: null };
      });
    },

    hire: ({ signedOn, community, at: iso, ...step }) => {
      const at = new Date(iso);
      return changeOnce<WorldResult>(room, { ...step, at }, async (tx, state) => {
        const { personId, undo } = await hireNow(tx, state, { signedOn, community, at });
        return { result: { done: true, personId }, undo };
      });
    },
  }) satisfies Pick<WorldDoors, 'moveRecruitment' | 'endApplications' | 'leaveRecruitment' | 'hire'>;
