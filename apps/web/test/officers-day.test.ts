import { readFile } from 'node:fs/promises';
import { addDays, lastDayOfTerm } from '../../../libs/domain/dates.ts';
import { line, workbookOf } from '../../../libs/roster/roster.fixture.ts';
import { answerTo, failing } from '../../../workflows/processes/probation/probation.fixture.ts';
import { lateStart, today } from '../../worker/test/support/town.ts';
import { Matter } from '../../worker/test/support/matter.ts';
import { chromiumPath, type Visitor } from './support/browser.ts';
import { ConsoleHouse } from './support/console.ts';

const officer = 'county-org-520602-1';
const street = 'street-hr-520602002-1';
const committee = [1, 2, 3, 4].map((n) => `committee-520602002-${n}`);
const worker = '石新竹';
const secretary = '安书田';
/** Formal from the day after six months of probation. */
const formalOn = addDays(lastDayOfTerm(lateStart(), 6), 1);

/** Twelve people of one community: its secretary, someone whose probation ends in three weeks, and two faulty lines. */
const roster = () =>
  workbookOf([
    ...Array.from({ length: 8 }, (_, n) => line(n + 1)),
    line(9, { name: secretary, postTitle: '社区党组织书记' }),
    line(10, { name: worker, joinedOn: lateStart(), 'rating:2025': null }),
    line(11, { bornOn: '1991-05-28' }),
    line(12, { community: '北门居委会' }),
  ]);

const run = chromiumPath ? describe : describe.skip;

