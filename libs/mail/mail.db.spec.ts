import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { inboxPage, startDemoInbox } from './demo-inbox.ts';
import { attemptsOf, mailsPage, retryMail } from './mails.ts';
import { LEASE_MS, recordFailed, takeDue } from './outbox.ts';
import { postMail, type Post } from './post.ts';
import { createMailTransport, runMailer, type MailTransport } from './sender.ts';

let database: TestDatabase;
const [tian, long, none] = [randomUUID(), randomUUID(), randomUUID()];
const caseId = randomUUID();
const at = new Date('2026-11-24T01:00:00Z');
const later = (ms: number) => new Date(at.getTime() + ms);

beforeAll(async () => {
  database = await freshDatabase();
  await database.db.unit.createMany({
    data: [
      { code: '520602', name: '碧江区', level: 'county', path: '520600/520602/', validFrom: at },
      { code: '520603', name: '万山区', level: 'county', path: '520600/520603/', validFrom: at },
    ],
  });
  await database.db.account.createMany({
    data: [
      { id: tian, userName: 'tian', displayName: '田晓梅', email: 'tian@example.org' },
      { id: long, userName: 'long', displayName: '龙建华', email: 'long@example.org' },
      { id: none, userName: 'none', displayName: '吴无址' },
    ],
  });
  await database.db.case.create({
    data: {
      id: caseId,
      caseNo: 'SY-2026-0031',
      process: 'probation',
      naturalKey: 'k',
      run: 1,
      title: '杨秀英试用期满转正',
      unitCode: '520602',
      status: 'running',
      input: {},
      pinned: {},
      startedAt: at,
    },
  });
});
afterAll(() => database.close());
beforeEach(() => database.db.$executeRaw`TRUNCATE mail, mail_attempt, demo_inbox`);

const params = { caseId, caseNo: 'SY-2026-0031', caseTitle: '杨秀英试用期满转正', taskId: randomUUID(), stageTitle: '社区意见' };
const post = (more: Partial<Post> = {}) =>
  database.db.$transaction((tx) =>
    postMail(tx, { eventKey: 'case-1/community/1/opened', to: [tian], template: 'task-opened', params, caseId, at, ...more } as Post),
  );
const rows = () => database.db.mail.findMany({ orderBy: { id: 'asc' } });
const outcomes = async (mailId: bigint) => (await attemptsOf(database.db, mailId)).map(({ outcome }) => outcome);

/** Runs the mailer over `transport` until `done` says so. Time stands at `now()`. */
async function mailUntil(transport: MailTransport, done: () => Promise<boolean>, { now = () => at, abreast = 4 } = {}) {
  const stop = new AbortController();
  const troubles: unknown[] = [];
  const options = {
    db: database.db,
    transport,
    from: '苗圃 <noreply@example.org>',
    publicUrl: 'http://127.0.0.1:1',
    now,
    abreast,
    everyMs: 5,
    signal: stop.signal,
  };
  const running = runMailer({ ...options, onTrouble: (error) => troubles.push(error) });
  while (!(await done())) await new Promise(setImmediate);
  stop.abort();
  await running;
  expect(troubles).toEqual([]);
}
const allIn =
  (...states: string[]) =>
  async () =>
    (await database.db.mail.count({ where: { status: { notIn: states } } })) === 0;

describe('posting', () => {
  test('one event and one person make one mail, however often and however many at once', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, i) => post({ to: i % 2 ? [tian, long] : [long, tian] })));
    await post();
    const mails = await rows();
    expect(mails.map(({ accountId }) => accountId).sort()).toEqual([tian, long].sort());
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(2);
  });

  test('the Message-ID follows from event and person alone', async () => {
    await post();
    const [first] = await rows();
    await database.db.mail.deleteMany();
    await post({ at: later(86_400_000), to: [long, tian] });
    const again = (await rows()).find(({ accountId }) => accountId === tian);
    expect(again!.messageId).toBe(first!.messageId);
    expect(first!.messageId).toMatch(/^<[0-9a-f]{40}@miaopu\.local>$/);
    await post({ eventKey: 'another' });
    expect((await rows()).filter(({ messageId }) => messageId === first!.messageId)).toHaveLength(1);
  });

  test('a person without an address gets a row that says so; an unknown account none', async () => {
    await post({ to: [none, randomUUID()] });
    expect(await rows()).toMatchObject([{ accountId: none, status: 'no-address', recipient: '' }]);
  });

  test('an act that fails posts nothing', async () => {
    const failing = database.db.$transaction(async (tx) => {
      await postMail(tx, { eventKey: 'e', to: [tian], template: 'task-opened', params, at });
      throw new Error('the act failed');
    });
    await expect(failing).rejects.toThrow();
    expect(await rows()).toEqual([]);
  });
});

