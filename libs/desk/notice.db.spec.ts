import { announcement, announcementStory, posting, roll, rollStory } from '../../test/support/announcement.ts';
import { DeskHouse, MatterAtDesk } from '../../test/support/matter-at-desk.ts';
import { formatEnd, instantOf } from '../domain/dates.ts';
import { listForNotice } from './notice.ts';

let house: DeskHouse;
beforeAll(async () => {
  house = await DeskHouse.open('2025-09-01T02:00:00Z');
});
afterAll(() => house.close());

const until = async (matter: MatterAtDesk, on: string, time: string) => {
  house.now = instantOf(on, time);
  await matter.told.goOn();
  await matter.sound();
};
/** A matter whose notice is posted on a day. */
async function posted(on: string, { process = announcement, story = announcementStory } = {}): Promise<MatterAtDesk> {
  house.now = instantOf(on, '09:30');
  const matter = await MatterAtDesk.start(house, { process: process.name, story, starter: 'countyHr' });
  if (process === roll) await list(matter, 3);
  expect(await matter.answers('draft', 'street', { text: '初稿' })).toBeNull();
  expect(await matter.answers('notice', 'countyOrg', posting)).toBeNull();
  return matter;
}
const list = (matter: MatterAtDesk, n: number) =>
  house.room.db.$transaction((tx) =>
    listForNotice(tx, {
      caseId: matter.caseId,
      stage: 'notice',
      at: house.now,
      rows: Array.from({ length: n }, (_, i) => ({
        key: `p${i + 1}`,
        name: `公示人${i + 1}`,
        unitName: '锦江街道',
        post: '五岗',
        detail: '五岗一级一档',
      })),
    }),
  );
const endOf = async (matter: MatterAtDesk, stage = 'notice') => {
  const { dueAt } = (await matter.run(stage))!;
  return dueAt && formatEnd(dueAt);
};
const noticeOf = ({ caseId }: MatterAtDesk) => house.room.db.notice.findFirstOrThrow({ where: { caseId }, orderBy: { round: 'desc' } });

