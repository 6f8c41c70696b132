import { setTimeout as delay } from 'node:timers/promises';
import nodemailer from 'nodemailer';
import type { Db } from '../db.ts';
import { recordFailed, recordSent, SEND_LIMIT_MS, takeDue, type Taken } from './outbox.ts';
import { render } from './render.ts';

/** What is needed of nodemailer: hand a message to the mail server and hear its answer. */
export interface MailTransport {
  sendMail(message: {
    from: string;
    to: string;
    subject: string;
    text: string;
    html: string;
    messageId: string;
    date: Date;
    headers: Record<string, string>;
  }): Promise<{ response?: string }>;
}

/** A pooled connection to the mail server at `smtpUrl` (smtp:// or smtps://), at most `abreast` at once. */
export const createMailTransport = (smtpUrl: string, { abreast = 4 } = {}): MailTransport & { close(): void } =>
  nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: abreast,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  });

export interface MailerOptions {
  db: Db;
  transport: MailTransport;
  /** Sender, e.g. `苗圃 <noreply@example.org>` */
  from: string;
  publicUrl: string;
  now: () => Date;
  signal: AbortSignal;
  abreast?: number;
  everyMs?: number;
  /** Told of what the outbox itself cannot hold, e.g. that the database is away. */
  onTrouble?: (error: unknown) => void;
}

/**
 * Sends what is due until `signal` says stop, at most `abreast` mails at once, and looks again every `everyMs`. Any number of senders may
 * run side by side. A crash between the server's yes and our note of it is a second copy with the same Message-ID, and is written down as such.
 */
export async function runMailer(options: MailerOptions): Promise<void> {
  const { db, now, signal, abreast = 4, everyMs = 1_000, onTrouble } = options;
  const underWay = new Set<Promise<void>>();
  while (!signal.aborted) {
    const room = abreast - underWay.size;
    const mails = await takeDue(db, now(), room).catch((error: unknown) => {
      onTrouble?.(error);
      return [];
    });
    for (const mail of mails) {
      const sending = sendOne(options, mail)
        .catch((error: unknown) => onTrouble?.(error))
        .finally(() => underWay.delete(sending));
      underWay.add(sending);
    }
    if (mails.length < room) await delay(everyMs, undefined, { signal }).catch(() => {});
    else while (underWay.size > abreast / 2) await Promise.race(underWay);
  }
  await Promise.all(underWay);
}

async function sendOne({ db, transport, from, publicUrl, now }: MailerOptions, mail: Taken): Promise<void> {
  let response: string;
  try {
    response = await send(transport, mail, { from, publicUrl, at: now() });
  } catch (error) {
    return recordFailed(db, mail, now(), error instanceof Error ? error.message : String(error));
  }
  await recordSent(db, mail, now(), response);
}

async function send(
  transport: MailTransport,
  mail: Taken,
  { from, publicUrl, at }: { from: string; publicUrl: string; at: Date },
): Promise<string> {
  const message = {
    ...render(mail.template, mail.params, { name: mail.name, publicUrl }),
    from,
    to: mail.recipient,
    messageId: mail.messageId,
    date: at,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
  const tooLong = new AbortController();
  const limit = delay(SEND_LIMIT_MS, undefined, { signal: tooLong.signal, ref: false }).then(() => {
    throw new Error(`The mail server did not answer within ${SEND_LIMIT_MS / 1_000} s`);
  });
  limit.catch(() => {});
  try {
    return (await Promise.race([transport.sendMail(message), limit])).response ?? '';
  } finally {
    tooLong.abort();
  }
}
