import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { inboxPage, startDemoInbox } from './demo-inbox.ts';
import { postOffice, type PostOffice } from './mail.fixture.ts';
import { mailsPage } from './mails.ts';
import { LEASE_MS, recordFailed, takeDue } from './outbox.ts';
import { createMailTransport, type MailTransport } from './sender.ts';

let office: PostOffice;
beforeAll(async () => (office = await postOffice()));
afterAll(() => office.close());
beforeEach(() => office.empty());

describe('sending to a real mail server', () => {
  let inbox: Awaited<ReturnType<typeof startDemoInbox>>;
  let transport: ReturnType<typeof createMailTransport>;
  beforeAll(async () => {
    inbox = await startDemoInbox({ db: office.db, port: 0, now: () => office.at });
    transport = createMailTransport(`smtp://127.0.0.1:${inbox.port}`);
  });
  afterAll(async () => {
    transport.close();
    await inbox.close();
  });
  const received = async (recipient?: string) => (await inboxPage(office.db, { limit: 100, ...(recipient && { recipient }) })).items;

  test('each mail arrives once, whole, at its own address', async () => {
    await office.post({ to: [office.tian, office.long, office.none] });
    await office.mailUntil(transport, office.allIn('sent', 'no-address'));
    const [mail, ...others] = await received('tian@example.org');
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ subject: '【待办】杨秀英试用期满转正：社区意见', copies: 1 });
    expect(mail!.text).toContain('田晓梅同志：');
    expect(mail!.html).toContain(`http://127.0.0.1:1/tasks/${office.params.taskId}`);
    expect(await received()).toHaveLength(2);
    const sent = (await office.rows()).find(({ accountId }) => accountId === office.tian);
    expect(sent).toMatchObject({ status: 'sent', attempts: 1, sentAt: office.at, lastError: null });
    expect(await office.outcomes(sent!.id)).toEqual(['sent']);
    expect(mail!.messageId).toBe(sent!.messageId);
  });

  test('a hundred mails and three senders: each arrives exactly once', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, i) => office.post({ eventKey: `event-${i}`, to: [office.tian, office.long] })));
    await Promise.all([1, 2, 3].map(() => office.mailUntil(transport, office.allIn('sent'))));
    const { items } = await inboxPage(office.db, { limit: 200 });
    expect(items).toHaveLength(100);
    expect(items.every(({ copies }) => copies === 1)).toBe(true);
    expect((await office.rows()).every(({ attempts }) => attempts === 1)).toBe(true);
  });

  test("a crash after the server's yes becomes a second copy under the same Message-ID, and is told as such", async () => {
    await office.post();
    const [taken] = await takeDue(office.db, office.at, 1);
    await transport.sendMail({
      from: 'a@example.org',
      to: 'tian@example.org',
      subject: 's',
      text: 't',
      html: 'h',
      messageId: taken!.messageId,
      date: office.at,
      headers: {},
    });
    // Here the process dies: nothing is recorded. Nobody else touches the mail while the try may still be going on.
    expect(await takeDue(office.db, office.later(LEASE_MS - 1), 1)).toEqual([]);

    await office.mailUntil(transport, office.allIn('sent'), { now: () => office.later(LEASE_MS) });
    const [mail] = await office.rows();
    expect(mail!.attempts).toBe(2);
    expect(await office.outcomes(mail!.id)).toEqual(['interrupted', 'resent-after-crash']);
    expect(await received()).toMatchObject([{ messageId: mail!.messageId, copies: 2 }]);
  });

  test('an activation code leaves the outbox with its mail', async () => {
    await office.post({ template: 'activation-code', params: { userName: 'tian', code: 'K7QX-3MPA', expiresAt: office.at.toISOString() } });
    await office.mailUntil(transport, office.allIn('sent'));
    expect((await received())[0]!.text).toContain('K7QX-3MPA');
    expect((await office.rows())[0]!.params).toEqual({ userName: 'tian', expiresAt: office.at.toISOString() });
    expect((await mailsPage(office.db, { limit: 10 })).items[0]!.subject).toContain('激活码');
  });

  test('the inbox pages join without a gap and end', async () => {
    await Promise.all(Array.from({ length: 5 }, (_, i) => office.post({ eventKey: `event-${i}` })));
    await office.mailUntil(transport, office.allIn('sent'));
    const first = await inboxPage(office.db, { limit: 3 });
    const second = await inboxPage(office.db, { limit: 3, before: first.next! });
    expect(second.next).toBeNull();
    expect(new Set([...first.items, ...second.items].map(({ messageId }) => messageId)).size).toBe(5);
  });
});

describe('time', () => {
  test('nothing leaves before its moment', async () => {
    await office.post({ notBefore: office.later(3_600_000) });
    expect(await takeDue(office.db, office.later(3_599_999), 10)).toEqual([]);
    expect(await takeDue(office.db, office.later(3_600_000), 10)).toHaveLength(1);
  });

  test('a mail server that refuses is asked again after ten seconds, then ever less often up to once an hour, and for three days', async () => {
    await office.post();
    const pauses: number[] = [];
    let now = office.at;
    for (;;) {
      const [mail] = await takeDue(office.db, now, 1);
      await recordFailed(office.db, mail!, now, '421 Too busy');
      const [tried] = await office.rows();
      if (tried!.status === 'failed') break;
      pauses.push(tried!.notBefore.getTime() - now.getTime());
      now = tried!.notBefore;
    }
    expect(pauses.slice(0, 5)).toEqual([10_000, 10_000, 20_000, 40_000, 80_000]);
    expect(Math.max(...pauses)).toBe(3_600_000);
    expect(now.getTime() - office.at.getTime()).toBeGreaterThanOrEqual(3 * 86_400_000);
    expect(now.getTime() - office.at.getTime()).toBeLessThan(3 * 86_400_000 + 3_600_000);
    expect((await office.rows())[0]).toMatchObject({ status: 'failed', lastError: '421 Too busy' });
    expect(await takeDue(office.db, office.later(30 * 86_400_000), 10)).toEqual([]);
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
    await office.post();
    await office.mailUntil(transport, async () => (await office.rows())[0]!.lastError !== null);
    const [mail] = await office.rows();
    expect(mail).toMatchObject({ status: 'waiting', attempts: 1, notBefore: office.later(10_000) });
    expect(mail!.lastError).toContain('Disk full');
    expect(await office.outcomes(mail!.id)).toEqual(['failed']);
    transport.close();
    await new Promise<void>((closed) => server.close(() => closed()));
  });

  test('a mail that cannot be written is told like any failure and holds up no other', async () => {
    await office.post({ template: 'no-such' as 'task-opened' });
    await office.post({ eventKey: 'good', to: [office.long] });
    const sent: string[] = [];
    const transport: MailTransport = { sendMail: (message) => Promise.resolve({ response: String(sent.push(message.to)) }) };
    await office.mailUntil(transport, async () =>
      (await office.rows()).every(({ status, lastError }) => status === 'sent' || lastError !== null),
    );
    expect(sent).toEqual(['long@example.org']);
    expect((await office.rows())[0]!.lastError).toContain('no-such');
  });

  test('no more mails are under way at once than allowed', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => office.post({ eventKey: `event-${i}` })));
    let [underWay, most] = [0, 0];
    const transport: MailTransport = {
      sendMail: async () => {
        most = Math.max(most, (underWay += 1));
        await new Promise(setImmediate);
        underWay -= 1;
        return { response: '250 OK' };
      },
    };
    await office.mailUntil(transport, office.allIn('sent'), { abreast: 3 });
    expect(most).toBe(3);
  });
});
