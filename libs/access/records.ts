import type { Db, Tx } from '../db.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import { append } from '../ledger/append.ts';
import type { Recorded } from '../ledger/entry.ts';
import { recordedActor } from './actor.ts';

/** Who did it, when and from where: what every entry outside a case says. */
export interface Witnessed {
  actor: Actor;
  at: Date;
  origin: string;
}

/** A refusal to a signed-in person, on their own chain, or on the chain of the person whose record it was about. */
export async function recordRefusal(
  tx: Db | Tx,
  { actor, at, origin }: Witnessed,
  verb: string,
  refusal: Refusal,
  about: { personId?: string; caseId?: string; detail?: Recorded } = {},
): Promise<void> {
  const chain = about.personId ? (`person:${about.personId}` as const) : (`account:${actor.accountId}` as const);
  await append(tx, {
    chain,
    verb,
    accepted: false,
    at,
    actor: recordedActor(actor),
    personId: about.personId ?? null,
    caseId: about.caseId ?? null,
    refusal: { code: refusal.refused, params: refusal.params },
    origin,
    ...(about.detail !== undefined && { detail: about.detail }),
  });
}

/** A look into a personnel record: who, when, and what was shown. */
export async function recordView(
  tx: Db | Tx,
  { actor, at, origin }: Witnessed,
  verb: string,
  personId: string,
  detail: Recorded,
): Promise<void> {
  await append(tx, { chain: `person:${personId}`, verb, accepted: true, at, actor: recordedActor(actor), personId, detail, origin });
}
