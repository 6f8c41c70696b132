import { randomUUID } from 'node:crypto';
import { postOffice, type PostOffice } from './mail.fixture.ts';
import { mailsPage, retryMail } from './mails.ts';
import { postMail } from './post.ts';
import { setWishes, wishesOf } from './wishes.ts';

let office: PostOffice;
beforeAll(async () => (office = await postOffice()));
afterAll(() => office.close());
beforeEach(() => office.empty());

describe('posting', () => {
  test('one event and one person make one mail, however often and however many at once', async () => {
    await Promise.all(
      Array.from({ length: 10 }, (_, i) => office.post({ to: i % 2 ? [office.tian, office.long] : [office.long, office.tian] })),
    );
    await office.post();
    const mails = await office.rows();
    expect(mails.map(({ accountId }) => accountId).sort()).toEqual([office.tian, office.long].sort());
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(2);
  });

  test('the Message-ID follows from event and person alone', async () => {
    await office.post();
    const [first] = await office.rows();
    await office.db.mail.deleteMany();
    await office.post({ at: office.later(86_400_000), to: [office.long, office.tian] });
    const again = (await office.rows()).find(({ accountId }) => accountId === office.tian);
    expect(again!.messageId).toBe(first!.messageId);
    expect(first!.messageId).toMatch(/^<[0-9a-f]{40}@miaopu\.local>$/);
    await office.post({ eventKey: 'another' });
    expect((await office.rows()).filter(({ messageId }) => messageId === first!.messageId)).toHaveLength(1);
  });

  test('a person without an address gets a row that says so; an unknown account none', async () => {
    await office.post({ to: [office.none, randomUUID()] });
    expect(await office.rows()).toMatchObject([{ accountId: office.none, status: 'no-address', recipient: '' }]);
  });

  test('an act that fails posts nothing', async () => {
    const failing = office.db.$transaction(async (tx) => {
      await postMail(tx, { eventKey: 'e', to: [office.tian], template: 'task-opened', params: office.params, at: office.at });
      throw new Error('the act failed');
    });
    await expect(failing).rejects.toThrow();
    expect(await office.rows()).toEqual([]);
  });
});

describe('by hand', () => {
  const retry = (mailId: bigint) => office.db.$transaction((tx) => retryMail(tx, { mailId, at: office.later(1_000) }));

  test("a failed mail goes out again to today's address with the same Message-ID, and gets three days anew", async () => {
    await office.post();
    const [before] = await office.rows();
    await office.db.mail.updateMany({ data: { status: 'failed', recipient: 'old@example.org', firstTryAt: office.at } });
    expect(await retry(before!.id)).toBeNull();
    expect((await office.rows())[0]).toMatchObject({
      status: 'waiting',
      recipient: 'tian@example.org',
      messageId: before!.messageId,
      firstTryAt: null,
      notBefore: office.later(1_000),
    });
  });

  test('a mail that had no address goes out once there is one', async () => {
    await office.post({ to: [office.none] });
    const [mail] = await office.rows();
    expect(await retry(mail!.id)).toMatchObject({ refused: 'MailWithoutAddress' });
    await office.db.account.update({ where: { id: office.none }, data: { email: 'wu@example.org' } });
    expect(await retry(mail!.id)).toBeNull();
    expect((await office.rows())[0]).toMatchObject({ status: 'waiting', recipient: 'wu@example.org' });
    await office.db.account.update({ where: { id: office.none }, data: { email: null } });
  });

  test('a mail on its way or unknown is refused', async () => {
    await office.post();
    expect(await retry((await office.rows())[0]!.id)).toMatchObject({ refused: 'MailNotFailed' });
    expect(await retry(999_999n)).toMatchObject({ refused: 'NotFound' });
  });
});

