import { addDays } from '../../../libs/domain/dates.ts';
import { contract } from '../../../workflows/processes/probation/contract.ts';
import { eventually } from '../../../scripts/processes.mjs';
import { Matter } from './support/matter.ts';
import { startService, type Service } from './support/service.ts';
import { home, Town, type Hired } from './support/town.ts';

let service: Service;
let town: Town;
let worker: Hired;
let matter: Matter;
beforeAll(async () => {
  service = await startService();
  town = new Town(service);
  worker = await town.hire();
  const secretary = await town.appoint('COMMUNITY_SECRETARY', home.community, { title: '党组织书记', name: '安书记' });
  matter = await Matter.start(town, { ...home, worker, secretary: secretary.userName, starter: `county-hr-${home.county}-1` });
});
afterAll(() => service?.close());

test('a probation goes from its start to the filed conversion, each stage answered by the right people', async () => {
  await matter.prepares();
  await matter.through('summary', 'community', 'mentorOpinion', 'street', 'committee', 'filing', 'notice');
  expect(await matter.ended()).toBe('confirmed');
});

test('the person is formal from the day after probation, with post, grade and step', async () => {
  const officer = await town.as(`county-org-${home.county}-1`);
  const formalOn = addDays(worker.lastDay, 1);
  const before = await officer.ok('person', { params: { id: worker.personId } });
  const after = await officer.ok('person', { params: { id: worker.personId }, query: { on: formalOn } });
  expect(before).toMatchObject({ status: 'probation', gradeLabel: null });
  expect(after.status).toBe('formal');
  expect(after.gradeLabel).toMatch(/五岗|五级/);
  const placed = after.facts.find(({ kind }) => kind === 'post-grade-step');
  expect(placed).toMatchObject({ fromOn: formalOn, groundCaseId: matter.caseId, endedAt: null });
});

test('each event sent one mail to each person, and the inbox has it once', async () => {
  const mails = await service.db.mail.findMany({ where: { caseId: matter.caseId } });
  const tasks = await service.db.task.findMany({ where: { caseId: matter.caseId } });
  const opened = new Set(mails.filter(({ template }) => template === 'task-opened').map(({ eventKey }) => eventKey.split('/')[0]!));
  // asked by name: told at once; asked as one of several, with more than ten days to go: the digest tells it
  const named = tasks.filter(({ audienceRole }) => audienceRole === null).map(({ id }) => id);
  expect([...opened]).toEqual(expect.arrayContaining(named));
  const [mentor] = tasks.filter(({ stage }) => stage === 'mentor');
  expect(await service.db.postHeld.count({ where: { role: 'STREET_HR', unitCode: mentor!.audienceUnit! } })).toBeGreaterThan(1);
  expect(opened).not.toContain(mentor!.id);
  expect(mails.filter(({ template }) => template === 'case-ended').map(({ accountId }) => accountId)).toContain(worker.accountId);
  await town.morning();
  const all = await eventually(async () => (await service.db.mail.count({ where: { status: { not: 'sent' } } })) === 0, 20_000);
  expect(all).toBe(true);
  const inbox = await service.db.demoInbox.findMany();
  expect(new Set(inbox.map(({ messageId }) => messageId))).toEqual(new Set(mails.map(({ messageId }) => messageId)));
  expect(inbox.filter(({ copies }) => copies !== 1)).toEqual([]);
  const own = await (await town.as(worker.userName)).ok('demoInbox', { query: { limit: 100 } });
  expect(own.items.map(({ subject }) => subject)).toContain(`【待办】${worker.name} · 试用转正：本人总结`);
});

test('the timeline tells it in Chinese, oldest first', async () => {
  const { timeline } = await matter.view();
  const stages = Object.values(contract.stages).map(({ title }) => title);
  expect(timeline[0]!.title).toContain('发起');
  expect(timeline.at(-1)!.title).toContain('办结');
  for (const { title, words } of timeline) expect(`${title}${words ?? ''}`).not.toMatch(/[a-z]+\.[a-z]+|undefined|null/);
  for (const title of [
    '录用条件确认',
    '导师结对',
    '中期检查',
    '本人总结',
    '社区意见',
    '导师意见',
    '街道考核',
    '党工委决定',
    '县级备案',
    '告知本人',
  ]) {
    expect(stages).toContain(title);
    expect(timeline.some((item) => item.title.includes(title))).toBe(true);
  }
  expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).sort());
});

test('the ledger verifies, sealed to the last entry', async () => {
  const auditor = await town.as('auditor-5206-1');
  const sealed = await eventually(async () => (await service.db.ledgerUnsealed.count()) === 0, 10_000);
  expect(sealed).toBe(true);
  expect(await auditor.ok('verify')).toMatchObject({ ok: true, broken: null });
});

test('the worker stops in order when it is told to', async () => {
  const began = performance.now();
  expect(await service.worker.stop()).toBe(0);
  expect(performance.now() - began).toBeLessThan(10_000);
  await service.startWorker();
});
