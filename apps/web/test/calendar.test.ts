import { readYear } from '../../../libs/calendar/calendar.ts';
import { addDays, dateOf, yearOf } from '../../../libs/domain/dates.ts';
import { Matter } from '../../worker/test/support/matter.ts';
import { home, today } from '../../worker/test/support/town.ts';
import { chromiumPath } from './support/browser.ts';
import { ConsoleHouse } from './support/console.ts';

const run = chromiumPath ? describe : describe.skip;

run('the working-day calendar', () => {
  let house: ConsoleHouse;
  let matter: Matter;
  beforeAll(async () => {
    house = await ConsoleHouse.open();
    const { userName: secretary } = await house.town.appoint('COMMUNITY_SECRETARY', home.community, { title: '党组织书记' });
    const worker = await house.town.hire();
    matter = await Matter.start(house.town, { ...home, worker, secretary, starter: `county-hr-${home.county}-1` });
    await matter.everyoneAnswers('conditions');
    await matter.task(`street-hr-${home.street}-1`, 'mentor');
  });
  afterAll(() => house?.close());
  afterEach(() => expect(house.troubles()).toEqual([]));

  test('shows an officer their deadlines by month, and the holidays of the year', async () => {
    const officer = await house.as(`street-hr-${home.street}-1`);
    await officer.page.getByRole('link', { name: '日历' }).click();
    const { dueAt } = await house.service.db.task.findFirstOrThrow({ where: { caseId: matter.caseId, stage: 'mentor' } });
    const deadline = officer.page.getByRole('link', { name: `${matter.parties.worker.name} 导师结对` });
    if (dateOf(dueAt!).slice(0, 7) !== today().slice(0, 7)) await officer.page.getByRole('button', { name: '下一月' }).click();
    await deadline.waitFor();
    await officer.page.getByRole('row', { name: /国庆/ }).waitFor();
    expect(await officer.page.getByRole('button', { name: '修改…' }).count()).toBe(0);
    await officer.shows('12-calendar');
  });

  test('is changed by the administrator of the system, who sees first which deadlines move', async () => {
    const admin = await house.as('system-5206-1');
    const { page } = admin;
    const on = addDays(today(), 1);
    const before = (await readYear(house.service.db, yearOf(on)))!;
    await admin.goTo('/calendar');
    await page.getByRole('button', { name: '修改…' }).click();
    await page.getByRole('button', { name: '加放假' }).click();
    const line = page.getByRole('group').last();
    await line.getByRole('textbox', { name: '名称' }).fill('临时放假');
    await line.getByRole('textbox', { name: '开始日期' }).fill(on);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '看看哪些期限会变' }).click();
    await page.getByText(/其中 \d+ 个的办理期限会变/).waitFor();
    await admin.shows('12-calendar-change');
    await page.getByRole('textbox', { name: '修改原因' }).fill('市里临时调整');
    await page.getByRole('button', { name: '确认修改，重算期限' }).click();
    await page.getByText(/已修改|已保存/).waitFor();
    const after = (await readYear(house.service.db, yearOf(on)))!;
    expect(after.version).toBe(before.version + 1);
    expect(after.off.at(-1)).toEqual({ name: '临时放假', from: on, to: on });
  });

  test('a county’s own days are changed the same way, and count in that county alone', async () => {
    const admin = await house.as('system-5206-1');
    const { page } = admin;
    const national = (await readYear(house.service.db, yearOf(today())))!;
    const isOff = (day: string) => national.off.some(({ from, to }) => from <= day && day <= to);
    // a working day of the month that is shown
    const on = Array.from({ length: 28 }, (_, n) => `${today().slice(0, 8)}${String(n + 1).padStart(2, '0')}`).findLast(
      (day) => ![0, 6].includes(new Date(day).getUTCDay()) && !isOff(day),
    )!;
    await admin.goTo('/calendar');
    await page.getByRole('combobox', { name: '看谁的日历' }).click();
    await page.locator('.ant-select-dropdown').getByText('碧江区自己的节日').click();
    await page.getByText('没有设自己的节日').waitFor();
    await page.getByRole('button', { name: '修改…' }).click();
    await page.getByText(/^修改碧江区 \d+ 年自己的节日$/).waitFor();
    await page.getByRole('button', { name: '加放假' }).click();
    const line = page.getByRole('group').last();
    await line.getByRole('textbox', { name: '名称' }).fill('苗族四月八');
    await line.getByRole('textbox', { name: '开始日期' }).fill(on);
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: '依据的通知或文号' }).fill('县政府通知〔2026〕4号');
    await page.getByRole('button', { name: '看看哪些期限会变' }).click();
    await page.getByText(/其中 \d+ 个的办理期限会变/).waitFor();
    await page.getByRole('textbox', { name: '修改原因' }).fill('自治县节日');
    await admin.shows('12-calendar-county');
    await page.getByRole('button', { name: '确认修改，重算期限' }).click();
    await page.getByText(/已修改|已保存/).waitFor();
    await page.getByRole('row', { name: /苗族四月八/ }).waitFor();
    const { db } = house.service;
    expect((await readYear(db, yearOf(on), home.county))!.off).toEqual([{ name: '苗族四月八', from: on, to: on }]);
    expect((await readYear(db, yearOf(on)))!.off).not.toContainEqual(expect.objectContaining({ name: '苗族四月八' }));

    const officer = await house.as(`street-hr-${home.street}-1`);
    await officer.goTo('/calendar');
    await officer.page.locator(`td[title="${on}"]`).getByText('休').waitFor();
    expect(await officer.page.getByRole('button', { name: '修改…' }).count()).toBe(0);
  });
});