describe('the list', () => {
  const subjects = async (query: object) =>
    (await mailsPage(office.db, { limit: 50, ...query })).items.map(({ account, template }) => `${account.name} ${template}`);

  test('finds by person, case, unit, status and words, newest first', async () => {
    await office.post({ to: [office.tian] });
    await office.post({ eventKey: 'other', to: [office.none], caseId: null });
    await office.post({
      eventKey: 'end',
      to: [office.long],
      template: 'case-ended',
      params: { ...office.params, outcomeTitle: '予以转正' },
    });
    expect(await subjects({})).toEqual(['龙建华 case-ended', '吴无址 task-opened', '田晓梅 task-opened']);
    expect(await subjects({ accountId: office.tian })).toEqual(['田晓梅 task-opened']);
    expect(await subjects({ caseId: office.caseId })).toEqual(['龙建华 case-ended', '田晓梅 task-opened']);
    expect(await subjects({ unitPaths: ['520600/'] })).toEqual(['龙建华 case-ended', '田晓梅 task-opened']);
    expect(await subjects({ unitPaths: ['520600/520603/'] })).toEqual([]);
    expect(await subjects({ status: 'no-address' })).toEqual(['吴无址 task-opened']);
    expect(await subjects({ q: '龙' })).toEqual(['龙建华 case-ended']);
    expect(await subjects({ q: 'sy-2026-0031' })).toEqual(['龙建华 case-ended', '田晓梅 task-opened']);
    const first = await mailsPage(office.db, { limit: 2 });
    const rest = await mailsPage(office.db, { limit: 2, before: first.next! });
    expect([first.items.length, rest.items.length, rest.next]).toEqual([2, 1, null]);
  });
});

describe('as each wishes it', () => {
  const to = () => [office.tian, office.long, office.none];
  const wish = (accountId: string, pace: 'digest' | 'each', copies = true) =>
    office.db.$transaction((tx) => setWishes(tx, accountId, { pace, copies }, office.at));
  beforeEach(() => office.db.$executeRaw`TRUNCATE mail_wish`);
  const got = async () => (await office.rows()).map(({ accountId, status }) => [accountId, status]);

  test('a group is told at once when it presses, otherwise only who asked for each mail', async () => {
    await wish(office.tian, 'each');
    await office.post({ to: to(), toGroup: true });
    expect(await got()).toEqual([[office.tian, 'waiting']]);
    await office.post({ eventKey: 'pressing', to: [office.tian, office.long], toGroup: true, pressing: true });
    expect((await office.rows()).filter(({ eventKey }) => eventKey === 'pressing')).toHaveLength(2);
  });

  test('news for the digest is kept as a row that no sender takes; a task needs none', async () => {
    await wish(office.tian, 'digest');
    const news = { ...office.params, outcomeTitle: '予以转正' };
    await office.post({ to: [office.tian, office.long], template: 'case-ended', params: news });
    expect(new Map((await got()) as [string, string][])).toEqual(
      new Map([
        [office.tian, 'digest'],
        [office.long, 'waiting'],
      ]),
    );
    await office.post({ eventKey: 'task' });
    expect((await office.rows()).map(({ eventKey }) => eventKey)).not.toContain('task');
    await office.mailUntil({ sendMail: () => Promise.resolve({ response: '250' }) }, office.allIn('sent', 'digest'));
    expect((await office.rows()).find(({ accountId }) => accountId === office.tian)).toMatchObject({ status: 'digest', sentAt: null });
  });

  test('who wants no mail for copies gets none, and everything else', async () => {
    await wish(office.tian, 'each', false);
    await office.post({ to: [office.tian, office.long], template: 'task-copied' });
    await office.post({ eventKey: 'opened', to: [office.tian] });
    expect((await office.rows()).map(({ accountId, template }) => `${accountId} ${template}`)).toEqual([
      `${office.long} task-copied`,
      `${office.tian} task-opened`,
    ]);
  });

  test('the wishes are read back, and before any the usual way', async () => {
    expect(await wishesOf(office.db, office.tian)).toEqual({ pace: 'usual', copies: true });
    expect(await wish(office.tian, 'digest', false)).toEqual({ pace: 'usual', copies: true });
    expect(await wish(office.tian, 'each')).toEqual({ pace: 'digest', copies: false });
    expect(await wishesOf(office.db, office.tian)).toEqual({ pace: 'each', copies: true });
  });
});
