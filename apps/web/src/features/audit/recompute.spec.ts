import { createHash } from 'node:crypto';
import { entryHash } from '../../../../../libs/ledger/entry.ts';
import { merklePath, merkleRoot } from '../../../../../libs/ledger/merkle.ts';
import { recompute, type EntryProof } from './recompute.ts';

const digest = async (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const previous = Buffer.alloc(32, 7);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function sealOf(count: number) {
  const bodies = Array.from({ length: count }, (_, index) => JSON.stringify({ verb: `动作 ${index}` }));
  const leaves = bodies.map((body, index) => entryHash(previous, index + 1, body));
  const proofAt = (position: number): EntryProof => ({
    entry: { seq: position + 1, body: bodies[position]!, hash: hex(leaves[position]!), prevHash: hex(previous) },
    position,
    path: merklePath(leaves, position).map(hex),
    seal: { count, root: hex(merkleRoot(leaves)) },
  });
  return { proofAt };
}

describe('the proof of an entry, computed again by the reader', () => {
  test.each([1, 2, 3, 7, 8, 13])('agrees with the ledger for every entry of a seal over %i', async (count) => {
    const { proofAt } = sealOf(count);
    for (let position = 0; position < count; position += 1) {
      expect(await recompute(proofAt(position), digest)).toEqual({ hash: true, root: true });
    }
  });

  test('sees a changed text, a moved entry, a cut path and a foreign root', async () => {
    const { proofAt } = sealOf(7);
    const proof = proofAt(4);
    const { entry, seal } = proof;
    const changed = { ...entry, body: entry.body.replace('动作', '动怍') };
    expect((await recompute({ ...proof, entry: changed }, digest)).hash).toBe(false);
    expect((await recompute({ ...proof, entry: { ...entry, seq: 6 } }, digest)).hash).toBe(false);
    expect(await recompute({ ...proof, path: proof.path.slice(1) }, digest)).toEqual({ hash: true, root: false });
    expect(await recompute({ ...proof, seal: { ...seal!, root: proofAt(1).entry.hash } }, digest)).toEqual({ hash: true, root: false });
  });

  test('says nothing of a root while the entry is not sealed', async () => {
    expect(await recompute({ ...sealOf(3).proofAt(0), seal: null, position: null, path: [] }, digest)).toEqual({
      hash: true,
      root: null,
    });
  });
});
