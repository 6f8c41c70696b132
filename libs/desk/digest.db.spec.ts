import { randomUUID } from 'node:crypto';
import { inviteCast, place, type Cast } from '../../test/support/cast.ts';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { catalogue } from '../../workflows/catalogue.ts';
import { setWishes } from '../mail/wishes.ts';
import { postMail, type Post } from '../mail/post.ts';
import { postDigests } from './digest.ts';

// A Tuesday; the Friday before is the last working day but one.
const morning = new Date('2026-11-24T00:30:00Z');
const hours = (n: number) => new Date(morning.getTime() + n * 3_600_000);
const day = (n: number) => hours(24 * n);
let database: TestDatabase;
let cast: Cast;
let caseId: string;
const room = () => ({ db: database.db, catalogue });

beforeAll(async () => {
  database = await freshDatabase();
  cast = await inviteCast(database.db, morning, { years: 1 });
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE mail, mail_wish, task, stage_run, "case" CASCADE`;
  caseId = randomUUID();
  const about = { process: 'probation', naturalKey: 'k', run: 1, unitCode: place.community, status: 'running', input: {}, pinned: {} };
  await database.db.case.create({ data: { ...about, id: caseId, caseNo: 'SY-1', title: '田新人 · 试用转正', startedAt: day(-9) } });
  await database.db.stageRun.create({
    data: { caseId, stage: 'street', round: 1, status: 'open', openedAt: day(-9), seq: 1 },
  });
});

const task = (dueAt: Date | null, { assigneeId, openedAt = day(-9) }: { assigneeId?: string; openedAt?: Date } = {}) =>
  database.db.task.create({
    data: {
      caseId,
      process: 'probation',
      stage: 'street',
      round: 1,
      status: 'open',
      openedAt,
      dueAt,
      ...(assigneeId ? { assigneeId } : { audienceRole: 'STREET_HR', audienceUnit: place.street }),
    },
  });
async function sendAll(at = morning): Promise<number> {
  let posted = 0;
  for (let after: string | null = null; ;) {
    const part = await postDigests(room(), { at, after });
    posted += part.posted;
    if (part.next === null) return posted;
    after = part.next;
  }
}
const digests = () => database.db.mail.findMany({ where: { template: 'digest' }, orderBy: { id: 'asc' } });
interface Said {
  later: number;
  news: string[];
  sections: { kind: string; total: number; lines: { fresh: boolean; stageTitle: string }[] }[];
}
const said = async (accountId: string) => (await digests()).find((mail) => mail.accountId === accountId)?.params as Said | undefined;

test('each person with open tasks gets one, whoever has none gets nothing', async () => {
  await task(hours(3));
  await task(day(2), { assigneeId: cast.ids.chair });
  expect(await sendAll()).toBe(3);
  const to = (await digests()).map(({ accountId }) => accountId).sort();
  expect(to).toEqual([cast.ids.street, cast.ids.street2, cast.ids.chair].sort());
});

test('twice, or from the middle of a run that broke off, sends nothing twice; the next working day does', async () => {
  await task(day(20));
  await Promise.all([sendAll(), sendAll()]);
  expect(await sendAll(hours(2))).toBe(0);
  expect(await digests()).toHaveLength(2);
  expect(await sendAll(day(1))).toBe(2);
});

test('a task stands in the first part that fits: overdue, today, this week, new; the rest is counted', async () => {
  await task(hours(-1));
  await task(hours(9));
  await task(day(7));
  await task(day(20), { openedAt: hours(-23) });
  await task(null, { openedAt: day(-1) });
  await task(day(20), { openedAt: new Date(day(-1).getTime() - 1) });
  await sendAll();
  const { sections, later } = (await said(cast.ids.street))!;
  expect(sections.map(({ kind, total }) => `${kind} ${total}`)).toEqual(['overdue 1', 'today 1', 'week 1', 'fresh 2']);
  expect(later).toBe(1);
  expect(sections[0]!.lines).toMatchObject([{ fresh: false, stageTitle: '街道考核' }]);
});

test('after a weekend everything since the working day before is new', async () => {
  const monday = new Date('2026-11-30T00:30:00Z');
  await task(day(20), { openedAt: new Date('2026-11-27T02:00:00Z') });
  await sendAll(monday);
  expect((await said(cast.ids.street))!.sections.map(({ kind }) => kind)).toEqual(['fresh']);
});

test.each([
  ['a Sunday', new Date('2026-11-29T00:30:00Z')],
  ['before eight', new Date('2026-11-24T23:30:00Z')],
  ['after nine in the evening', new Date('2026-11-24T13:00:00Z')],
])('nothing is sent on %s', async (_, at) => {
  await task(hours(3));
  expect(await sendAll(at)).toBe(0);
});

test("a county's own festival holds back its own people's digest alone", async () => {
  const off = [{ name: '火把节', from: '2026-11-24', to: '2026-11-24' }];
  const key = { year: 2026, unitCode: place.county };
  await database.db.calendarYear.create({ data: { ...key, official: true, source: 'test', off, makeUp: [] } });
  await task(hours(3));
  await task(hours(3), { assigneeId: cast.ids.cityOrg });
  await sendAll();
  expect((await digests()).map(({ accountId }) => accountId)).toEqual([cast.ids.cityOrg]);
  await database.db.calendarYear.delete({ where: { year_unitCode: key } });
});

describe('what was kept back', () => {
  const ended = (more: Partial<Post> = {}) =>
    database.db.$transaction((tx) =>
      postMail(tx, {
        eventKey: `${caseId}/ended`,
        to: [cast.ids.chair],
        template: 'case-ended',
        caseId,
        at: morning,
        params: { caseId, caseNo: 'SY-1', caseTitle: '田新人 · 试用转正', outcomeTitle: '予以转正' },
        ...more,
      } as Post),
    );
  beforeEach(() => database.db.$transaction((tx) => setWishes(tx, cast.ids.chair, { pace: 'digest', copies: true }, morning)));

  test('is told once, by its subject, and its row says when', async () => {
    await ended();
    expect(await database.db.mail.findMany()).toMatchObject([{ status: 'digest', sentAt: null }]);
    expect(await sendAll()).toBe(1);
    expect((await said(cast.ids.chair))!.news).toEqual(['【办结】田新人 · 试用转正：予以转正']);
    expect(await database.db.mail.findFirst({ where: { template: 'case-ended' } })).toMatchObject({ status: 'digest', sentAt: morning });
    expect(await sendAll(day(1))).toBe(0);
  });

  test("what comes after the day's digest waits for the next", async () => {
    await task(day(3), { assigneeId: cast.ids.chair });
    await sendAll();
    await ended({ at: hours(1) });
    await sendAll(hours(2));
    expect(await database.db.mail.findFirst({ where: { template: 'case-ended' } })).toMatchObject({ sentAt: null });
    await sendAll(day(1));
    expect(
      (await digests()).filter(({ accountId }) => accountId === cast.ids.chair).map(({ params }) => (params as unknown as Said).news),
    ).toEqual([[], ['【办结】田新人 · 试用转正：予以转正']]);
  });
});
