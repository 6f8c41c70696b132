import type { Tx } from '../db.ts';
import type { By } from './room.ts';

/** What the same request of the same account was answered with before; null for a new one, or one without a key. */
export async function replyTo<T extends object>(tx: Tx, { actor, requestKey }: Pick<By, 'actor' | 'requestKey'>): Promise<T | null> {
  if (!requestKey) return null;
  const [found] = await tx.$queryRaw<
    { reply: T }[]
  >`SELECT reply FROM request_key WHERE account_id = ${actor.accountId}::uuid AND key = ${requestKey}`;
  return found?.reply ?? null;
}

/** Keeps a reply under the request's key. Whether the key was new: whoever comes second waits here for the first. */
export async function keepReply(tx: Tx, { actor, requestKey, at }: By, reply: object): Promise<boolean> {
  if (!requestKey) return true;
  const kept = await tx.$executeRaw`
    INSERT INTO request_key (account_id, key, reply, at) VALUES (${actor.accountId}::uuid, ${requestKey}, ${JSON.stringify(reply)}::jsonb, ${at}) ON CONFLICT DO NOTHING`;
  return kept === 1;
}
