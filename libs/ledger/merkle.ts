import { sha256 } from './entry.ts';

const NODE = Buffer.from([0x01]);
const node = (left: Uint8Array, right: Uint8Array) => sha256(NODE, left, right);

/** Largest power of two below `n` (n ≥ 2): where RFC 6962 splits a tree. */
const split = (n: number) => 2 ** (31 - Math.clz32(n - 1));

/** Root of the RFC 6962 tree over leaf hashes, which carry the 0x00 prefix already (`entryHash`). */
export function merkleRoot(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) throw new Error('A seal over nothing');
  if (leaves.length === 1) return Buffer.from(leaves[0]!);
  const k = split(leaves.length);
  return node(merkleRoot(leaves.slice(0, k)), merkleRoot(leaves.slice(k)));
}

/** Inclusion proof of the leaf at `position`: the hashes of its siblings, from the leaf up. */
export function merklePath(leaves: readonly Uint8Array[], position: number): Buffer[] {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  return position < k
    ? [...merklePath(leaves.slice(0, k), position), merkleRoot(leaves.slice(k))]
    : [...merklePath(leaves.slice(k), position - k), merkleRoot(leaves.slice(0, k))];
}

/** The root that a leaf and its path lead to in a tree of `count` leaves; null when the path does not fit such a tree. */
export function rootFromPath(leaf: Uint8Array, position: number, count: number, path: readonly Uint8Array[]): Buffer | null {
  if (!Number.isInteger(position) || position < 0 || position >= count) return null;
  if (count === 1) return path.length === 0 ? Buffer.from(leaf) : null;
  const sibling = path.at(-1);
  if (!sibling) return null;
  const k = split(count);
  const left = position < k;
  const below = rootFromPath(leaf, left ? position : position - k, left ? k : count - k, path.slice(0, -1));
  return below && (left ? node(below, sibling) : node(sibling, below));
}