describe('sending to a real mail server', () => {
  let inbox: Awaited<ReturnType<typeof startDemoInbox>>;
  let transport: ReturnType<typeof createMailTransport>;
  beforeAll(async () => {
    inbox = await startDemoInbox({ db: database.db, port: 0, now: () => at });
    transport = createMailTransport(`smtp://127.0.0.1:${inbox.port}`);
  });
  afterAll(async () => {
    transport.close();
    await inbox.close();
  });
  const received = async (recipient?: string) => (await inboxPage(database.db, { limit: 100, ...(recipient && { recipient }) })).items;

  test('each mail arrives once, whole, at its own address', async () => {
    await post({ to: [tian, long, none] });
    await mailUntil(transport, allIn('sent', 'no-address'));
    const [mail, ...others] = await received('tian@example.org');
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ subject: '【待办】杨秀英试用期满转正：社区意见', copies: 1 });
    expect(mail!.text).toContain('田晓梅同志：');
    expect(mail!.html).toContain(`http://127.0.0.1:1/tasks/${params.taskId}`);
    expect(await received()).toHaveLength(2);
    const sent = (await rows()).find(({ accountId }) => accountId === tian);
    expect(sent).toMatchObject({ status: 'sent', attempts: 1, sentAt: at, lastError: null });
    expect(await outcomes(sent!.id)).toEqual(['sent']);
    expect(mail!.messageId).toBe(sent!.messageId);
  });

  test('two hundred mails and three senders: each arrives exactly once', async () => {
    await Promise.all(Array.from({ length: 100 }, (_, i) => post({ eventKey: `event-${i}`, to: [tian, long] })));
    await Promise.all([1, 2, 3].map(() => mailUntil(transport, allIn('sent'))));
    const { items } = await inboxPage(database.db, { limit: 200 });
    expect(items).toHaveLength(200);
    expect(items.every(({ copies }) => copies === 1)).toBe(true);
    expect((await rows()).every(({ attempts }) => attempts === 1)).toBe(true);
  });

  test("a crash after the server's yes becomes a second copy under the same Message-ID, and is told as such", async () => {
    await post();
    const [taken] = await takeDue(database.db, at, 1);
    await transport.sendMail({
      from: 'a@example.org',
      to: 'tian@example.org',
      subject: 's',
      text: 't',
      html: 'h',
      messageId: taken!.messageId,
      date: at,
      headers: {},
    });
    // Here the process dies: nothing is recorded. Nobody else touches the mail while the try may still be going on.
    expect(await takeDue(database.db, later(LEASE_MS - 1), 1)).toEqual([]);

    await mailUntil(transport, allIn('sent'), { now: () => later(LEASE_MS) });
    const [mail] = await rows();
    expect(mail!.attempts).toBe(2);
    expect(await outcomes(mail!.id)).toEqual(['interrupted', 'resent-after-crash']);
    expect(await received()).toMatchObject([{ messageId: mail!.messageId, copies: 2 }]);
  });

  test('an activation code leaves the outbox with its mail', async () => {
    await post({ template: 'activation-code', params: { userName: 'tian', code: 'K7QX-3MPA', expiresAt: at.toISOString() } });
    await mailUntil(transport, allIn('sent'));
    expect((await received())[0]!.text).toContain('K7QX-3MPA');
    expect((await rows())[0]!.params).toEqual({ userName: 'tian', expiresAt: at.toISOString() });
    expect((await mailsPage(database.db, { limit: 10 })).items[0]!.subject).toContain('激活码');
  });

  test('the inbox pages join without a gap and end', async () => {
    await Promise.all(Array.from({ length: 5 }, (_, i) => post({ eventKey: `event-${i}` })));
    await mailUntil(transport, allIn('sent'));
    const first = await inboxPage(database.db, { limit: 3 });
    const second = await inboxPage(database.db, { limit: 3, before: first.next! });
    expect(second.next).toBeNull();
    expect(new Set([...first.items, ...second.items].map(({ messageId }) => messageId)).size).toBe(5);
  });
});

describe('time', () => {
  test('nothing leaves before its moment', async () => {
    await post({ notBefore: later(3_600_000) });
    expect(await takeDue(database.db, later(3_599_999), 10)).toEqual([]);
    expect(await takeDue(database.db, later(3_600_000), 10)).toHaveLength(1);
  });

  test('a mail server that refuses is asked again after ten seconds, then ever less often up to once an hour, and for three days', async () => {
    await post();
    const pauses: number[] = [];
    let now = at;
    for (;;) {
      const [mail] = await takeDue(database.db, now, 1);
      await recordFailed(database.db, mail!, now, '421 Too busy');
      const [tried] = await rows();
      if (tried!.status === 'failed') break;
      pauses.push(tried!.notBefore.getTime() - now.getTime());
      now = tried!.notBefore;
    }
    expect(pauses.slice(0, 5)).toEqual([10_000, 10_000, 20_000, 40_000, 80_000]);
    expect(Math.max(...pauses)).toBe(3_600_000);
    expect(now.getTime() - at.getTime()).toBeGreaterThanOrEqual(3 * 86_400_000);
    expect(now.getTime() - at.getTime()).toBeLessThan(3 * 86_400_000 + 3_600_000);
    expect((await rows())[0]).toMatchObject({ status: 'failed', lastError: '421 Too busy' });
    expect(await takeDue(database.db, later(30 * 86_400_000), 10)).toEqual([]);
  });
});

