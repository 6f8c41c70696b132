import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { postNotice } from '../../api/test/support/public-notice.ts';
import { announcedBatch } from '../../../libs/recruitment/recruitment.fixture.ts';
import { idNumber } from '../../../libs/people/people.fixture.ts';
import { home } from '../../worker/test/support/town.ts';
import { eventually } from '../../../scripts/processes.mjs';
import { chromiumPath } from './support/browser.ts';
import { ConsoleHouse } from './support/console.ts';

const officer = `county-hr-${home.county}-1`;
const run = chromiumPath ? describe : describe.skip;

run('what people arrange for themselves, and take away with them', () => {
  let house: ConsoleHouse;
  beforeAll(async () => {
    house = await ConsoleHouse.open();
  });
  afterAll(() => house?.close());
  afterEach(() => expect(house.troubles()).toEqual([]));

  test('how mails come is chosen, and is still so when the page is opened again', async () => {
    const visitor = await house.as(officer);
    const { page } = visitor;
    await visitor.goTo('/settings');
    await page.getByRole('radio', { name: /只要每日摘要/ }).check();
    await page.getByRole('checkbox', { name: '抄送给我的也发邮件' }).uncheck();
    await page.getByRole('button', { name: /保\s*存/ }).click();
    await page.getByText('已保存，从下一封起按此发送。').waitFor();
    await visitor.goTo('/settings');
    await page.getByRole('radio', { name: /只要每日摘要/, checked: true }).waitFor();
    await page.getByRole('checkbox', { name: '抄送给我的也发邮件', checked: false }).waitFor();
    await visitor.shows('p-settings');
  });

  test('an address for the calendar is made, read by a program, and dead once it is taken back', async () => {
    const visitor = await house.as(officer);
    const { page } = visitor;
    await visitor.goTo('/settings');
    await page.getByRole('button', { name: '生成地址' }).click();
    const address = await page.getByRole('textbox', { name: '日历订阅地址' }).inputValue();
    await visitor.shows('p-settings-address');
    expect(await (await fetch(address)).text()).toMatch(/^BEGIN:VCALENDAR\r\n/);
    await page.getByRole('button', { name: '停用地址' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: '停用地址' }).click();
    await page.getByText('还没有地址。').waitFor();
    expect((await fetch(address)).status).toBe(404);
  });

  test('the residents of a county are registered, and the page says how far it is below the standard', async () => {
    const visitor = await house.as(`county-org-${home.county}-1`);
    const { page } = visitor;
    await visitor.goTo('/reports');
    await page.getByRole('button', { name: /^登记人口：/ }).click();
    await page.getByRole('textbox', { name: '统计时点' }).fill('2025-12-31');
    await page.keyboard.press('Enter');
    await page.getByRole('spinbutton', { name: '城镇常住人口（人）' }).fill('20000');
    await page.getByRole('textbox', { name: '数据来源' }).fill('2025 年统计公报');
    await visitor.shows('11-staffing-register');
    await page.getByRole('button', { name: /^登\s*记$/ }).click();
    await page.getByText(/已登记.*的城镇常住人口。/).waitFor();
    // 18 for each 10,000 residents
    const row = page.getByRole('row', { name: /2025 年统计公报/ });
    await row.getByRole('cell', { name: '20,000', exact: true }).waitFor();
    await row.getByRole('cell', { name: '36', exact: true }).first().waitFor();
    await visitor.shows('11-staffing');
  });

  test('every report is a page with its table, of one’s own units, and they are taken along as a workbook', async () => {
    await house.town.hire();
    const visitor = await house.as(`county-org-${home.county}-1`);
    const { page } = visitor;
    await visitor.goTo('/reports?tab=team');
    for (const [tab, shown] of [
      ['年龄与学历', '各单位'],
      ['办理用时', '办理用时'],
      ['考核等次', /年度考核等次/],
      ['超期', '待办与超期'],
      ['选育护用数据', /^用/],
    ] as const) {
      await page.locator('.ant-segmented').getByText(tab, { exact: true }).click();
      await page.getByRole('heading', { name: shown }).waitFor();
      await visitor.shows(`11-report-${tab}`);
    }
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '导出 Excel' }).click()]);
    expect(download.suggestedFilename()).toMatch(/报表\.xlsx$/);
  });

  test("a case's dossier is downloaded and verifies on the reader's own machine", async () => {
    const worker = await house.town.hire();
    const starter = await house.town.as(officer);
    const { caseId } = await starter.ok('startCase', { body: { process: 'probation', input: { personId: worker.personId } } });
    const visitor = await house.as(officer);
    await visitor.goTo(`/cases/${caseId}`);
    const [download] = await Promise.all([
      visitor.page.waitForEvent('download'),
      visitor.page.getByRole('button', { name: '导出卷宗' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^卷宗-.+\.zip$/);
    const { stdout } = await promisify(execFile)(process.execPath, ['dist/libs/dossier/verifier/verify.mjs', await download.path()], {
      env: {},
    });
    expect(stdout).toMatch(/核验通过/);
    expect(stdout).not.toMatch(/尚未封存/);
  });

  test('the page that lies in a dossier verifies it in a browser, without us', async () => {
    const visitor = await house.as(officer);
    const id = (await house.service.db.case.findFirstOrThrow()).id;
    const made = await (await house.town.as(officer)).call('caseDossier', { params: { id } });
    const { unzip } = (await import('../../../libs/dossier/verifier/verify.mjs')) as {
      unzip: (bytes: Uint8Array) => Map<string, Uint8Array>;
    };
    const bytes = Buffer.from(made.body as Uint8Array);
    const page = await visitor.context.newPage();
    await page.route('http://dossier.localhost/**', (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: Buffer.from(unzip(bytes).get('verify.html')!) }),
    );
    await page.goto('http://dossier.localhost/verify.html');
    await page.getByLabel('卷宗（ZIP 文件）').setInputFiles({ name: '卷宗.zip', mimeType: 'application/zip', buffer: bytes });
    await page
      .getByRole('status')
      .getByText(/核验通过/)
      .waitFor();
    const at = bytes.indexOf(Buffer.from('办理经过'));
    const flipped = Buffer.from(bytes);
    flipped[at] = flipped[at]! ^ 1;
    await page.getByLabel('卷宗（ZIP 文件）').setInputFiles({ name: '卷宗.zip', mimeType: 'application/zip', buffer: flipped });
    await page
      .getByRole('status')
      .getByText(/case\.html：内容与清单中的指纹不符/)
      .waitFor();
    await page.close();
  });

  test('a stranger reads a public notice on a phone, objects, and asks by the code; its office deals with it', async () => {
    const { service } = house;
    const poster = await service.db.account.findUniqueOrThrow({ where: { userName: `county-org-${home.county}-1` } });
    const { noticeId } = await postNotice(service.db, { unitCode: home.county, posterId: poster.id, people: 60 });
    const stranger = await house.stranger({ phone: true });
    const { page } = stranger;
    await stranger.goTo('/');
    await page.getByRole('link', { name: /公示公告/ }).click();
    await stranger.shows('09-public-notices');
    await page.getByRole('link', { name: /认定套转结果公示/ }).click();
    await page.getByText('公示人50').waitFor();
    await page.getByRole('button', { name: '提交异议' }).click();
    await page.getByText('请选择反映的是谁').waitFor();
    await stranger.shows('09-public-notice');
    const who = page.getByRole('combobox', { name: '反映的是' });
    await who.fill('公示人57');
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText('公示人57').click();
    await page.getByRole('textbox', { name: '姓名', exact: true }).fill('吴先明');
    await page.getByRole('textbox', { name: '手机' }).fill('1398561');
    await page.getByRole('textbox', { name: '情况说明' }).fill('本人在该社区居住，反映其工作年限计算有误，社区两委可以核实。');
    await page.getByRole('checkbox', { name: /以上属实/ }).check();
    await page.getByText('手机应为 11 位数字').waitFor();
    await page.getByRole('textbox', { name: '手机' }).fill('13985612345');
    await page.getByRole('button', { name: '提交异议' }).click();
    const code = await page.getByRole('status', { name: '受理编号' }).textContent();
    await page.getByRole('textbox', { name: '受理编号' }).fill(code!);
    await page.getByRole('button', { name: /查\s*询/ }).click();
    await page.getByText('已收到，正在核对').waitFor();
    await stranger.shows('09-objection-receipt');

    const office = await house.as(`county-org-${home.county}-2`);
    await office.goTo('/notices');
    await office.page.getByText('1 件，1 件未办结').waitFor();
    await office.shows('09-notices');
    await office.page.getByRole('link', { name: /认定套转结果公示/ }).click();
    await office.page.getByText('57 · 公示人57').waitFor();
    await office.shows('09-notice-office');
    const { objectionCaseId } = await service.db.objection.findFirstOrThrow({ where: { noticeId } });
    const asked = () => service.db.task.count({ where: { caseId: objectionCaseId!, status: 'open' } });
    expect(await eventually(async () => (await asked()) === 1, 30_000)).toBe(true);
    await office.goTo(`/cases/${objectionCaseId}`);
    await office.page.getByRole('button', { name: '查看异议内容' }).click();
    await office.page.getByText('13985612345').waitFor();
    await office.shows('09-objection-case');
  });

  test('a candidate reads the announcement on a phone, signs in by a code and is told at once whether the post is open to them', async () => {
    const { db } = house.service;
    const batchId = await announcedBatch(db, new Date());
    const visitor = await house.stranger({ phone: true });
    const { page } = visitor;
    await visitor.goTo('/jobs');
    await visitor.shows('p-jobs');
    await page.getByRole('link', { name: '碧江区公开招聘社区工作者公告' }).click();
    await page.getByRole('cell', { name: 'BJ002' }).waitFor();
    await visitor.shows('p-jobs-announcement');
    const email = 'xiaoman@example.org';
    await page.getByRole('textbox', { name: '邮箱' }).fill(email);
    await page.getByRole('button', { name: '获取验证码' }).click();
    await page.getByRole('textbox', { name: '六位验证码' }).waitFor();
    await page.getByRole('textbox', { name: '六位验证码' }).fill(await codeIn(db, email));
    await page.getByRole('button', { name: /^登\s*录$/ }).click();
    await page.getByRole('textbox', { name: '姓名' }).fill('田小满');
    await page.getByRole('textbox', { name: '身份证号' }).fill(idNumber(3));
    await page.getByRole('combobox', { name: '报考岗位' }).fill('BJ002');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: '学历' }).fill('本科');
    await page.keyboard.press('Enter');
    await page.getByText('岗位要求中共党员（含预备党员）').waitFor();
    await page.getByText(/^草稿已保存/).waitFor();
    await visitor.shows('p-jobs-form');
    await visitor.goTo(`/jobs/${batchId}`);
    expect(await page.getByRole('textbox', { name: '姓名' }).inputValue()).toBe('田小满');
    await visitor.goTo('/jobs/mine');
    await page.getByText('还没有报名。').waitFor();
    await visitor.shows('p-jobs-mine');
  });
});

/** The code in the mail once the inbox has it; the outbox forgets it when the mail has left. */
async function codeIn(db: ConsoleHouse['service']['db'], email: string): Promise<string> {
  const read = async () => (await db.demoInbox.findFirst({ where: { recipient: email } }))?.text ?? '';
  expect(await eventually(async () => (await read()) !== '', 60_000)).toBe(true);
  return /验证码：(\d{6})/.exec(await read())?.[1] ?? '';
}
