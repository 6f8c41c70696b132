import { addDays } from '../../../libs/domain/dates.ts';
import { home, today } from '../../worker/test/support/town.ts';
import { Matter } from '../../worker/test/support/matter.ts';
import { chromiumPath, type Visitor } from './support/browser.ts';
import { ConsoleHouse } from './support/console.ts';

const run = chromiumPath ? describe : describe.skip;
const street = `street-hr-${home.street}-1`;
const union = `street-union-${home.street}-1`;

run('an officer goes away, and another works in their name', () => {
  let house: ConsoleHouse;
  let matter: Matter;
  let [streetName, unionName] = ['', ''];
  beforeAll(async () => {
    house = await ConsoleHouse.open();
    const { userName: secretary } = await house.town.appoint('COMMUNITY_SECRETARY', home.community, {
      title: '党组织书记',
      name: '安书田',
    });
    const worker = await house.town.hire();
    matter = await Matter.start(house.town, { ...home, worker, secretary, starter: `county-hr-${home.county}-1` });
    await matter.prepares();
    for (const stage of ['summary', 'community', 'mentorOpinion'] as const) await matter.through(stage);
    [streetName, unionName] = (await Promise.all([street, union].map(nameOf))) as [string, string];
  });
  afterAll(() => house?.close());
  afterEach(() => expect(house.troubles()).toEqual([]));

  const nameOf = async (userName: string): Promise<string> =>
    (await house.service.db.account.findUniqueOrThrow({ where: { userName } })).displayName;
  const picks = async ({ page }: Visitor, label: string, name: string) => {
    await page.getByRole('combobox', { name: label, exact: true }).fill(name);
    await page
      .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')
      .getByText(new RegExp(`^${name}（`))
      .first()
      .click();
  };
  const types = async ({ page }: Visitor, label: string, on: string) => {
    const field = page.getByRole('textbox', { name: label });
    await field.fill(on);
    await field.press('Enter');
  };

  test('whoever forgets something is told beside the field; then the substitute is named', async () => {
    const officer = await house.as(street);
    const { page } = officer;
    await page.getByRole('button', { name: new RegExp(streetName) }).click();
    await page.getByRole('menuitem', { name: '代理' }).click();
    await page.getByText('没有设置过代理人。').waitFor();
    await page.getByRole('button', { name: '设置代理人' }).click();
    await page.getByText('请选择代理人').waitFor();
    await picks(officer, '代理人', unionName);
    await types(officer, '从', today());
    await types(officer, '到（含当天）', addDays(today(), 7));
    await page.getByRole('textbox', { name: '原因' }).fill('外出培训');
    await officer.shows('16-substitute-form');
    await page.getByRole('button', { name: '设置代理人' }).click();
    await page.getByText(`已设置，${unionName}会收到邮件。`).waitFor();
    await page
      .getByRole('region', { name: '我的代理人' })
      .getByRole('row', { name: new RegExp(`${unionName}.*代理中`) })
      .waitFor();
    await officer.shows('16-substitutes');
    await officer.goTo('/tasks');
    await page.getByText(`由 ${unionName} 代您办理`).waitFor();
  });

  test('the substitute finds the task, marked, and answers it in that name', async () => {
    const substitute = await house.as(union);
    const { page } = substitute;
    await substitute.goTo('/tasks');
    await page.getByText(`您正在代 ${streetName} 办理`).waitFor();
    await page.getByText(`代 ${streetName} 办理`, { exact: true }).first().waitFor();
    await page.getByText(`办理记录上注明“代 ${streetName} 办理”`).waitFor();
    await substitute.shows('16-task-in-stead');
    for (const [label, points] of Object.entries({ 政治素质: '18', 业务能力: '20', 工作实绩: '21', 群众评价: '17', 遵纪守规: '9' }))
      await page.getByRole('textbox', { name: new RegExp(`^${label}得分`) }).fill(points);
    await page.getByRole('radio', { name: '合格', exact: true }).check();
    await types(substitute, '考核谈话日期', today());
    await page.getByRole('textbox', { name: '考核意见' }).fill('经考核谈话和群众评价，表现符合录用条件，建议按期转正。');
    await page.getByRole('button', { name: /^提交/ }).click();
    await page.getByText('街道考核已提交。').waitFor();
    await substitute.goTo(`/cases/${matter.caseId}`);
    await page.getByText(`代 ${streetName} 办理`).first().waitFor();
    await substitute.shows('16-case-in-stead');
    const done = await house.service.db.task.findFirstOrThrow({ where: { caseId: matter.caseId, stage: 'street' } });
    const accounts = await house.service.db.account.findMany({ where: { userName: { in: [street, union] } } });
    const idOf = (userName: string) => accounts.find((account) => account.userName === userName)!.id;
    expect([done.answeredById, done.answeredForId]).toEqual([idOf(union), idOf(street)]);
  });

  test('who comes back ends it, and the administrator sees it among those of the city', async () => {
    const officer = await house.as(street);
    await officer.goTo('/substitutes');
    await officer.page.getByRole('button', { name: '提前结束' }).click();
    await officer.page.getByRole('tooltip').getByRole('button', { name: '提前结束' }).click();
    await officer.page.getByText('已提前结束').waitFor();

    const administrator = await house.as('system-5206-1');
    const { page } = administrator;
    await page.getByRole('link', { name: '代理' }).click();
    await page
      .getByRole('region', { name: '本单位的代理' })
      .getByRole('row', { name: new RegExp(`${streetName}.*${unionName}`) })
      .waitFor();
    await picks(administrator, '被代理人', streetName);
    await picks(administrator, '代理人', unionName);
    await administrator.shows('16-substitutes-administrator');
  });
});
