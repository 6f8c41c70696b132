import { home } from '../../worker/test/support/town.ts';
import { Matter } from '../../worker/test/support/matter.ts';
import { chromiumPath, type Visitor } from './support/browser.ts';
import { ConsoleHouse } from './support/console.ts';

const run = chromiumPath ? describe : describe.skip;
const street = `street-hr-${home.street}-1`;
const deputy = `committee-${home.street}-2`;

run('a street office hands on, asks beside, takes back and decides many', () => {
  let house: ConsoleHouse;
  const matters: Matter[] = [];
  beforeAll(async () => {
    house = await ConsoleHouse.open();
    const { userName: secretary } = await house.town.appoint('COMMUNITY_SECRETARY', home.community, {
      title: '党组织书记',
      name: '安书田',
    });
    for (let n = 0; n < 3; n += 1) matters.push(await summarised(secretary));
  });
  afterAll(() => house?.close());
  afterEach(() => expect(house.troubles()).toEqual([]));

  const summarised = async (secretary: string): Promise<Matter> => {
    const worker = await house.town.hire();
    const matter = await Matter.start(house.town, { ...home, worker, secretary, starter: `county-hr-${home.county}-1` });
    await matter.prepares();
    await matter.through('summary');
    return matter;
  };
  const opens = async (visitor: Visitor, matter: Matter, userName: string, stage: 'community' | 'street'): Promise<void> => {
    await visitor.goTo(`/tasks/${await matter.task(userName, stage)}`);
    await visitor.page.getByRole('region', { name: new RegExp(matter.parties.worker.name) }).waitFor();
  };
  const chooses = async ({ page }: Visitor, item: string) => {
    await page.getByRole('button', { name: '更多' }).click();
    await page.getByRole('menuitem', { name: item }).click();
    await page.getByRole('dialog').waitFor();
  };
  const person = async ({ page }: Visitor, name: RegExp) => {
    await page.getByRole('combobox', { name: '交给' }).click();
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText(name).first().click();
  };

  test('one answer for many of one stage, each decided by itself', async () => {
    const secretary = await house.as(matters[0]!.parties.secretary);
    const { page } = secretary;
    await secretary.goTo('/tasks');
    await page.getByRole('button', { name: '批量办理' }).click();
    await page.getByRole('button', { name: '选中同一环节全部' }).click();
    await page.getByRole('heading', { name: '批量办理“社区意见”：已选 3 件' }).waitFor();
    await page.getByRole('radio', { name: '合格', exact: true }).check();
    await page.getByRole('textbox', { name: '社区意见' }).fill('表现符合录用条件，建议按期转正。');
    await secretary.shows('15-bulk');
    await page.getByRole('button', { name: '提交 3 件' }).click();
    await page.getByText('已办结 3 件。').waitFor();
    for (const matter of matters) await matter.through('mentorOpinion');
  });

  test('a signature before one’s own: the other is asked, and the owner waits', async () => {
    const officer = await house.as(street);
    const { page } = officer;
    await opens(officer, matters[0]!, street, 'street');
    await chooses(officer, '加签…');
    await person(officer, /党（?工?）?委|副书记|委员/);
    await page.getByRole('textbox', { name: '加签原因' }).fill('请分管领导把关');
    await officer.shows('15-sign-dialog');
    await page.getByRole('dialog').getByRole('button', { name: '加签' }).click();
    await page.getByText('已加签，对方会收到提醒。').waitFor();
    const { db } = house.service;
    const signer = await db.task.findFirstOrThrow({ where: { caseId: matters[0]!.caseId, part: 'before' } });
    expect(signer.status).toBe('open');
    await officer.goTo(`/tasks/${signer.originId}`);
    await page.getByText('意见到齐后再由您办理').first().waitFor();
    await page.getByRole('button', { name: '减签' }).click();
    await page.getByRole('textbox', { name: '原因' }).fill('领导出差');
    await page.getByRole('dialog').getByRole('button', { name: '减签' }).click();
    await page.getByRole('button', { name: /^提交/ }).waitFor();
    await officer.shows('15-signer-gone');
  });

  test('an advice asked for comes back to the owner', async () => {
    const officer = await house.as(street);
    const { page } = officer;
    await opens(officer, matters[1]!, street, 'street');
    await chooses(officer, '委派他人提意见…');
    const { displayName } = await house.service.db.account.findUniqueOrThrow({ where: { userName: deputy } });
    await page.getByRole('combobox', { name: '交给' }).fill(displayName);
    await person(officer, new RegExp(displayName));
    await page.getByRole('textbox', { name: '请对方就什么提意见' }).fill('请就群众评价提意见');
    await page.getByRole('dialog').getByRole('button', { name: '委派' }).click();
    await page.getByText('已委派，意见到后会提醒您。').waitFor();

    const adviser = await house.as(deputy);
    await adviser.goTo('/tasks');
    await adviser.page.getByRole('textbox', { name: '意见' }).fill('入户走访记录齐全，群众反映好。');
    await adviser.shows('15-advice');
    await adviser.page.getByRole('button', { name: /^提交/ }).click();
    await adviser.page.getByText('街道考核已提交。').waitFor();
    await opens(officer, matters[1]!, street, 'street');
    await page.getByText('入户走访记录齐全，群众反映好。').waitFor();
  });

  test('handed to a colleague, it has left the list', async () => {
    const officer = await house.as(street);
    const { page } = officer;
    await opens(officer, matters[2]!, street, 'street');
    await chooses(officer, '转办…');
    await person(officer, /街道|组织人事/);
    await page.getByRole('textbox', { name: '转办原因' }).fill('外出培训');
    await page.getByRole('dialog').getByRole('button', { name: '转办' }).click();
    await page.getByText('已转办，对方会收到提醒。').waitFor();
    expect(await matters[2]!.task(`street-hr-${home.street}-2`, 'street')).toBeTruthy();
  });

  test('what nobody has opened yet is taken back and done again', async () => {
    const { secretary } = matters[0]!.parties;
    const matter = await summarised(secretary);
    await matter.through('community');
    const visitor = await house.as(secretary);
    const { page } = visitor;
    const done = await house.service.db.task.findFirstOrThrow({ where: { caseId: matter.caseId, stage: 'community', status: 'done' } });
    await visitor.goTo(`/done/${done.id}`);
    await page.getByRole('button', { name: '拿回…' }).click();
    await page.getByRole('textbox', { name: '拿回原因' }).fill('意见写错了人');
    await visitor.shows('15-take-back');
    await page.getByRole('dialog').getByRole('button', { name: '拿回' }).click();
    await page.getByText('已拿回，“社区意见”由您重新办理。').waitFor();
    await matter.through('community');
    const rounds = await house.service.db.stageRun.findMany({ where: { caseId: matter.caseId, stage: 'community' } });
    expect(rounds.map(({ round, status }) => `${round} ${status}`).sort()).toEqual(['1 closed', '2 closed']);
  });

  test('what a colleague does is seen without a reload, and what was typed meanwhile is kept', async () => {
    const { secretary } = matters[0]!.parties;
    const { userName: second } = await house.town.appoint('COMMUNITY_SECRETARY', home.community, { title: '党组织副书记', name: '冉景明' });
    const matter = await summarised(secretary);
    const [writes, acts, watches] = [await house.as(secretary), await house.as(second), await house.as(matter.parties.starter)];
    const task = await matter.task(secretary, 'community');
    await writes.goTo(`/tasks/${task}`);
    await writes.page.getByRole('textbox', { name: '社区意见' }).fill('还没有写完的意见');
    await writes.page.getByText('已保存草稿').first().waitFor();
    await watches.goTo(`/cases/${matter.caseId}`);
    for (const { page } of [writes, watches]) await page.getByRole('status').getByText('实时').waitFor();

    await acts.goTo(`/tasks/${task}`);
    await acts.page.getByRole('radio', { name: '合格', exact: true }).check();
    await acts.page.getByRole('textbox', { name: '社区意见' }).fill('表现符合录用条件，建议按期转正。');
    await acts.page.getByRole('button', { name: /^提交/ }).click();
    await acts.page.getByText('社区意见已提交。').waitFor();

    await writes.page.getByText('冉景明刚刚办理了这一环节，页面已更新。您未提交的内容保存在草稿。').waitFor();
    await writes.page.locator(`[data-task][href*="${task}"]`).waitFor({ state: 'detached' });
    await watches.page.getByText('表现符合录用条件，建议按期转正。').first().waitFor();
    await writes.shows('17-overtaken');
  });

  test('a lost line is said, and found again', async () => {
    const officer = await house.as(street);
    const { page } = officer;
    await officer.goTo('/tasks');
    await page.getByRole('status').getByText('实时').waitFor();
    await house.service.api.stop();
    await page.getByRole('status').getByText('已断开，正在重连；列表可能不是最新').waitFor();
    await officer.picture('17-line-lost');
    await house.service.startApi();
    await page.getByRole('status').getByText('实时').waitFor();
    for (const visitor of house.everybody()) visitor.takeTroubles(/ERR_|failed:/);
  });
});
