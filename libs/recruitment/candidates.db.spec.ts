import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { applicantLines, applicantWorkbook, postLines, postWorkbook } from '../../prisma/seed/recruitment-batch.ts';
import { sendSignInCode, signInByCode } from '../access/sign-in-code.ts';
import type { Registration } from '../domain/recruitment/registration.ts';
import { isRefusal } from '../domain/refusal.ts';
import { seedReference } from '../../prisma/seed/reference.ts';
import { idNumber, keys } from '../people/people.fixture.ts';
import { publicAnnouncement, publicAnnouncements } from './announcements.ts';
import { ownApplications } from './own-applications.ts';
import { applicationPaper, batchPaper, ownTicket } from './papers.ts';
import { cancelBatch } from './batch.ts';
import { announced, AT, batchIn, COUNTY, officerOf, roomOf, sure, unitsOfCounty } from './recruitment.fixture.ts';
import { registerOf } from './registers.ts';
import { readWorkbook } from '../workbooks/read-workbook.ts';
import { checkConditions, claimCandidate, readDraft, register, saveDraft, waive } from './register.ts';
import { issueTickets } from './tickets.ts';
import { checkUpload, confirmUpload } from './uploads.ts';

let testing: TestDatabase;
let batchId: string;
const rules = { idleMinutes: 30, hours: 12 };
const officer = officerOf(COUNTY, `5206/${COUNTY}/`);
const later = (minutes: number) => new Date(AT.getTime() + minutes * 60_000);

beforeAll(async () => {
  testing = await freshDatabase();
  await seedReference(testing.db);
  batchId = await batchIn(testing.db);
  const by = { actor: officer, at: AT, origin: 'o' };
  const bytes = await postWorkbook(postLines(await unitsOfCounty(testing.db), 12));
  const { id } = sure(await checkUpload(roomOf(testing.db), keys, { ...by, batchId, kind: 'posts', bytes, fileName: '岗位表.xlsx' }));
  sure(await confirmUpload(roomOf(testing.db), keys, { ...by, id, goodRowsOnly: false }));
  expect(await publicAnnouncement(testing.db, batchId, AT)).toBeNull();
  await announced(testing.db, batchId);
});
afterAll(() => testing.close());

/** The code in the last mail to an address. */
async function mailed(mail: string): Promise<string> {
  const row = await testing.db.mail.findFirstOrThrow({ where: { recipient: mail, template: 'sign-in-code' }, orderBy: { id: 'desc' } });
  return (row.params as { code: string }).code;
}
async function signedIn(mail: string, at = AT) {
  expect(await sendSignInCode(testing.db, { mail, at })).toBeNull();
  const session = sure(await signInByCode(testing.db, { mail, code: await mailed(mail), at, origin: 'o', rules }));
  await claimCandidate(testing.db, { accountId: session.actor.accountId, mail });
  return session.actor;
}
const form = (n: number, changes: Partial<Registration> = {}): Registration => ({
  postCode: 'BJ001',
  name: '田小满',
  idNo: idNumber(n),
  education: '本科',
  fullTime: true,
  politicalStatus: '中共党员',
  household: COUNTY,
  origin: null,
  exceptions: [],
  negatives: [],
  ethnicity: '土家族',
  school: '武陵学院',
  major: '社会工作',
  certificate: null,
  phone: '19900000000',
  bonus: [],
  promised: true,
  ...changes,
});
const apply = (actor: Awaited<ReturnType<typeof signedIn>>, given: Registration, at = AT) =>
  register(roomOf(testing.db), keys, { actor, at, origin: 'o', batchId, form: given });

describe('signing in by a code', () => {
  test('a right code opens one session, once, and gives the role of a candidate', async () => {
    const mail = 'one@example.org';
    const actor = await signedIn(mail);
    expect(actor.posts.map(({ role }) => role)).toEqual(['CANDIDATE']);
    const code = await mailed(mail);
    expect(await signInByCode(testing.db, { mail, code, at: AT, origin: 'o', rules })).toMatchObject({ refused: 'CodeRefused' });
  });

  test('wrong, late and tried too often are one refusal', async () => {
    const mail = 'two@example.org';
    const tries = (code: string, at = AT) => signInByCode(testing.db, { mail, code, at, origin: 'o', rules });
    await sendSignInCode(testing.db, { mail, at: AT });
    const code = await mailed(mail);
    const wrong = code === '000000' ? '000001' : '000000';
    expect(await tries(code, later(11))).toMatchObject({ refused: 'CodeRefused' });
    for (let n = 0; n < 5; n++) expect(await tries(wrong)).toMatchObject({ refused: 'CodeRefused' });
    expect(await tries(code)).toMatchObject({ refused: 'CodeRefused' });
    await sendSignInCode(testing.db, { mail, at: later(1) });
    const two = await Promise.all([tries(await mailed(mail), later(1)), tries(await mailed(mail), later(1))]);
    expect(two.filter(isRefusal)).toHaveLength(1);
  });

  test('five codes an hour, and none to an office’s own name', async () => {
    const mail = 'three@example.org';
    for (let n = 0; n < 5; n++) expect(await sendSignInCode(testing.db, { mail, at: later(n) })).toBeNull();
    expect(await sendSignInCode(testing.db, { mail, at: later(6) })).toMatchObject({ refused: 'TooManyCodes', params: { minutes: 54 } });
    expect(await sendSignInCode(testing.db, { mail, at: later(61) })).toBeNull();
    await testing.db.account.create({
      data: { userName: 'desk@example.org', displayName: '龙静', email: 'desk@example.org', status: 'active', passwordHash: 'x' },
    });
    expect(await sendSignInCode(testing.db, { mail: 'desk@example.org', at: AT })).toBeNull();
    expect(await testing.db.mail.count({ where: { recipient: 'desk@example.org' } })).toBe(0);
  });
});