run('an officer’s day, from the roster to the filed conversion', () => {
  let house: ConsoleHouse;
  let caseAddress: string;
  let workerName: string;
  let secretaryName: string;
  beforeAll(async () => {
    house = await ConsoleHouse.open();
  });
  afterAll(() => house?.close());

  /** The day goes on only from where it got to. */
  let stoppedAt: string | null = null;
  const step = (title: string, act: () => Promise<void>) =>
    test(title, async () => {
      if (stoppedAt) throw new Error(`Not reached: the day stopped at “${stoppedAt}”`);
      stoppedAt = title;
      await act().catch(async (error: unknown) => {
        await house.picture('stopped');
        throw new Error(`${String(error)}\nUnder the pages: ${house.troubles().join('\n') || 'nothing wrong'}`, { cause: error });
      });
      stoppedAt = null;
      expect(house.troubles()).toEqual([]);
    });

  const answers = async (visitor: Visitor, stage: string, fill: () => Promise<void>) => {
    const { page } = visitor;
    await visitor.goTo('/tasks');
    await page.getByRole('region', { name: new RegExp(`${worker}.*${stage}`) }).waitFor();
    await fill();
    await page.getByRole('button', { name: /^提交/ }).click();
    await page.getByText(`${stage}已提交。`).waitFor();
  };
  const choose = (visitor: Visitor, label: string) => visitor.page.getByRole('radio', { name: label, exact: true }).check();
  const confirm = (visitor: Visitor, label: string) => visitor.page.getByRole('checkbox', { name: label }).check();
  const write = (visitor: Visitor, label: string, words: string) => visitor.page.getByRole('textbox', { name: label }).fill(words);
  const pick = async (visitor: Visitor, label: string, option: RegExp) => {
    await visitor.page.getByRole('combobox', { name: label }).click();
    await visitor.page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText(option).first().click();
  };
  const reload = async (visitor: Visitor) => {
    await visitor.goTo(caseAddress);
    await visitor.settles();
  };

  step('the workbench of a new county says what to do', async () => {
    const visitor = await house.as(officer);
    await visitor.page.getByText('没有待办。').waitFor();
    expect(await visitor.page.title()).toContain('工作台');
    await visitor.shows('02-workbench-empty');
  });

  step('a roster is looked through before anything is written: each fault with its row, column and cure', async () => {
    const visitor = await house.as(officer);
    const { page } = visitor;
    await page.getByRole('link', { name: '导入' }).click();
    await visitor.shows('06-import-upload');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: '选择 .xlsx 文件' }).click();
    await (await chooser).setFiles({ name: '碧江区花名册.xlsx', mimeType: 'application/octet-stream', buffer: await roster() });
    await page.getByText('没有写入任何数据').waitFor();
    await page.getByRole('button', { name: '确认导入 12 行' }).waitFor();
    expect(await page.getByRole('button', { name: '确认导入 12 行' }).isDisabled()).toBe(true);
    const faults = page.getByRole('region', { name: '逐处说明' });
    await faults
      .getByRole('row', { name: /13.*身份证号/ })
      .getByRole('button')
      .click();
    await page.getByRole('heading', { name: '第 13 行在表中的样子' }).waitFor();
    await visitor.shows('06-import-dry-run');
    await page.getByText('逐行结果').click();
    await page
      .getByRole('region', { name: '逐行结果' })
      .getByRole('row', { name: new RegExp(worker) })
      .waitFor();
    await visitor.shows('06-import-rows');
    expect(await house.service.db.person.count()).toBe(0);
  });

  step('the workbook comes back with its faults marked', async () => {
    const { page } = await house.as(officer);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: /下载标注后的工作簿/ }).click();
    expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);
    expect(await (await download).failure()).toBeNull();
  });

  step('a spelling that the officer explains is remembered and the row becomes good', async () => {
    const visitor = await house.as(officer);
    const { page } = visitor;
    await page.getByText('逐处说明').click();
    await page
      .getByRole('region', { name: '逐处说明' })
      .getByRole('row', { name: /北门居委会/ })
      .getByRole('button')
      .click();
    await page.getByRole('button', { name: /把“北门居委会”当作/ }).click();
    await page.getByText('已记住，并重新试运行。').waitFor();
    await page.getByRole('button', { name: '只导入没有错误的 11 行…' }).waitFor();
  });

  step('the good rows alone are taken, in one go', async () => {
    const visitor = await house.as(officer);
    const { page } = visitor;
    await page.getByRole('button', { name: '只导入没有错误的 11 行…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '导入 11 行' }).click();
    await page.getByRole('heading', { name: '已导入' }).waitFor();
    await visitor.shows('06-import-done');
    expect(await house.service.db.person.count()).toBe(11);
    const accounts = await house.service.db.account.findMany({ where: { displayName: { in: [worker, secretary] } } });
    workerName = accounts.find(({ displayName }) => displayName === worker)!.userName;
    secretaryName = accounts.find(({ displayName }) => displayName === secretary)!.userName;
  });

  step('the person stands in the roster with what was assumed marked', async () => {
    const visitor = await house.as(officer);
    const { page } = visitor;
    await page.getByRole('link', { name: '看名册' }).click();
    await page.getByRole('textbox', { name: '姓名、工号的一部分' }).fill('新竹');
    await page.getByRole('link', { name: worker }).waitFor();
    await visitor.shows('08-roster');
    await page.getByRole('link', { name: worker }).click();
    await page.getByRole('heading', { name: worker }).waitFor();
    await page.getByText('推定').first().waitFor();
    await visitor.shows('08-person');
    await page.getByRole('button', { name: '查看', exact: true }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: '用途' }).fill('核对转正材料');
    await page.getByRole('dialog').getByRole('button', { name: '查看身份证号' }).click();
    await page.getByText(/^520690\d{11}[\dX]$/).waitFor();
  });

  step('the whole calendar of a case is seen before it is started', async () => {
    const visitor = await house.as(officer);
    const { page } = visitor;
    await page.getByRole('link', { name: '为此人发起' }).click();
    await page.getByRole('region', { name: '全部期限' }).waitFor();
    await page.getByText('按时办理时的结果：按期转正').waitFor();
    await visitor.shows('05-start-preview');
    await page.getByRole('button', { name: '发起', exact: true }).click();
    await page.getByRole('heading', { name: new RegExp(worker) }).waitFor();
    caseAddress = new URL(page.url()).pathname;
    await page.getByRole('img', { name: /现在在.*导师结对/ }).waitFor();
    await visitor.shows('04-case-new');
  });

  step('the list of all on probation shows that this one is under way', async () => {
    const visitor = await house.as(officer);
    await visitor.goTo('/start/probation-list');
    await visitor.page.getByRole('link', { name: '已在办理' }).waitFor();
    await visitor.shows('05-probation-list');
  });

  step('the worker confirms the conditions on a phone of 360 px', async () => {
    const visitor = await house.as(workerName, { phone: true });
    const { page } = visitor;
    await page.getByRole('link', { name: /录用条件确认/ }).click();
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('请选择确认').waitFor();
    await visitor.shows('14-phone-conditions');
    await confirm(visitor, '我已阅读并知悉录用条件和试用期要求');
    await page.getByRole('button', { name: /^提交/ }).click();
    await page.getByText('录用条件确认已提交。').waitFor();
  });

  step('the street pairs the mentor, chosen from those who may be one', async () => {
    const visitor = await house.as(street);
    await answers(visitor, '导师结对', async () => {
      await visitor.shows('03-tasks');
      await pick(visitor, '导师', new RegExp(secretary));
      await write(visitor, '帮带计划', '每周走访两次，每月小结一次。');
    });
  });

  step('the secretary records the midpoint check', async () => {
    const visitor = await house.as(secretaryName);
    await answers(visitor, '中期检查', async () => {
      await choose(visitor, '补录');
      await write(visitor, '检查情况或原因', '帮带计划按期完成，工作日志齐全。');
    });
  });

  step('the worker writes the summary on the phone: missing characters are counted, the draft outlives a closed page', async () => {
    const visitor = await house.as(workerName, { phone: true });
    const { page } = visitor;
    await visitor.goTo('/tasks');
    await page.getByRole('link', { name: /本人总结/ }).click();
    await write(visitor, '试用期工作总结', '入户走访三百户。');
    await page.getByText('还差 42 个字（至少 50 个字）').waitFor();
    await page.getByText(/已保存草稿/).waitFor();
    await page.reload();
    expect(await page.getByRole('textbox', { name: '试用期工作总结' }).inputValue()).toBe('入户走访三百户。');
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByRole('alert').filter({ hasText: '请填写不足与打算' }).waitFor();
    await visitor.shows('13-phone-summary');
    const answer = answerTo['本人总结']!(today()) as { work: string; shortcomings: string };
    await write(visitor, '试用期工作总结', answer.work);
    await write(visitor, '不足与打算', answer.shortcomings);
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('本人总结已提交。').waitFor();
    await page.getByText('没有待办。').waitFor();
    await page.getByRole('link', { name: '我的办件' }).click();
    await visitor.shows('13-phone-cases');
    await page.getByRole('link', { name: /试用转正/ }).click();
    await page.getByRole('listitem').filter({ hasText: '本人总结：已办' }).waitFor();
    await visitor.shows('13-phone-case');
  });

  const opines = (visitor: Visitor) => async () => {
    await choose(visitor, '合格');
    await write(visitor, '意见', '表现符合录用条件，建议按期转正，没有不同意见。');
  };

  step('after one answer the next task is there at once', async () => {
    const visitor = await house.as(secretaryName);
    await answers(visitor, '社区意见', opines(visitor));
    await visitor.page.getByRole('region', { name: new RegExp(`${worker}.*导师意见`) }).waitFor();
    await opines(visitor)();
    await visitor.page.getByRole('button', { name: /^提交/ }).click();
    await visitor.page.getByText('导师意见已提交。').waitFor();
  });

  step('the street sends it back, the map draws the way and the new round', async () => {
    const visitor = await house.as(street);
    const { page } = visitor;
    await reload(visitor);
    await page.getByRole('form', { name: '街道考核' }).waitFor();
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog');
    await pick(visitor, '退回到', /^社区意见$/);
    await dialog.getByRole('textbox', { name: '退回原因' }).fill('群众评价没有走访依据，请补走访记录后重报。');
    await visitor.shows('04-return-dialog');
    await dialog.getByRole('button', { name: '退回' }).click();
    await page.getByText('已退回到社区意见。').waitFor();
    await answers(await house.as(secretaryName), '社区意见', opines(await house.as(secretaryName)));
    await answers(await house.as(secretaryName), '导师意见', opines(await house.as(secretaryName)));
    await reload(visitor);
    await page
      .getByRole('img', { name: /流程图/ })
      .getByText('第 2 轮')
      .first()
      .waitFor();
    await page
      .getByRole('img', { name: /流程图/ })
      .getByText(/退回$/)
      .waitFor();
    await page.getByText('群众评价没有走访依据').waitFor();
    await visitor.shows('04-case-second-round');
    await page.getByRole('button', { name: '用文字看流程' }).click();
    await page.getByRole('listitem').filter({ hasText: '街道考核：正在办' }).waitFor();
  });

  step('the street scores; what is wrong stands beside its field', async () => {
    const visitor = await house.as(street);
    const { page } = visitor;
    await reload(visitor);
    await choose(visitor, '合格');
    await page.getByRole('textbox', { name: '考核谈话日期' }).fill(today());
    await page.keyboard.press('Enter');
    for (const [title, score] of [
      ['政治素质', 18],
      ['业务能力', 22],
      ['工作实绩', 22],
      ['群众评价', 21],
      ['遵纪守规', 10],
    ] as const) {
      await page.getByRole('textbox', { name: new RegExp(`^${title}得分`) }).fill(String(score));
    }
    await write(visitor, '考核意见', '同意按期转正。');
    await page.getByRole('button', { name: /^提交/ }).click();
    await page.getByText('群众评价最高 20 分').waitFor();
    await page.getByText('还差 13 个字（至少 20 个字）').waitFor();
    await visitor.shows('04-case-form-faults');
    await page.getByRole('textbox', { name: /^群众评价得分/ }).fill('18');
    await write(visitor, '考核意见', '经考核谈话和群众评价，综合得分良好，同意按期转正。');
    expect(await page.getByRole('row', { name: /合计/ }).textContent()).toContain('90');
    await page.keyboard.press('Control+Enter');
    await page.getByText('街道考核已提交。').waitFor();
  });

  step('who has scored may not sit in the decision, and the page says why', async () => {
    const visitor = await house.as(street);
    await reload(visitor);
    await visitor.page.getByText('本件现在没有您的待办。').waitFor();
    const matter = new Matter(house.town, caseAddress.split('/').at(-1)!, {
      county: '520602',
      street: '520602002',
      community: '',
      worker: null as never,
      secretary: secretaryName,
      starter: officer,
    });
    for (const member of committee.slice(1)) await matter.answers(member, 'committee');
    const chair = await house.as(committee[0]!);
    await answers(chair, '党工委决定', async () => {
      await choose(chair, '不合格');
      await chair.page.getByRole('textbox', { name: '意见', exact: true }).fill(failing.opinion);
      await chair.page.getByRole('button', { name: /^提交/ }).click();
      await chair.page.getByText(/不合格的须写明/).waitFor();
      await chair.shows('04-committee');
      await choose(chair, '合格');
      await chair.page.getByRole('textbox', { name: '意见', exact: true }).fill('同意按期转正。');
    });
  });

  step('the county sees what will change, agrees by keyboard, and files', async () => {
    const visitor = await house.as(officer);
    const { page } = visitor;
    await visitor.goTo('/tasks');
    await page.getByRole('region', { name: new RegExp(`${worker}.*县级备案`) }).waitFor();
    await visitor.shows('03-filing');
    await page.getByRole('heading', { name: new RegExp(worker) }).click();
    await page.keyboard.press('a');
    expect(await page.getByRole('checkbox', { name: '同意备案' }).isChecked()).toBe(true);
    await write(visitor, '意见内容', '程序规范，材料齐全，同意备案。');
    await page.keyboard.press('Control+Enter');
    await page.getByText('县级备案已提交。').waitFor();
  });

  step('the worker takes note, the case has ended, and the person is formal from the day after probation', async () => {
    const phone = await house.as(workerName, { phone: true });
    await phone.goTo('/tasks');
    await phone.page.getByRole('link', { name: /告知本人/ }).click();
    await confirm(phone, '我已收到并知悉结果');
    await phone.page.getByRole('button', { name: /^提交/ }).click();
    await phone.page.getByText('告知本人已提交。').waitFor();
    const visitor = await house.as(officer);
    const { page } = visitor;
    await expectEventually(async () => {
      await reload(visitor);
      return page.getByText('按期转正').first().isVisible();
    });
    await visitor.shows('04-case-ended');
    for (const [format, begins] of [
      ['PDF', '%PDF-'],
      ['Word', 'PK'],
    ] as const) {
      const [paper] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: `下载《转正审批表》${format}` }).click(),
      ]);
      expect((await readFile(await paper.path())).subarray(0, begins.length).toString()).toBe(begins);
    }
    await page.getByRole('link', { name: '打开个人档案' }).click();
    await page.getByRole('heading', { name: worker }).waitFor();
    await page.getByRole('textbox', { name: '查看时点' }).fill(formalOn);
    await page.keyboard.press('Enter');
    await page.getByText('正式', { exact: true }).first().waitFor();
    await page
      .getByRole('region', { name: '改动记录' })
      .getByText(/五岗.级.档/)
      .waitFor();
    await visitor.shows('08-person-converted');
  });

  step('the mails that came of it are listed, and the demo inbox has received them', async () => {
    await house.town.morning();
    const visitor = await house.as(officer);
    const { page } = visitor;
    await page.getByRole('link', { name: '提醒' }).click();
    await page.getByText('本单位发出的').click();
    await page.getByRole('region', { name: '提醒列表' }).getByText(worker).first().waitFor();
    await visitor.shows('p-mails');
    await page.getByText('演示邮箱', { exact: true }).click();
    await page.getByRole('list', { name: '演示邮箱收到的邮件' }).getByRole('button').first().click();
    await visitor.shows('p-demo-inbox');
  });

  step('every other page of the officer is sound', async () => {
    const visitor = await house.as(officer);
    for (const [address, name] of [
      ['/', '02-workbench'],
      ['/done', '03-done'],
      ['/started?status=all', 'p-started'],
      ['/incidents', 'p-incidents'],
      ['/settings', 'p-settings'],
      ['/start', '05-start'],
      [`/find?q=${encodeURIComponent('新竹')}`, 'p-find'],
      ['/import', '06-import-history'],
      ['/no-such-page', 'p-not-found'],
    ] as const) {
      await visitor.goTo(address);
      await visitor.shows(name);
    }
  });
});

async function expectEventually(holds: () => Promise<boolean>, tries = 20): Promise<void> {
  for (let left = tries; left > 0; left -= 1) if (await holds()) return;
  throw new Error('It did not come to pass');
}
