/** What of an entry's proof is computed again, in hexadecimal. */
export interface EntryProof {
  entry: { seq: number; prevHash: string; body: string; hash: string };
  position: number | null;
  path: readonly string[];
  seal: { root: string; count: number } | null;
}

/** What this browser found by itself: the fingerprint of the text, and the way up to the sealed root. */
export interface Recomputed {
  hash: boolean;
  /** null while the entry is not sealed. */
  root: boolean | null;
}

type Digest = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hexOf = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** SHA-256(0 ‖ previous ‖ place ‖ SHA-256(body)): an entry's fingerprint, and the RFC 6962 leaf of its seal. */
async function entryHash(digest: Digest, { prevHash, seq, body }: EntryProof['entry']): Promise<Uint8Array> {
  const place = new Uint8Array(8);
  new DataView(place.buffer).setBigInt64(0, BigInt(seq));
  return digest(joined(LEAF, bytesOf(prevHash), place, await digest(joined(new TextEncoder().encode(body)))));
}

const split = (count: number) => 2 ** (31 - Math.clz32(count - 1));

async function rootOf(
  digest: Digest,
  leaf: Uint8Array,
  position: number,
  count: number,
  path: readonly Uint8Array[],
): Promise<Uint8Array | null> {
  if (position < 0 || position >= count) return null;
  if (count === 1) return path.length === 0 ? leaf : null;
  const sibling = path.at(-1);
  if (!sibling) return null;
  const k = split(count);
  const left = position < k;
  const below = await rootOf(digest, leaf, left ? position : position - k, left ? k : count - k, path.slice(0, -1));
  return below && digest(left ? joined(NODE, below, sibling) : joined(NODE, sibling, below));
}

/** Does the proof's sums again. The reader's own browser says so, not the server that is being checked. */
export async function recompute({ entry, position, path, seal }: EntryProof, digest: Digest): Promise<Recomputed> {
  const leaf = await entryHash(digest, entry);
  const hash = hexOf(leaf) === entry.hash;
  if (seal === null || position === null) return { hash, root: null };
  const root = await rootOf(digest, leaf, position, seal.count, path.map(bytesOf));
  return { hash, root: root !== null && hexOf(root) === seal.root };
}

/** The browser's own SHA-256; it has none on a page that came by plain http. */
export const browserDigest: Digest | null = globalThis.crypto?.subtle
  ? async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  : null;
