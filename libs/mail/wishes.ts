import type { Db, Tx } from '../db.ts';
import { USUAL, type MailWishes, type Pace } from '../domain/mail-wishes.ts';

/** How a person wants their mails; the usual way when they have said nothing. */
export async function wishesOf(db: Db | Tx, accountId: string): Promise<MailWishes> {
  const row = await db.mailWish.findUnique({ where: { accountId } });
  return row ? { pace: row.pace as Pace, copies: row.copies } : USUAL;
}

/** Keeps a person's wishes and returns those before. Mails that are written already go out as they were. */
export async function setWishes(tx: Tx, accountId: string, wishes: MailWishes, at: Date): Promise<MailWishes> {
  const before = await wishesOf(tx, accountId);
  const data = { ...wishes, changedAt: at };
  await tx.mailWish.upsert({ where: { accountId }, create: { accountId, ...data }, update: data });
  return before;
}
