import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { Db, Tx } from '../db.ts';

const LARGEST = 5 * 1024 * 1024;

/**
 * 演示邮箱: a mail server for demonstrations and tests, on the loopback address only. It keeps one row per Message-ID and counts the copies.
 * It says yes only when the row is committed. Port 0 takes a free one.
 */
export async function startDemoInbox({
  db,
  port,
  now,
}: {
  db: Db;
  port: number;
  now: () => Date;
}): Promise<{ port: number; close(): Promise<void> }> {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: LARGEST,
    onData(stream, session, done) {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      keep(db, stream, recipients, now).then(() => done(), done);
    },
  });
  // A client that breaks off is the client's trouble; without a listener it would end this process.
  server.on('error', () => {});
  await new Promise<void>((listening, failed) => {
    server.server.once('error', failed);
    server.listen(port, '127.0.0.1', listening);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

async function keep(db: Db, stream: AsyncIterable<Buffer>, recipients: string[], now: () => Date): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const raw = Buffer.concat(chunks);
  const { messageId, subject = '', text = '', html = null } = await PostalMime.parse(raw);
  const id = messageId ?? `<${createHash('sha256').update(raw).digest('hex').slice(0, 40)}@no-message-id>`;
  await db.$executeRaw`
    INSERT INTO demo_inbox (message_id, recipient, subject, text, html, received_at)
    VALUES (${id}, ${recipients.join(', ')}, ${subject}, ${text}, ${html}, ${now()})
    ON CONFLICT (message_id) DO UPDATE SET copies = demo_inbox.copies + 1`;
}

/** The demo inbox, newest first, by keyset; one recipient's or everybody's. `next` is null on the last page. */
export async function inboxPage(db: Db | Tx, { recipient, before, limit }: { recipient?: string; before?: string; limit: number }) {
  const [at, messageId] = before ? (JSON.parse(before) as [string, string]) : [];
  const rows = await db.demoInbox.findMany({
    where: {
      ...(recipient && { recipient }),
      ...(at && { OR: [{ receivedAt: { lt: new Date(at) } }, { receivedAt: new Date(at), messageId: { lt: messageId } }] }),
    },
    orderBy: [{ receivedAt: 'desc' }, { messageId: 'desc' }],
    take: limit + 1,
  });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? JSON.stringify([last.receivedAt, last.messageId]) : null };
}
