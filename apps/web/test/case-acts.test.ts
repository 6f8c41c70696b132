import { Matter } from '../../worker/test/support/matter.ts';
import { home, type Hired } from '../../worker/test/support/town.ts';
import { chromiumPath, type Visitor } from './support/browser.ts';
import { ConsoleHouse } from './support/console.ts';

const county = `county-hr-${home.county}-1`;
const street = `street-hr-${home.street}-1`;
const chair = `committee-${home.street}-1`;

const run = chromiumPath ? describe : describe.skip;

run('a case is held, pressed for, given to read, stepped aside from and cancelled', () => {
  let house: ConsoleHouse;
  let worker: Hired;
  let matter: Matter;
  let chairName: string;
  beforeAll(async () => {
    house = await ConsoleHouse.open();
    const { town, service } = house;
    worker = await town.hire();
    const secretary = (await town.appoint('COMMUNITY_SECRETARY', home.community, { title: '党组织书记', name: '安书田' })).userName;
    matter = await Matter.start(town, { ...home, worker, secretary, starter: county });
    await matter.task(street, 'mentor');
    chairName = (await service.db.account.findUniqueOrThrow({ where: { userName: chair } })).displayName;
  });
  afterAll(() => house?.close());

  /** The journey goes on only from where it got to. */
  let stoppedAt: string | null = null;
  const step = (title: string, act: () => Promise<void>) =>
    test(title, async () => {
      if (stoppedAt) throw new Error(`Not reached: stopped at “${stoppedAt}”`);
      stoppedAt = title;
      await act().catch(async (error: unknown) => {
        await house.picture('stopped');
        throw new Error(`${String(error)}\nUnder the pages: ${house.troubles().join('\n') || 'nothing wrong'}`, { cause: error });
      });
      stoppedAt = null;
      expect(house.troubles()).toEqual([]);
    });

  const opens = async (userName: string): Promise<Visitor> => {
    const visitor = await house.as(userName);
    await visitor.goTo(`/cases/${matter.caseId}`);
    await visitor.page.getByRole('heading', { name: new RegExp(worker.name) }).waitFor();
    await visitor.settles();
    return visitor;
  };
  const card = (page: Visitor['page'], title: string) => page.locator('section', { has: page.getByRole('heading', { name: title }) });
  const chooses = async ({ page }: Visitor, verb: string) => {
    await page.getByRole('button', { name: /^本件…/ }).click();
    await page.getByRole('menuitem', { name: verb }).click();
    return page.getByRole('dialog');
  };

  step('the county presses for what is asked, and the street finds the mark in its list', async () => {
    const visitor = await opens(county);
    const { page } = visitor;
    await card(page, '现在由谁办理').waitFor();
    await visitor.shows('15-case-asked');
    await page.getByRole('button', { name: /^催办.*导师结对/ }).click();
    await page.getByText(/已催办，.*起可以再催/).waitFor();
    expect(await page.getByRole('button', { name: /^催办.*导师结对/ }).count()).toBe(0);
    const asked = await house.as(street);
    await asked.goTo('/tasks');
    await asked.page.getByRole('link', { name: new RegExp(`${worker.name}.*催办`) }).waitFor();
    await asked.shows('15-tasks-urged');
  });

  step('it is held with its paper: everywhere it says so, and nobody can act', async () => {
    const visitor = await opens(county);
    const { page } = visitor;
    const dialog = await chooses(visitor, '挂起…');
    await dialog.getByRole('button', { name: '挂起本件' }).click();
    await dialog.getByText('请写明理由').waitFor();
    await dialog.getByRole('textbox', { name: '理由' }).fill('等待上级批复');
    await dialog.getByRole('button', { name: '挂起本件' }).click();
    await dialog.getByText('请填写文号').waitFor();
    await visitor.shows('15-hold-dialog');
    await dialog.getByRole('textbox', { name: '文号' }).fill('碧组发〔2026〕12号');
    await dialog.getByRole('button', { name: '挂起本件' }).click();
    await card(page, '挂起记录').getByText('等待上级批复（碧组发〔2026〕12号）').waitFor();
    await visitor.shows('15-case-held');
    const asked = await house.as(street);
    await asked.goTo('/tasks');
    await asked.page.getByRole('link', { name: new RegExp(`${worker.name}.*已挂起`) }).click();
    await asked.page
      .getByText(/本件自 .* 起挂起，恢复前不能办理/)
      .first()
      .waitFor();
    await asked.shows('15-task-held');
  });

  step('it goes on, and its time is counted again', async () => {
    const visitor = await opens(county);
    const dialog = await chooses(visitor, '恢复办理…');
    await dialog.getByRole('textbox', { name: '理由' }).fill('批复已到');
    await dialog.getByRole('textbox', { name: '文号' }).fill('碧组发〔2026〕15号');
    await dialog.getByRole('button', { name: '恢复办理' }).click();
    await visitor.page
      .getByText(/还剩 \d+ 个工作日/)
      .first()
      .waitFor();
  });

  step('it is given to a member of the street’s committee, and the street sees when it was read', async () => {
    const visitor = await opens(street);
    const { page } = visitor;
    const dialog = await chooses(visitor, '抄送…');
    await dialog.getByRole('button', { name: '抄送' }).click();
    await dialog.getByText('请选择抄送给谁').waitFor();
    await dialog.getByRole('combobox', { name: '抄送给' }).fill(chairName);
    // whoever else was offered at first is gone
    await page.locator('.ant-select-item-option', { hasNotText: chairName }).first().waitFor({ state: 'detached' });
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText(chairName).first().click();
    await dialog.getByRole('textbox', { name: '附言' }).fill('请阅知');
    await visitor.shows('15-copy-dialog');
    await dialog.getByRole('button', { name: '抄送' }).click();
    await card(page, '抄送 1').getByText('未阅').waitFor();
    const reader = await house.as(chair);
    const copies = reader.page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: /^抄送/ });
    await reader.page.getByRole('link', { name: /^未阅抄送 ?1/ }).waitFor();
    expect(await copies.textContent()).toBe('抄送1');
    await copies.click();
    await reader.page
      .getByRole('region', { name: '抄送我的' })
      .getByRole('link', { name: new RegExp(worker.name) })
      .waitFor();
    await reader.shows('15-copies');
    await reader.page.getByRole('link', { name: new RegExp(worker.name) }).click();
    await reader.page.getByRole('heading', { name: new RegExp(worker.name) }).waitFor();
    await copies.filter({ hasText: /^抄送$/ }).waitFor();
    await reader.settles();
    await card((await opens(street)).page, '抄送 1')
      .getByText(/已阅/)
      .waitFor();
  });

  step('the street’s officer steps aside: the task is no longer theirs', async () => {
    const visitor = await opens(street);
    const { page } = visitor;
    const dialog = await chooses(visitor, '申请回避…');
    await dialog.getByRole('textbox', { name: '理由' }).fill('与当事人是亲戚');
    await visitor.shows('15-recuse-dialog');
    await dialog.getByRole('button', { name: '申请回避' }).click();
    await page.getByText('您在本件应当回避，不能办理。').first().waitFor();
    await visitor.shows('15-case-recused');
  });

  step('the county cancels it, and everybody reads that it has ended so', async () => {
    const visitor = await opens(`county-org-${home.county}-1`);
    const dialog = await chooses(visitor, '撤销…');
    await dialog.getByRole('textbox', { name: '理由' }).fill('政策调整，不再办理');
    await dialog.getByRole('button', { name: '撤销本件' }).click();
    await visitor.page.getByText('已撤销', { exact: true }).first().waitFor();
    await visitor.settles();
    await visitor.shows('15-case-cancelled');
  });
});