describe('公示期', () => {
  test.each([
    ['2025-09-26', 5, '2025-10-10'],
    ['2025-09-26', 7, '2025-10-13'],
    ['2026-02-10', 5, '2026-02-24'],
    ['2026-02-10', 7, '2026-02-26'],
    ['2026-04-29', 5, '2026-05-09'],
    ['2026-04-29', 7, '2026-05-12'],
    ['2026-05-06', 5, '2026-05-12'],
    ['2026-05-06', 7, '2026-05-14'],
    ['2026-06-15', 5, '2026-06-23'],
    ['2026-06-15', 7, '2026-06-25'],
    ['2026-09-18', 5, '2026-09-24'],
    ['2026-09-18', 7, '2026-09-29'],
    ['2026-09-24', 5, '2026-10-09'],
    ['2026-09-24', 7, '2026-10-12'],
    ['2026-09-29', 5, '2026-10-12'],
    ['2026-09-29', 7, '2026-10-14'],
  ])('posted on %s for %i working days it ends on %s at 17:30, and not before', async (on, days, end) => {
    await house.room.db.policy.updateMany({ where: { key: 'notice.days' }, data: { value: { workingDays: days } } });
    const matter = await posted(on);
    expect((await matter.run('notice'))!.dueAt).toEqual(instantOf(end, '17:30'));
    await until(matter, end, '17:29');
    expect((await matter.run('notice'))!.status).toBe('open');
    await until(matter, end, '17:30');
    expect(await matter.run('notice')).toMatchObject({ status: 'closed', result: { result: 'clear', objections: 0 } });
    expect((await matter.run('file'))!.status).toBe('open');
    await house.room.db.policy.updateMany({ where: { key: 'notice.days' }, data: { value: { workingDays: 5 } } });
  });

  test('a policy outside of 3 to 15 working days is not followed', async () => {
    await house.room.db.policy.updateMany({ where: { key: 'notice.days' }, data: { value: { workingDays: 2 } } });
    const matter = await posted('2026-05-06');
    await house.room.db.policy.updateMany({ where: { key: 'notice.days' }, data: { value: { workingDays: 5 } } });
    expect(await endOf(matter)).toBe('5月12日(周二) 17:30');
  });

  test('whoever is asked confirms where it is posted; the person concerned is the only one on it, by name and post', async () => {
    const matter = await posted('2026-05-06');
    expect(await noticeOf(matter)).toMatchObject({ ...posting, title: '碧江区社区工作者聘用结果公示', days: 5, closedAt: null });
    const rows = await house.room.db.noticeRow.findMany({ where: { caseId: matter.caseId } });
    expect(rows).toMatchObject([{ key: matter.worker.personId, name: matter.worker.name, post: '社区专职工作人员' }]);
    await until(matter, '2026-05-12', '18:00');
    expect(await noticeOf(matter)).toMatchObject({ closedAt: house.now, statement: { listed: 1, objections: 0 } });
    expect(await matter.answers('file', 'countyOrg2', { docNo: '1号' })).toBeNull();
    expect(matter.told.outcome).toBe('done');
  });

  test('held, it stands still; resumed, it goes on by the working days held', async () => {
    const matter = await posted('2026-05-06');
    house.now = instantOf('2026-05-08', '10:00');
    const onPaper = { caseId: matter.caseId, reason: '等待上级批复', documentNo: '碧组发〔2026〕12号' };
    expect(await matter.does('countyHr', (by) => house.desk.hold({ ...by, ...onPaper }))).toBeNull();
    expect(await endOf(matter)).toBeNull();
    await until(matter, '2026-05-13', '10:00');
    expect((await matter.run('notice'))!.status).toBe('open');
    expect(await matter.does('countyHr', (by) => house.desk.resume({ ...by, ...onPaper }))).toBeNull();
    expect(await endOf(matter)).toBe('5月18日(周一) 17:30');
  });

  test('a changed calendar moves its end', async () => {
    const matter = await posted('2026-11-02');
    expect(await endOf(matter)).toBe('11月9日(周一) 17:30');
    const own = {
      year: 2026,
      unitCode: '520602',
      official: true,
      source: '区政府通知',
      off: [{ name: '节日', from: '2026-11-05', to: '2026-11-06' }],
      makeUp: [],
      version: 1,
    };
    expect(await house.desk.previewCalendar({ table: own, at: house.now })).toMatchObject({
      moves: expect.arrayContaining([expect.objectContaining({ caseId: matter.caseId, after: instantOf('2026-11-11', '17:30') })]),
    });
    const by = await matter.by('system');
    await house.desk.changeCalendar({ ...by, table: own, reason: '区政府通知' });
    await until(matter, '2026-11-02', '11:00');
    expect(await endOf(matter)).toBe('11月11日(周三) 17:30');
    await until(matter, '2026-11-09', '18:00');
    expect((await matter.run('notice'))!.status).toBe('open');
    await until(matter, '2026-11-11', '17:30');
    expect((await matter.run('notice'))!.status).toBe('closed');
  });

  test('withdrawn, its stage is over with the case', async () => {
    const matter = await posted('2026-05-06');
    expect(await matter.does('countyHr', (by) => house.desk.withdraw({ ...by, caseId: matter.caseId, reason: '名单有误' }))).toBeNull();
    expect(await matter.run('notice')).toMatchObject({ status: 'superseded' });
    expect(matter.told.outcome).toBe('withdrawn');
  });
});

describe('名单', () => {
  test('of a list everybody goes on at the end; nothing personal can be put on it, and nobody twice', async () => {
    house.now = instantOf('2026-05-06', '09:30');
    const matter = await MatterAtDesk.start(house, { process: 'roll', story: rollStory, starter: 'countyHr' });
    const put = (rows: { key: string; name: string; unitName: string; post: string }[]) =>
      house.room.db.$transaction((tx) => listForNotice(tx, { caseId: matter.caseId, stage: 'notice', rows, at: house.now }));
    const row = { key: 'p1', name: '公示人', unitName: '锦江街道', post: '五岗' };
    expect(await put([])).toMatchObject({ refused: 'NoticeListNotSound' });
    expect(await put([row, row])).toMatchObject({ refused: 'NoticeListNotSound' });
    expect(await put([{ ...row, post: '五岗 522201 19900101 1234' }])).toMatchObject({ refused: 'NoticeListNotSound' });
    expect(await put([{ ...row, name: '公示人 13900000000' }])).toMatchObject({ refused: 'NoticeListNotSound' });
    expect(await list(matter, 2_000)).toEqual({ listed: 2_000 });
    expect(await matter.answers('draft', 'street', { text: '初稿' })).toBeNull();
    expect(await list(matter, 3)).toEqual({ listed: 3 });
    expect(await matter.answers('notice', 'countyOrg', posting)).toBeNull();
    expect(await list(matter, 2)).toMatchObject({ refused: 'NoticePosted' });
    await until(matter, '2026-05-12', '17:30');
    expect(await matter.answers('file', 'countyOrg2', { docNo: '1号' })).toBeNull();
    expect(matter.told.outcome).toBe('done');
    expect(await noticeOf(matter)).toMatchObject({ statement: { listed: 3 } });
  });
});