describe('registration', () => {
  test('the announcement is public with its table; conditions are answered at once with coded reasons', async () => {
    expect((await publicAnnouncements(testing.db, AT)).map(({ id, phase, posts }) => [id, phase, posts])).toEqual([[batchId, 'open', 12]]);
    const view = (await publicAnnouncement(testing.db, batchId, AT))!;
    expect(view.table).toHaveLength(12);
    expect(view.rules.born).toEqual({ from: '1986-11-25', to: '2008-11-25' });
    const facts = { fullTime: false, politicalStatus: null, household: null, origin: null, exceptions: [], negatives: [] };
    const asked = (more: object) =>
      checkConditions(testing.db, batchId, { postCode: 'BJ001', bornOn: '1986-11-25', education: '大专', ...facts, ...more });
    expect(await asked({})).toEqual({ reasons: [] });
    expect(sure(await asked({ bornOn: '1986-11-24', negatives: ['dishonest'] })).reasons.map(({ code }) => code)).toEqual([
      'tooOld',
      'dishonest',
    ]);
    expect(await asked({ postCode: 'XX' })).toMatchObject({ refused: 'NoSuchPost' });
  });

  test('a form is handed in once a person and batch, by whoever the ID number is', async () => {
    const actor = await signedIn('four@example.org');
    expect(await apply(actor, form(1, { idNo: '520690199203080000' }))).toMatchObject({ refused: 'IdNumberFaulty' });
    expect(await apply(actor, form(1, { education: '高中及以下' }))).toMatchObject({ refused: 'NotEligible' });
    expect(await apply(actor, form(1), later(-60 * 24))).toMatchObject({ refused: 'RegistrationClosed' });
    expect(await apply(actor, form(1), later(60 * 24 * 6))).toMatchObject({ refused: 'RegistrationClosed' });
    const [one, two] = await Promise.all([apply(actor, form(1)), apply(actor, form(1, { postCode: 'BJ002' }))]);
    expect([one, two].filter(isRefusal).map(({ refused }) => refused)).toEqual(['AppliedAlready']);
    const other = await signedIn('five@example.org');
    expect(await apply(other, form(1))).toMatchObject({ refused: 'OtherCandidate' });
    expect(await apply(actor, form(2))).toMatchObject({ refused: 'OtherCandidate' });
    expect(await ownApplications(testing.db, other.accountId)).toEqual([]);
    expect(await ownApplications(testing.db, actor.accountId)).toMatchObject([
      { standing: 'registered', ticketNo: null, written: null, mayWaive: true },
    ]);
  });

  test('a draft is kept encrypted and gone once the form is handed in', async () => {
    const actor = await signedIn('six@example.org');
    const { accountId } = actor;
    sure(await saveDraft(testing.db, keys, { accountId, batchId, draft: { name: '田小满', idNo: idNumber(6) }, at: AT }));
    expect((await readDraft(testing.db, keys, { accountId, batchId }))?.draft).toEqual({ name: '田小满', idNo: idNumber(6) });
    const [row] = await testing.db.applicationDraft.findMany({ where: { accountId } });
    expect(Buffer.from(row!.sealed).includes(idNumber(6))).toBe(false);
    sure(await apply(actor, form(6)));
    expect(await readDraft(testing.db, keys, { accountId, batchId })).toBeNull();
  });

  test('whoever was uploaded finds their application by their own mail', async () => {
    const posts = postLines(await unitsOfCounty(testing.db), 12);
    const lines = applicantLines(posts, 3, 5);
    const by = { actor: officer, at: AT, origin: 'o' };
    const bytes = await applicantWorkbook(lines);
    const { id } = sure(await checkUpload(roomOf(testing.db), keys, { ...by, batchId, kind: 'applicants', bytes, fileName: '报名.xlsx' }));
    sure(await confirmUpload(roomOf(testing.db), keys, { ...by, id, goodRowsOnly: false }));
    const actor = await signedIn('c1@example.org');
    const [own] = await ownApplications(testing.db, actor.accountId);
    expect(own).toMatchObject({ name: lines[1]!['姓名'], post: { code: lines[1]!['报考岗位代码'] } });
    expect(await testing.db.case.findUnique({ where: { id: own!.caseId } })).toMatchObject({ subjectId: actor.accountId });
  });
});

