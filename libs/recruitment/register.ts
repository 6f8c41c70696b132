import { recordedActor } from '../access/actor.ts';
import type { Db, Tx } from '../db.ts';
import { act } from '../desk/act.ts';
import { contractOf, type By, type DeskRoom } from '../desk/room.ts';
import { readCase } from '../desk/state.ts';
import { dateOf, formatMoment } from '../domain/dates.ts';
import { readIdNumber } from '../domain/id-number.ts';
import { eligibility, type Ineligible } from '../domain/recruitment/eligibility.ts';
import { registrationDraft, type Conditions, type Registration, type RegistrationDraft } from '../domain/recruitment/registration.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import { openAboutCandidate, sealAboutCandidate, type PersonKeys } from '../people/keys.ts';
import { phaseOf } from './announcements.ts';
import { postsOf, readRoom, type Batch } from './batch.ts';
import { candidateByIdNumber, saveCandidates } from './candidates.ts';
import { openApplications } from './open-applications.ts';
import { factsOf, type Applicant } from './read-applicants.ts';

/** The announcement that is registered for, with its post; refused where it is none, or the post is cancelled. */
async function wanted(tx: Db | Tx, batchId: string, postCode: string) {
  const batch = await readRoom(tx, batchId);
  if (!batch?.postedAt || !batch.cutOffOn) return refuse('NotFound', { what: '这份公告' });
  const post = (await postsOf(tx, batchId)).find(({ code, opening }) => code === postCode && opening !== 'cancelled');
  return post ? { batch: { ...batch, cutOffOn: batch.cutOffOn }, post } : refuse('NoSuchPost', { code: postCode });
}

/** Whether somebody meets the conditions of a post, answered at once and kept nowhere: the coded reasons, none where they do. */
export async function checkConditions(
  db: Db,
  batchId: string,
  { postCode, ...facts }: Conditions,
): Promise<{ reasons: Ineligible[] } | Refusal> {
  const found = await wanted(db, batchId, postCode);
  if (isRefusal(found)) return found;
  return { reasons: eligibility(found.post, facts, found.batch.rules, found.batch.cutOffOn) };
}

const outside = ({ registrationFrom, registrationTo }: Batch) =>
  refuse('RegistrationClosed', {
    period: `${formatMoment(registrationFrom!)}至${formatMoment(new Date(registrationTo!.getTime() - 60_000))}`,
  });

/**
 * 报名: a candidate hands their form in. One application of a person and batch; the account is theirs from then on. Refuses `RegistrationClosed`,
 * `IdNumberFaulty`, `NotEligible` with the reasons, `OtherCandidate`, `AppliedAlready`.
 */
export async function register(
  room: DeskRoom,
  keys: PersonKeys,
  { batchId, form, ...by }: By & { batchId: string; form: Registration; origin: string },
): Promise<Refusal | { caseId: string }> {
  return room.db.$transaction(async (tx) => {
    const { accountId } = by.actor;
    // of two at once from one account the second finds what the first has made
    await tx.$queryRaw`SELECT 1 FROM account WHERE id = ${accountId}::uuid FOR UPDATE`;
    const found = await wanted(tx, batchId, form.postCode);
    if (isRefusal(found)) return found;
    const { batch, post } = found;
    if (phaseOf(batch, by.at) !== 'open') return outside(batch);
    const account = await tx.account.findUniqueOrThrow({ where: { id: accountId }, select: { email: true, userName: true } });
    const applicant = applicantOf(form, account.email ?? account.userName);
    if (isRefusal(applicant)) return applicant;
    const reasons = eligibility(post, factsOf(applicant), batch.rules, batch.cutOffOn);
    if (reasons.length > 0) return refuse('NotEligible', { why: reasons.map(({ text }) => text).join('；') });
    const barred = await whoseIsIt(tx, keys, applicant, accountId);
    if (barred) return barred;
    const candidate = (await saveCandidates(tx, keys, [applicant], by.at, accountId)).get(applicant.idNo)!;
    const earlier = await tx.application.findUnique({ where: { batchId_candidateId: { batchId, candidateId: candidate.id } } });
    if (earlier) return refuse('AppliedAlready', { code: earlier.postCode });
    await tx.account.update({ where: { id: accountId }, data: { displayName: applicant.name } });
    const state = await readCase(tx, batchId);
    if (state?.status !== 'running') return refuse('CaseEnded', {});
    const opened = await openApplications(tx, room, state, [{ candidate, applicant, unitCode: post.unitCode, row: null }], {
      recordedBy: recordedActor(by.actor),
      at: by.at,
      origin: by.origin,
      uploadId: null,
    });
    await tx.applicationDraft.deleteMany({ where: { accountId, batchId } });
    return { caseId: opened.get(candidate.id)! };
  });
}

