import { randomUUID } from 'node:crypto';
import { line, workbookOf } from '../../../libs/roster/roster.fixture.ts';
import { eventually } from '../../../scripts/processes.mjs';
import { today } from '../../worker/test/support/town.ts';
import { chromiumPath } from './support/browser.ts';
import { ConsoleHouse } from './support/console.ts';

/** Whoever opens the batch gives no opinion in it: a colleague of the same county decides. */
const opener = 'county-org-520602-1';
const decider = 'county-org-520602-2';
const street = 'street-hr-520602002-1';
const finance = 'county-finance-520602-1';
const PEOPLE = 6;
const WITHIN = 60_000;

const run = chromiumPath ? describe : describe.skip;

run('a county’s batch, from its opening to the list decision with exceptions apart', () => {
  let house: ConsoleHouse;
  let batchId: string;
  let names: string[];
  beforeAll(async () => {
    house = await ConsoleHouse.open();
    const county = await house.town.as(opener);
    const bytes = new Uint8Array(await workbookOf(Array.from({ length: PEOPLE }, (_, n) => line(n + 1))));
    const roster = await county.ok('checkRoster', { file: { name: 'roster.xlsx', bytes } });
    await county.ok('confirmRoster', { params: { id: roster.id }, body: { goodRowsOnly: true } });
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

  const opened = async (stage: string) => {
    const isOpen = async () => (await house.service.db.stageRun.count({ where: { caseId: batchId, stage, status: 'open' } })) > 0;
    if (!(await eventually(isOpen, WITHIN))) throw new Error(`${stage} is not opened`);
  };
  /** Somebody decides on their whole list and hands it in, beside the browser. */
  const passes = async (userName: string, stage: string, answer: Record<string, unknown>) => {
    await opened(stage);
    const client = await house.town.as(userName);
    const body = { does: { act: 'decide' as const, stage, answer }, on: { open: true as const } };
    const { jobId } = await client.ok('actOnList', { params: { id: batchId }, body, key: randomUUID() });
    const finished = async () => (await client.ok('listJob', { params: { id: jobId } })).finished;
    if (!(await eventually(finished, WITHIN))) throw new Error(`${stage} is not decided`);
    for (const { id } of await house.service.db.task.findMany({ where: { caseId: batchId, stage, status: 'open' } }))
      await client.ok('answer', { params: { id }, body: { answer: { done: 'done' } }, key: randomUUID() });
  };

  step('is opened from the list of batches, and leads to its board, where everybody stands once', async () => {
    const visitor = await house.as(opener);
    const { page } = visitor;
    await page.getByRole('link', { name: '批次', exact: true }).click();
    await page.getByText('您的单位现在没有批次。').waitFor();
    await page.getByRole('link', { name: '发起批次' }).click();
    await page.getByRole('combobox', { name: '范围' }).click();
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText('碧江区').first().click();
    await page.getByRole('textbox', { name: '基准日' }).fill(today());
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '发起', exact: true }).click();
    await page.waitForURL(/\/batches\//);
    batchId = new URL(page.url()).pathname.split('/').at(-1)!;
    await page.getByText(`共 ${PEOPLE} 人`).waitFor();
    await opened('survey');
    await page.getByRole('columnheader', { name: '1 调研摸底' }).waitFor();
    await visitor.shows('07-board-opened');
    names = (await house.service.db.person.findMany({ orderBy: { staffNo: 'asc' }, select: { name: true } })).map(({ name }) => name);
  });

  step('the street’s lists come in, and the county’s officer has theirs', async () => {
    await passes(street, 'survey', { verdict: 'verified' });
    await passes(street, 'preliminary', { verdict: 'certified', opinion: '符合认定条件。' });
    await opened('review');
    const visitor = await house.as(decider);
    const { page } = visitor;
    await visitor.goTo(`/batches/${batchId}`);
    await page.getByText(`组织考察：还有 ${PEOPLE} 人没有办`).waitFor();
    await visitor.shows('07-board-part');
  });

  step('one whose papers are wanting is sent back and another set apart, each with the reason: the list is shorter by two', async () => {
    const visitor = await house.as(decider);
    const { page } = visitor;
    const sendsAway = async (name: string, act: string, label: string, reason: string, done: string) => {
      await page.getByRole('checkbox', { name: `选择${name}` }).check();
      await page.getByRole('button', { name: `${act} 1 人…` }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: done }).click();
      await dialog.getByText('请写明原因（至少 2 个字）。').waitFor();
      await dialog.getByRole('textbox', { name: label }).fill(reason);
      await dialog.getByRole('button', { name: done }).click();
      await page.getByText('已办 1 人。').waitFor();
      await page.getByRole('button', { name: '收起' }).click();
    };
    await sendsAway(names[0]!, '退回补正', '缺什么、怎样补', '缺少工作年限证明。', '退回 1 人');
    await sendsAway(names[1]!, '移出本批', '移出的原因', '正在核实是否专职。', '移出 1 人');
    await page.getByRole('heading', { name: '例外 2 人' }).waitFor();
    await page.getByText(`组织考察：还有 ${PEOPLE - 2} 人没有办`).waitFor();
    await visitor.shows('07-board-apart');
  });

  step('everybody left is decided on at once, seen through to the end, undone while the list is open, and decided again', async () => {
    const visitor = await house.as(decider);
    const { page } = visitor;
    const decidesAll = async () => {
      await page.getByRole('button', { name: `办理名册上全部 ${PEOPLE - 2} 人…` }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio').first().check();
      await dialog.getByRole('textbox', { name: '意见' }).fill('考察合格。');
      await visitor.shows('07-decide-dialog');
      await dialog.getByRole('button', { name: `办理 ${PEOPLE - 2} 人` }).click();
      await page.getByText(`已办 ${PEOPLE - 2} 人。`).waitFor();
    };
    await decidesAll();
    await page.getByRole('button', { name: '撤销这一批' }).click();
    await page.getByText(`已撤销 ${PEOPLE - 2} 人。`).waitFor();
    await page.getByText(`组织考察：还有 ${PEOPLE - 2} 人没有办`).waitFor();
    await decidesAll();
    await page.getByText('组织考察：已逐人办完，可以报送').waitFor();
    await visitor.shows('07-board-decided');
  });

  step('the list is handed in, and the batch goes on without waiting for those apart', async () => {
    const visitor = await house.as(decider);
    const { page } = visitor;
    await page.getByRole('link', { name: '报送…' }).click();
    await page.getByRole('checkbox', { name: /已逐人办完/ }).check();
    await page.getByRole('button', { name: /^提交/ }).click();
    await page.getByText('组织考察已提交。').waitFor();
    await opened('computation');
    const verdicts = await house.service.db.$queryRaw<{ result: string; count: number }[]>`
      SELECT r.result ->> 'verdict' AS result, count(*)::int AS count FROM stage_run r JOIN batch_item i ON i.case_id = r.case_id
      WHERE i.batch_id = ${batchId}::uuid AND r.stage = 'review' AND r.status = 'closed' GROUP BY 1`;
    expect(verdicts).toEqual([{ result: 'certified', count: PEOPLE - 2 }]);
    const apart = await house.as(opener);
    await apart.goTo(`/batches/${batchId}?apart=any`);
    for (const name of names.slice(0, 2)) await apart.page.getByRole('link', { name }).waitFor();
    expect(await apart.page.getByRole('link', { name: names[2]! }).count()).toBe(0);
    await apart.shows('07-board-exceptions');
  });

  step('on the phone a worker reads what it comes to, and says what is wrong or confirms', async () => {
    await passes(finance, 'computation', { verdict: 'checked' });
    await opened('confirm');
    const { staffNo } = await house.service.db.person.findFirstOrThrow({ where: { name: names[2]! }, select: { staffNo: true } });
    const visitor = await house.as(staffNo, { phone: true });
    const { page } = visitor;
    await page.getByRole('link', { name: /本人确认/ }).click();
    await page.getByRole('heading', { name: '套改后的岗位档次' }).waitFor();
    await page.getByRole('button', { name: '我有不同意见' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: '哪一项不对，应当是什么' }).waitFor();
    expect(await dialog.getByRole('combobox').count()).toBe(0);
    await visitor.shows('14-phone-disagree');
    await dialog.getByRole('button', { name: '取消' }).click();
    await page.getByRole('checkbox', { name: '我已看过，确认无误' }).check();
    await visitor.shows('14-phone-confirm');
    await page.getByRole('button', { name: /^提交/ }).click();
    await page.getByText('本人确认已提交。').waitFor();
    const { id: caseId } = await house.service.db.case.findFirstOrThrow({
      where: { process: 'conversion', title: { contains: names[2]! } },
    });
    expect(await house.service.db.stageRun.count({ where: { caseId, stage: 'confirm', status: 'closed' } })).toBe(1);
  });
});