test('a cancelled batch says so and takes nobody any more', async () => {
  const other = await batchIn(testing.db, 2);
  const posts = await testing.db.recruitmentPost.findMany({ where: { batchId } });
  await testing.db.recruitmentPost.createMany({
    data: posts.map((post) => ({
      ...post,
      batchId: other,
      communities: post.communities as object,
      requirements: post.requirements as object,
    })),
  });
  await announced(testing.db, other);
  await testing.db.$transaction((tx) => cancelBatch(tx, other, '编制调整', AT));
  expect(await publicAnnouncement(testing.db, other, AT)).toMatchObject({ phase: 'cancelled', cancelReason: '编制调整' });
  const actor = await signedIn('nine@example.org');
  const late = await register(roomOf(testing.db), keys, { actor, at: AT, origin: 'o', batchId: other, form: form(9) });
  expect(late).toMatchObject({ refused: 'RegistrationClosed' });
});

describe('ticket, withdrawal, registers and papers', () => {
  test('the ticket is the candidate’s own, and comes once it is issued', async () => {
    const actor = await signedIn('seven@example.org');
    const { caseId } = sure(await apply(actor, form(7)));
    expect(await ownTicket(testing.db, { caseId, actor, at: AT })).toMatchObject({ refused: 'NoTicketYet' });
    await testing.db.application.update({ where: { caseId }, data: { standing: 'qualified' } });
    expect(await testing.db.$transaction((tx) => issueTickets(tx, batchId, AT))).toBe(1);
    expect(await testing.db.$transaction((tx) => issueTickets(tx, batchId, AT))).toBe(0);
    expect((await testing.db.application.findUniqueOrThrow({ where: { caseId } })).ticketNo).toMatch(/^202602\d{5}$/);
    const ticket = sure(await ownTicket(testing.db, { caseId, actor, at: AT }));
    expect(ticket.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const stranger = await signedIn('eight@example.org');
    expect(await ownTicket(testing.db, { caseId, actor: stranger, at: AT })).toMatchObject({ refused: 'NotFound' });
    expect(await waive(roomOf(testing.db), { actor: stranger, at: AT, caseId, reason: '另有安排' })).toMatchObject({ refused: 'NotFound' });
    for (const paper of ['ticket', 'approval', 'reportIn', 'contract'] as const) {
      const word = sure(await applicationPaper(testing.db, { caseId, paper, format: 'docx', actor: officer, at: AT }));
      expect(word.bytes.subarray(0, 2).toString()).toBe('PK');
    }
    const foreign = officerOf('520603', '5206/520603/');
    expect(await applicationPaper(testing.db, { caseId, paper: 'approval', format: 'pdf', actor: foreign, at: AT })).toMatchObject({
      refused: 'NotInYourUnits',
    });
    expect(await waive(roomOf(testing.db), { actor, at: AT, caseId, reason: '另有安排' })).toMatchObject({ caseId });
    expect(await waive(roomOf(testing.db), { actor, at: AT, caseId, reason: '另有安排' })).toMatchObject({ refused: 'ApplicationOver' });
    expect(await ownApplications(testing.db, actor.accountId)).toMatchObject([{ standing: 'out', reason: '本人放弃', mayWaive: false }]);
    expect(await testing.db.ledgerEntry.count({ where: { caseId, verb: 'application.waive', accepted: true } })).toBe(1);
  });

  test('papers of the batch as PDF, and the list of applicants as a workbook without an ID number', async () => {
    for (const paper of ['need', 'announcement', 'scores', 'hires'] as const) {
      const { bytes } = sure(await batchPaper(testing.db, { batchId, paper, format: 'pdf', actor: officer, at: AT }));
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    }
    const { bytes } = sure(await registerOf(testing.db, { batchId, kind: 'applicants', actor: officer, at: AT }));
    const { rows } = sure(await readWorkbook(bytes)).sheets[0]!;
    expect(rows).toHaveLength(2 + (await testing.db.application.count({ where: { batchId } })));
    const texts = rows.flatMap(({ cells }) => [...cells.values()].map(({ text }) => text));
    expect(texts.filter((text) => /\d{17}[\dX]/.test(text))).toEqual([]);
    expect(texts).toContain('田小满');
  });
});