/** The form with what follows from the ID number. */
function applicantOf({ promised: _, idNo: typed, ...form }: Registration, email: string): Applicant | Refusal {
  const read = readIdNumber(typed);
  return 'fault' in read ? refuse('IdNumberFaulty') : { ...form, idNo: read.idNo, sex: read.sex, bornOn: read.bornOn, email };
}

/** Who has registered by this ID number or from this account as somebody else. */
async function whoseIsIt(tx: Tx, keys: PersonKeys, { idNo, email }: Applicant, accountId: string): Promise<Refusal | null> {
  const own = await tx.candidate.findUnique({ where: { accountId }, select: { id: true } });
  const known = await candidateByIdNumber(tx, keys, idNo);
  if (own && own.id !== known?.id) return refuse('OtherCandidate');
  if (known && known.accountId !== accountId && (known.accountId !== null || known.email !== email)) return refuse('OtherCandidate');
  return null;
}

/** Gives whoever signs in by the address of exactly one candidate that was uploaded what is theirs, their applications with it. */
export async function claimCandidate(db: Db, { accountId, mail }: { accountId: string; mail: string }): Promise<void> {
  await db.$transaction(async (tx) => {
    const own = await tx.candidate.findMany({ where: { email: mail }, select: { id: true, accountId: true, name: true }, take: 2 });
    const [only] = own;
    if (own.length !== 1 || !only || only.accountId !== null || (await tx.candidate.findUnique({ where: { accountId } }))) return;
    await tx.candidate.update({ where: { id: only.id }, data: { accountId } });
    await tx.account.update({ where: { id: accountId }, data: { displayName: only.name } });
    await tx.$executeRaw`
      UPDATE "case" SET subject_id = ${accountId}::uuid WHERE subject_id IS NULL AND id IN (SELECT case_id FROM application WHERE candidate_id = ${only.id}::uuid)`;
  });
}

const draftKey = (accountId: string, batchId: string) => `draft ${accountId} ${batchId}`;

/** Keeps a half-finished form, encrypted. */
export async function saveDraft(
  db: Db,
  keys: PersonKeys,
  { accountId, batchId, draft, at }: { accountId: string; batchId: string; draft: RegistrationDraft; at: Date },
): Promise<Refusal | { savedAt: string }> {
  const batch = await readRoom(db, batchId);
  if (!batch?.postedAt) return refuse('NotFound', { what: '这份公告' });
  if (phaseOf(batch, at) === 'closed' || phaseOf(batch, at) === 'cancelled') return outside(batch);
  const sealed = sealAboutCandidate(keys, draftKey(accountId, batchId), JSON.stringify(draft));
  const where = { accountId_batchId: { accountId, batchId } };
  await db.applicationDraft.upsert({ where, create: { accountId, batchId, sealed, savedAt: at }, update: { sealed, savedAt: at } });
  return { savedAt: at.toISOString() };
}

/** The half-finished form of an account; null where there is none. */
export async function readDraft(
  db: Db,
  keys: PersonKeys,
  { accountId, batchId }: { accountId: string; batchId: string },
): Promise<{ draft: RegistrationDraft; savedAt: string } | null> {
  const row = await db.applicationDraft.findUnique({ where: { accountId_batchId: { accountId, batchId } } });
  if (!row) return null;
  const draft = registrationDraft.parse(JSON.parse(openAboutCandidate(keys, draftKey(accountId, batchId), row.sealed)));
  return { draft, savedAt: row.savedAt.toISOString() };
}

/**
 * 放弃: the candidate withdraws, signed by their own sign-in. The application is out from then on, and its story is told where the process has the event
 * `waived`. Refuses `NotFound` for anybody else, `ApplicationOver`.
 */
export function waive(room: DeskRoom, { caseId, reason, ...by }: By & { caseId: string; reason: string }) {
  return act(room, by, 'application.waive', { caseId }, async (tx, state) => {
    const application = await tx.application.findUnique({ where: { caseId } });
    if (!application || state.subjectId !== by.actor.accountId) return refuse('NotFound', { what: '这份报名' });
    if (application.standing === 'out' || application.standing === 'hired' || state.status !== 'running') return refuse('ApplicationOver');
    await tx.application.update({
      where: { caseId },
      data: { standing: 'out', outReason: 'waived', outStage: application.standing, outAt: by.at },
    });
    const on = dateOf(by.at);
    const event = contractOf(room, state.process).events.waived;
    if (event)
      await tx.$executeRaw`
        INSERT INTO case_event (case_id, event, told, answer, by_id, at)
        VALUES (${caseId}::uuid, 'waived', '{}'::jsonb, ${JSON.stringify({ reason })}::jsonb, ${by.actor.accountId}::uuid, ${by.at}) ON CONFLICT DO NOTHING`;
    return { after: { standing: 'out', reason }, ...(event && { message: { kind: 'event' as const, event: 'waived', told: {}, on } }) };
  });
}
