import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** One chain of entries: a case, a person's or an account's acts outside any case, or the system's own. */
export type Chain = `case:${string}` | `person:${string}` | `account:${string}` | 'system';

/** Whoever acts, with the posts held at that moment. The system itself is `null`, never an account. */
export interface Actor {
  accountId: string;
  name?: string;
  posts?: readonly { role: string; unitCode: string; title?: string | null }[];
}

/** Any value that JSON can hold. Never an ID number or another encrypted field: those enter as `keyed(…)`. */
export type Recorded = object | string | number | boolean | null;

/** One act, accepted or refused, as it enters the ledger. `origin` is a keyed hash of the address it came from. */
export interface Act {
  chain: Chain;
  verb: string;
  accepted: boolean;
  at: Date;
  actor: Actor | null;
  actingFor?: Actor | null;
  caseId?: string | null;
  personId?: string | null;
  stage?: string | null;
  round?: number | null;
  refusal?: { code: string; params: Record<string, string | number> } | null;
  before?: Recorded;
  after?: Recorded;
  detail?: Recorded;
  policyVersion?: string | number | null;
  origin?: string | null;
}

/** What of a body also stands in columns, for search. The verifier holds the columns to the body. */
export interface Columns {
  at: Date;
  verb: string;
  accepted: boolean;
  accountId: string | null;
  caseId: string | null;
  personId: string | null;
}

// Written into every body, so that a later change of form can be told from this one.
const FORMAT = 1;

// The package's types describe an ES module, but it is CommonJS: its default import is the function itself.
const serialize = canonicalize as unknown as (value: unknown) => string | undefined;

/** Canonical JSON (RFC 8785). Throws for what JSON cannot hold: an act that cannot be recorded must not happen. */
export function canonical(value: unknown): string {
  const text = serialize(value);
  if (text === undefined) throw new Error('Not a JSON value');
  return text;
}

/** The body of an entry: what is hashed, kept as text byte for byte. Absent and undefined fields are left out. */
export const bodyOf = (act: Act): string => canonical({ v: FORMAT, ...act, at: act.at.toISOString() });

/** The columns that follow from an act. */
export const columnsOf = (act: Act): Columns => ({
  at: act.at,
  verb: act.verb,
  accepted: act.accepted,
  accountId: act.actor?.accountId ?? null,
  caseId: act.caseId ?? null,
  personId: act.personId ?? null,
});

export const sha256 = (...parts: readonly (Uint8Array | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** What the first entry of a chain, and the first seal, name as their predecessor. */
export const GENESIS = Buffer.alloc(32);

const LEAF = Buffer.from([0x00]);

/**
 * Hash of an entry: SHA-256(0x00 ‖ previous hash ‖ seq as 8 bytes, big-endian ‖ SHA-256(body)). It is at once the RFC 6962 leaf hash of
 * those 72 bytes. The body names its chain; place and predecessor are bound here, so that one statement in the database can write an entry.
 */
export function entryHash(prevHash: Uint8Array, seq: number, body: string): Buffer {
  const place = Buffer.alloc(8);
  place.writeBigInt64BE(BigInt(seq));
  return sha256(LEAF, prevHash, place, sha256(body));
}
