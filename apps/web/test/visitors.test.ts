import { gzipSync } from 'node:zlib';
import { eventually } from '../../../scripts/processes.mjs';
import { Matter } from '../../worker/test/support/matter.ts';
import { home, type Hired } from '../../worker/test/support/town.ts';
import { chromiumPath } from './support/browser.ts';
import { ConsoleHouse } from './support/console.ts';

const officer = `county-org-${home.county}-1`;
const street = `street-hr-${home.street}-1`;
const elsewhere = 'county-org-520603-1';
const auditor = 'auditor-5206-1';
/** What the first page may weigh, all scripts together, gzip. */
const FIRST_LOAD = 350 * 1024;

const run = chromiumPath ? describe : describe.skip;

run('whoever else comes to the console', () => {
  let house: ConsoleHouse;
  let worker: Hired;
  let matter: Matter;
  beforeAll(async () => {
    house = await ConsoleHouse.open();
    worker = await house.town.hire();
    matter = await Matter.start(house.town, { ...home, worker, secretary: '', starter: officer });
    // a look at a file that is none of theirs: refused, and written down
    const stranger = await house.town.as(elsewhere);
    await stranger.call('person', { params: { id: worker.personId } });
  });
  afterAll(() => house?.close());
  afterEach(() => expect(house.troubles()).toEqual([]));

  describe('who signs in', () => {
    test('comes without an account to a quiet page, and its scripts weigh no more than 350 kB', async () => {
      const visitor = await house.stranger();
      const scripts: Promise<Buffer>[] = [];
      visitor.page.on('response', (response) => {
        if (response.url().endsWith('.js')) scripts.push(response.body());
      });
      await visitor.goTo('/');
      await visitor.shows('01-sign-in');
      await visitor.fillsIn(officer, house.service.password);
      await visitor.page.getByText('我的待办').first().waitFor();
      await visitor.settles();
      const weights = (await Promise.all(scripts)).map((script) => gzipSync(script).length);
      expect(weights.length).toBeGreaterThan(1);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThan(FIRST_LOAD);
    });

    test('is told beside the field what was wrong and how often it may still be tried, then lands where they wanted to go', async () => {
      const visitor = await house.stranger();
      const { page } = visitor;
      await visitor.goTo('/roster?status=probation');
      await page.getByRole('button', { name: '登录' }).click();
      await page.getByText('请填写账号').waitFor();
      expect(await page.getByRole('textbox', { name: '账号' }).evaluate((field) => field === document.activeElement)).toBe(true);
      await visitor.fillsIn(street, 'not-the-password');
      await page
        .getByRole('alert')
        .filter({ hasText: /还可再试 \d 次/ })
        .waitFor();
      expect(await page.getByRole('textbox', { name: '密码' }).getAttribute('aria-invalid')).toBe('true');
      await visitor.shows('01-sign-in-wrong');
      expect(visitor.takeTroubles(/401/)).toEqual([]);
      await visitor.fillsIn(street, house.service.password);
      await page.getByRole('link', { name: worker.name }).waitFor();
      expect(page.url()).toContain('/roster?status=probation');
    });

    test('keeps the place and the words when the session ends in the middle of a form', async () => {
      const visitor = await house.as(street);
      const { page } = visitor;
      await visitor.goTo('/tasks');
      await page.getByRole('textbox', { name: '帮带计划' }).fill('每周走访两次，每月小结一次。');
      const address = page.url();
      const { id: accountId } = await house.service.db.account.findUniqueOrThrow({ where: { userName: street } });
      await house.service.db.session.deleteMany({ where: { accountId } });
      // the door remembers a session for five seconds
      const gone = await eventually(async () => (await page.request.get(`${house.service.url}/api/session`)).status() === 401, 10_000);
      expect(gone).toBe(true);
      await page.getByRole('button', { name: '认领' }).click();
      await page.getByText('登录已过期').waitFor();
      await visitor.shows('01-session-expired');
      await visitor.fillsIn(street, house.service.password);
      await page.getByRole('textbox', { name: '帮带计划' }).waitFor();
      expect(page.url()).toBe(address);
      expect(await page.getByRole('textbox', { name: '帮带计划' }).inputValue()).toBe('每周走访两次，每月小结一次。');
      expect(visitor.takeTroubles(/401/)).toEqual([]);
    });

    test('goes about by keyboard alone', async () => {
      const visitor = await house.as(officer);
      const { page } = visitor;
      await visitor.goTo('/');
      await visitor.settles();
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('跳到正文');
      await page.keyboard.press('Enter');
      await page.keyboard.press('g');
      await page.keyboard.press('t');
      await page.getByRole('region', { name: '待办列表' }).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type(worker.name);
      await page.keyboard.press('Enter');
      await page.getByRole('status').filter({ hasText: '的查找结果' }).waitFor();
      await page.getByRole('main').focus();
      await page.keyboard.press('?');
      const help = page.getByRole('dialog', { name: '快捷键' });
      await help.getByRole('switch', { name: '使用单键快捷键' }).click();
      await visitor.shows('p-keys');
      await page.keyboard.press('Escape');
      await help.waitFor({ state: 'detached' });
      await page.getByRole('main').focus();
      await page.keyboard.press('?');
      await visitor.settles();
      expect(await help.count()).toBe(0);
      await page.evaluate(() => localStorage.clear());
    });

    test('first sets a password with the code from the mail', async () => {
      const newcomer = await house.town.hire();
      await house.service.db.account.update({ where: { id: newcomer.accountId }, data: { status: 'inactive', passwordHash: null } });
      const visitor = await house.as(officer);
      await visitor.goTo(`/people/${newcomer.personId}`);
      await visitor.page.getByRole('button', { name: '发激活码' }).click();
      await visitor.page.getByText(/已为账号 .* 发送激活码/).waitFor();
      await house.town.morning();
      const code = async () => {
        const mail = await house.service.db.demoInbox.findFirst({ where: { subject: { contains: '激活' } } });
        return /激活码[：:\s]*([0-9A-Z-]{6,})/.exec(mail?.text ?? '')?.[1];
      };
      expect(await eventually(async () => (await code()) !== undefined, 20_000)).toBe(true);
      const stranger = await house.stranger();
      const { page } = stranger;
      await stranger.goTo('/');
      await page.getByRole('link', { name: /激活码/ }).click();
      await page.getByRole('textbox', { name: '账号' }).fill(newcomer.userName);
      await page.getByRole('textbox', { name: '激活码' }).fill((await code())!);
      await page.getByRole('textbox', { name: '设置密码' }).fill('苗圃');
      await page.getByRole('button', { name: '激活账号' }).click();
      await page.getByText('密码还差 8 位（至少 10 位）').waitFor();
      await page.getByText('两次输入的密码不一样').waitFor();
      await stranger.shows('01-activation');
      await page.getByRole('textbox', { name: '设置密码' }).fill('一棵小树苗-2026');
      await page.getByRole('textbox', { name: '再输一次密码' }).fill('一棵小树苗-2026');
      await page.getByRole('button', { name: '激活账号' }).click();
      await page.getByText('账号已激活').waitFor();
      await page.getByRole('link', { name: '去登录' }).click();
      await stranger.fillsIn(newcomer.userName, '一棵小树苗-2026');
      await page.getByText('没有待办。').waitFor();
    });

    test('a refused act stands in words on the page', async () => {
      const visitor = await house.as(elsewhere);
      await visitor.goTo(`/people/${worker.personId}`);
      await visitor.page
        .getByRole('alert')
        .filter({ hasText: /不在您的管理范围。本次查阅已记录。/ })
        .waitFor();
      await visitor.goTo(`/cases/${matter.caseId}`);
      await visitor.page
        .getByRole('alert')
        .filter({ hasText: /本次查阅已记录/ })
        .waitFor();
      expect(visitor.takeTroubles(/403/)).toEqual([]);
    });
  });

  describe('the auditor', () => {
    test('has the plain answer first: the ledger is intact', async () => {
      expect(await eventually(async () => (await house.service.db.ledgerUnsealed.count()) === 0, 20_000)).toBe(true);
      const visitor = await house.as(auditor);
      const { page } = visitor;
      await page.getByRole('link', { name: '审计' }).click();
      await page.getByRole('button', { name: '核验账本' }).click();
      await page.getByRole('status').filter({ hasText: '核验通过' }).filter({ hasText: '没有改动、缺失或重复' }).waitFor();
      await visitor.shows('10-audit');
    });

    test('finds the refused look with its reason, and the browser computes its proof again', async () => {
      const visitor = await house.as(auditor);
      const { page } = visitor;
      await page.getByText('只看被拒绝').click();
      const refused = page.getByRole('region', { name: '账本' }).getByRole('row').filter({ hasText: '查阅个人档案' }).first();
      await refused.getByText('已拒绝').waitFor();
      await refused.getByRole('button', { name: '查阅个人档案' }).click();
      await page.getByText(/不在您的管理范围/).waitFor();
      await page.getByText('重算一致').waitFor();
      await page.getByText('封存根相符').waitFor();
      await visitor.shows('10-audit-entry');
    });

    test('is told plainly when somebody has changed the book', async () => {
      const { db } = house.service;
      const entry = await db.ledgerEntry.findFirstOrThrow({ where: { verb: 'person.view', accepted: false } });
      await db.$executeRawUnsafe('ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_once');
      await db.$executeRaw`UPDATE ledger_entry SET body = replace(body, '"accepted":false', '"accepted":true') WHERE id = ${entry.id}`;
      const visitor = await house.as(auditor);
      const { page } = visitor;
      await page.getByRole('button', { name: '再核验一次' }).click();
      await page.getByRole('alert').filter({ hasText: '核验没有通过' }).waitFor();
      await visitor.shows('10-audit-broken');
      await db.$executeRaw`UPDATE ledger_entry SET body = replace(body, '"accepted":true', '"accepted":false') WHERE id = ${entry.id}`;
      await db.$executeRawUnsafe('ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_once');
      await page.getByRole('button', { name: '再核验一次' }).click();
      await page.getByRole('status').filter({ hasText: '核验通过' }).waitFor();
    });

    test('sees no case and decides nothing', async () => {
      const visitor = await house.as(auditor);
      await visitor.goTo('/');
      await visitor.shows('02-workbench-auditor');
      expect(await visitor.page.getByRole('link', { name: '待办' }).count()).toBe(0);
      await visitor.goTo(`/cases/${matter.caseId}`);
      await visitor.page.getByRole('alert').waitFor();
      expect(visitor.takeTroubles(/403/)).toEqual([]);
    });
  });
});