describe('a mail server in trouble', () => {
  test('that hangs up in the middle leaves the mail waiting with the reason', async () => {
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData: (stream, _, done) => stream.resume().on('end', () => done(new Error('Disk full'))),
    });
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    const transport = createMailTransport(`smtp://127.0.0.1:${(server.server.address() as { port: number }).port}`);
    await post();
    await mailUntil(transport, async () => (await rows())[0]!.lastError !== null);
    const [mail] = await rows();
    expect(mail).toMatchObject({ status: 'waiting', attempts: 1, notBefore: later(10_000) });
    expect(mail!.lastError).toContain('Disk full');
    expect(await outcomes(mail!.id)).toEqual(['failed']);
    transport.close();
    await new Promise<void>((closed) => server.close(() => closed()));
  });

  test('a mail that cannot be written is told like any failure and holds up no other', async () => {
    await post({ template: 'no-such' as 'task-opened' });
    await post({ eventKey: 'good', to: [long] });
    const sent: string[] = [];
    const transport: MailTransport = { sendMail: (message) => Promise.resolve({ response: String(sent.push(message.to)) }) };
    await mailUntil(transport, async () => (await rows()).every(({ status, lastError }) => status === 'sent' || lastError !== null));
    expect(sent).toEqual(['long@example.org']);
    expect((await rows())[0]!.lastError).toContain('no-such');
  });

  test('no more mails are under way at once than allowed', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => post({ eventKey: `event-${i}` })));
    let [underWay, most] = [0, 0];
    const transport: MailTransport = {
      sendMail: async () => {
        most = Math.max(most, (underWay += 1));
        await new Promise(setImmediate);
        underWay -= 1;
        return { response: '250 OK' };
      },
    };
    await mailUntil(transport, allIn('sent'), { abreast: 3 });
    expect(most).toBe(3);
  });
});

describe('by hand', () => {
  const retry = (mailId: bigint) => database.db.$transaction((tx) => retryMail(tx, { mailId, at: later(1_000) }));

  test("a failed mail goes out again to today's address with the same Message-ID, and gets three days anew", async () => {
    await post();
    const [before] = await rows();
    await database.db.mail.updateMany({ data: { status: 'failed', recipient: 'old@example.org', firstTryAt: at } });
    expect(await retry(before!.id)).toBeNull();
    expect((await rows())[0]).toMatchObject({
      status: 'waiting',
      recipient: 'tian@example.org',
      messageId: before!.messageId,
      firstTryAt: null,
      notBefore: later(1_000),
    });
  });

  test('a mail that had no address goes out once there is one', async () => {
    await post({ to: [none] });
    const [mail] = await rows();
    expect(await retry(mail!.id)).toMatchObject({ refused: 'MailWithoutAddress' });
    await database.db.account.update({ where: { id: none }, data: { email: 'wu@example.org' } });
    expect(await retry(mail!.id)).toBeNull();
    expect((await rows())[0]).toMatchObject({ status: 'waiting', recipient: 'wu@example.org' });
    await database.db.account.update({ where: { id: none }, data: { email: null } });
  });

  test('a mail on its way or unknown is refused', async () => {
    await post();
    expect(await retry((await rows())[0]!.id)).toMatchObject({ refused: 'MailNotFailed' });
    expect(await retry(999_999n)).toMatchObject({ refused: 'NotFound' });
  });
});

describe('the list', () => {
  const subjects = async (query: object) =>
    (await mailsPage(database.db, { limit: 50, ...query })).items.map(({ account, template }) => `${account.name} ${template}`);

  test('finds by person, case, unit, status and words, newest first', async () => {
    await post({ to: [tian] });
    await post({ eventKey: 'other', to: [none], caseId: null });
    await post({ eventKey: 'end', to: [long], template: 'case-ended', params: { ...params, outcomeTitle: '予以转正' } });
    expect(await subjects({})).toEqual(['龙建华 case-ended', '吴无址 task-opened', '田晓梅 task-opened']);
    expect(await subjects({ accountId: tian })).toEqual(['田晓梅 task-opened']);
    expect(await subjects({ caseId })).toEqual(['龙建华 case-ended', '田晓梅 task-opened']);
    expect(await subjects({ unitPaths: ['520600/'] })).toEqual(['龙建华 case-ended', '田晓梅 task-opened']);
    expect(await subjects({ unitPaths: ['520600/520603/'] })).toEqual([]);
    expect(await subjects({ status: 'no-address' })).toEqual(['吴无址 task-opened']);
    expect(await subjects({ q: '龙' })).toEqual(['龙建华 case-ended']);
    expect(await subjects({ q: 'sy-2026-0031' })).toEqual(['龙建华 case-ended', '田晓梅 task-opened']);
    const first = await mailsPage(database.db, { limit: 2 });
    const rest = await mailsPage(database.db, { limit: 2, before: first.next! });
    expect([first.items.length, rest.items.length, rest.next]).toEqual([2, 1, null]);
  });
});
