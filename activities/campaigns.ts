import { AT_ONCE, EMPLOYED, enrolEmployed } from '../libs/campaigns/open-people.ts';
import { computeFor, conversionOf } from '../libs/campaigns/compute.ts';
import { beginStories, computeListed, noticeList, passNotice, releaseHeld } from '../libs/campaigns/move-on.ts';
import type { Tx } from '../libs/db.ts';
import { APPLICANTS, enrolApplicants } from '../libs/recruitment/enrol.ts';
import { listForNotice } from '../libs/desk/notice.ts';
import { contractOf, type DeskRoom } from '../libs/desk/room.ts';
import type { CaseState } from '../libs/desk/state.ts';
import { changeOnce } from '../libs/desk/steps.ts';
import { paidFrom, type PayLine } from '../libs/domain/conversion.ts';
import { addDays } from '../libs/domain/dates.ts';
import { listedOf } from '../libs/domain/campaign-words.ts';
import { isRefusal } from '../libs/domain/refusal.ts';
import { addFact, type NewFact } from '../libs/people/facts.ts';
import type { WorldDoors, WorldResult, WorldStep } from '../workflows/core/activities.ts';
import { factOn, record } from './employment.ts';

type CampaignDoors = Pick<
  WorldDoors,
  'openPeople' | 'computeList' | 'beginStories' | 'listNotice' | 'passNotice' | 'releaseHeld' | 'computePerson' | 'convertPerson'
>;

/** Puts some people on a batch's list; whether there are more. */
type Enrol = (tx: Tx, room: DeskRoom, batch: CaseState, at: Date) => Promise<boolean>;

/** The rooms that find who belongs on a list, by the name that contracts call them by. */
const enrolling: Record<string, Enrol> = { [EMPLOYED]: enrolEmployed, [APPLICANTS]: enrolApplicants };

/** What of a pay is kept as a fact of the person. */
const payFact = (
  { postPay, gradePay, educationAllowance, certificateAllowance, performance, topUp, retained, total }: PayLine,
  ruleset: string,
) => ({
  postPay,
  gradePay,
  educationAllowance,
  certificateAllowance,
  performance,
  topUp,
  retained,
  total,
  ruleset,
});

/** 套转结果入档: post where it changed, grade and step, and pay, all from the first of the month after the signature. */
const convertPerson =
  (room: DeskRoom): CampaignDoors['convertPerson'] =>
  ({ personId, signedOn, at: iso, ...step }) => {
    const at = new Date(iso);
    return changeOnce<WorldResult>(room, { ...step, at }, async (tx, state) => {
      const conversion = await conversionOf(tx, state.id);
      if (!conversion) throw new Error(`No conversion of ${state.id}`);
      const on = paidFrom(signedOn);
      const { placement, profile, inputs, after, versions } = conversion;
      const employment = await factOn(tx, personId, 'employment', addDays(on, -1));
      const fact = { personId, fromOn: on, ground: `case:${state.id}` };
      const changes: Parameters<typeof record>[1] = [];
      if (employment && (employment.value.post !== placement.post || employment.value.postTitle !== inputs.postTitle)) {
        const value = { ...employment.value, post: placement.post, postTitle: inputs.postTitle };
        const moved: NewFact<'employment'> = { ...fact, kind: 'employment', unitCode: employment.unitCode, value };
        changes.push({ kind: 'employment', made: await addFact(tx, moved, at) });
      }
      const grade: NewFact<'post-grade-step'> = {
        ...fact,
        kind: 'post-grade-step',
        value: { post: placement.post, globalStep: placement.globalStep, profile },
      };
      const pay: NewFact<'pay'> = { ...fact, kind: 'pay', value: payFact(after, JSON.stringify(versions)) };
      changes.push({ kind: 'post-grade-step', made: await addFact(tx, grade, at) }, { kind: 'pay', made: await addFact(tx, pay, at) });
      const undo = await record({ tx, state, personId, at, verb: 'conversion.apply' }, changes);
      return { result: { done: true }, undo, takesEffect: true };
    });
  };

/** Work on many, none of it twice whenever it is asked again; remembered once a part is done, so that a story told again does not look anew. */
export async function inParts(
  room: DeskRoom,
  { caseId, key, at: iso }: WorldStep,
  work: (at: Date) => Promise<boolean>,
): Promise<WorldResult> {
  const at = new Date(iso);
  const known = await room.db.stepResult.findUnique({ where: { caseId_key: { caseId, key } } });
  if (known && !known.undone) return known.result as WorldResult;
  const state = await room.db.case.findUnique({ where: { id: caseId }, select: { status: true } });
  if (state?.status !== 'running') return { notRunning: true };
  const more = await work(at);
  return changeOnce<WorldResult>(room, { caseId, key, at }, async () => ({ result: { done: true, more }, undo: null }));
}

/** What a batch does with its people, and what a conversion changes. */
export const campaignActivities = (room: DeskRoom) => {
  return {
    openPeople: ({ caseId, key, at: iso }) => {
      const at = new Date(iso);
      return changeOnce<WorldResult>(room, { caseId, key, at }, async (tx, batch) => {
        const { belongs } = listedOf(contractOf(room, contractOf(room, batch.process).people!));
        const enrol = enrolling[belongs];
        if (!enrol) throw new Error(`No room finds who belongs to ${batch.process}: ${belongs}`);
        return { result: { done: true, more: await enrol(tx, room, batch, at) }, undo: null };
      });
    },
    computeList: (step) => inParts(room, step, (at) => computeListed(room, step.caseId, at, AT_ONCE)),
    beginStories: ({ who, kind, ...step }) =>
      inParts(room, step, (at) => beginStories(room.db, step.caseId, { who, kind: kind ?? null }, at, AT_ONCE)),
    listNotice: ({ caseId, key, at: iso }) => {
      const at = new Date(iso);
      return changeOnce<WorldResult>(room, { caseId, key, at }, async (tx) => {
        const { stage, rows } = await noticeList(room, tx, caseId);
        const listed = rows.length > 0 ? await listForNotice(tx, { caseId, stage, rows, at }) : { listed: 0 };
        if (isRefusal(listed)) throw new Error(`The list of the notice of ${caseId}: ${listed.refused}`);
        return { result: { done: true, people: listed.listed }, undo: null };
      });
    },
    passNotice: ({ objected, held, ...step }) =>
      inParts(room, step, (at) => passNotice(room, step.caseId, { objected, held }, at, AT_ONCE)),
    releaseHeld: (step) => inParts(room, step, (at) => releaseHeld(room, step.caseId, at, AT_ONCE)),

    computePerson: ({ at: iso, ...step }) => {
      const at = new Date(iso);
      return changeOnce<WorldResult>(room, { ...step, at }, async (tx) => {
        await computeFor(tx, room, [step.caseId], at);
        return { result: { done: true }, undo: null };
      });
    },

    convertPerson: convertPerson(room),
  } satisfies CampaignDoors;
};
