import { appendFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { newKeys, smallLedger, type SmallLedger } from './ledger.fixture.ts';
import { checkProof, proofOf } from './proof.ts';
import { LedgerRolledBack, runSealer, sealOnce } from './sealer.ts';
import { verifyLedger } from './verify.ts';

let ledger: SmallLedger;
beforeAll(async () => (ledger = await smallLedger()));
beforeEach(() => ledger.restore());
afterAll(() => ledger.close());

const at = new Date('2026-11-24T01:00:06Z');
const logged = async () =>
  (await readFile(ledger.keys.sealsLog, 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { no: number });

describe('sealing', () => {
  test('takes all that waits, links to the seal before and writes its line after the commit', async () => {
    const seal = await sealOnce(ledger.db, ledger.keys, at);
    expect(seal).toMatchObject({ no: 3, count: 3, at, keyId: ledger.keys.keyId });
    const before = await ledger.db.ledgerSeal.findUniqueOrThrow({ where: { no: 2 } });
    expect(Buffer.from(seal!.prevHash)).toEqual(Buffer.from(before.hash));
    expect(await ledger.db.ledgerUnsealed.count()).toBe(0);
    expect((await logged()).at(-1)).toEqual({
      no: 3,
      prevHash: Buffer.from(before.hash).toString('hex'),
      root: Buffer.from(seal!.root).toString('hex'),
      count: 3,
      keyId: ledger.keys.keyId,
      at: at.toISOString(),
      hash: Buffer.from(seal!.hash).toString('hex'),
      signature: Buffer.from(seal!.signature).toString('hex'),
    });
  });

  test('makes no seal over nothing', async () => {
    await sealOnce(ledger.db, ledger.keys, at);
    expect(await sealOnce(ledger.db, ledger.keys, at)).toBeNull();
    expect(await ledger.db.ledgerSeal.count()).toBe(3);
  });

  test('is done by one at a time: of several at once each entry is sealed once, and the log tells the same', async () => {
    await Promise.all(Array.from({ length: 6 }, () => sealOnce(ledger.db, ledger.keys, at)));
    expect(await ledger.db.ledgerUnsealed.count()).toBe(0);
    expect(await verifyLedger(ledger.db, ledger.keys.publicKey, ledger.keys.sealsLog)).toMatchObject({ fault: null, seals: 3 });
  });

  test('leaves an act that has not committed to the next seal', async () => {
    await ledger.db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT entry_id FROM ledger_unsealed ORDER BY entry_id LIMIT 1 FOR UPDATE`;
      expect(await sealOnce(ledger.db, ledger.keys, at)).toMatchObject({ no: 3, count: 2 });
    });
    expect(await sealOnce(ledger.db, ledger.keys, at)).toMatchObject({ no: 4, count: 1 });
    expect((await verifyLedger(ledger.db, ledger.keys.publicKey, ledger.keys.sealsLog)).fault).toBeNull();
  });
});

describe('the log outside the database', () => {
  test('gets the lines that a crash after the commit left out, without anything new to seal', async () => {
    await sealOnce(ledger.db, ledger.keys, at);
    const whole = await readFile(ledger.keys.sealsLog, 'utf8');
    await writeFile(ledger.keys.sealsLog, `${whole.split('\n')[0]}\n`);
    expect(await sealOnce(ledger.db, ledger.keys, at)).toBeNull();
    expect(await readFile(ledger.keys.sealsLog, 'utf8')).toBe(whole);
  });

  test('gets its last line whole after a crash in the middle of it', async () => {
    await truncate(ledger.keys.sealsLog, (await readFile(ledger.keys.sealsLog)).length - 30);
    await sealOnce(ledger.db, ledger.keys, at);
    expect(await verifyLedger(ledger.db, ledger.keys.publicKey, ledger.keys.sealsLog)).toMatchObject({ fault: null, log: { lastNo: 3 } });
  });

  test('is written anew in whole when it was lost', async () => {
    await rm(ledger.keys.sealsLog);
    await sealOnce(ledger.db, ledger.keys, at);
    expect((await logged()).map(({ no }) => no)).toEqual([1, 2, 3]);
  });

  test('stops the sealing when it knows more than the database, or other than it', async () => {
    const whole = await readFile(ledger.keys.sealsLog, 'utf8');
    await appendFile(ledger.keys.sealsLog, `${JSON.stringify({ no: 7, hash: 'ab' })}\n`);
    await expect(sealOnce(ledger.db, ledger.keys, at)).rejects.toThrow(LedgerRolledBack);
    await writeFile(ledger.keys.sealsLog, whole.replace(/"hash":"[0-9a-f]{64}"(?=.*"no":2)/, `"hash":"${'0'.repeat(64)}"`));
    await expect(sealOnce(ledger.db, ledger.keys, at)).rejects.toThrow(LedgerRolledBack);
    expect(await ledger.db.ledgerUnsealed.count()).toBe(3);
  });
});

test('the loop tells of trouble, goes on by itself when it is over, and stops when told', async () => {
  const stop = new AbortController();
  await appendFile(ledger.keys.sealsLog, `${JSON.stringify({ no: 7, hash: 'ab' })}\n`);
  const good = (await readFile(ledger.keys.sealsLog, 'utf8')).split('\n').slice(0, 2).join('\n');
  const troubled = new Promise<unknown>((tell) => {
    void runSealer({ ...ledger, now: () => at, everyMs: 5, signal: stop.signal, onTrouble: tell }).then(() => tell('ended early'));
  });
  expect(await troubled).toBeInstanceOf(LedgerRolledBack);
  await writeFile(ledger.keys.sealsLog, `${good}\n`);
  while ((await logged()).length < 3) await new Promise(setImmediate);
  stop.abort();
  expect((await logged()).map(({ no }) => no)).toEqual([1, 2, 3]);
});

describe('the proof of an entry', () => {
  const entry = (seq: number) => ledger.db.ledgerEntry.findFirstOrThrow({ where: { chain: ledger.chains[1]!, seq } });

  test('holds for every sealed entry with nothing but the public key, also after a trip through JSON', async () => {
    for (const { id } of await ledger.db.ledgerEntry.findMany({ where: { seq: { lte: 4 } } })) {
      const proof = JSON.parse(JSON.stringify(await proofOf(ledger.db, id))) as NonNullable<Awaited<ReturnType<typeof proofOf>>>;
      expect(checkProof(proof, ledger.keys.publicKey)).toBeNull();
    }
  });

  test('does not exist before the entry is sealed, nor for an entry that is not there', async () => {
    expect(await proofOf(ledger.db, (await entry(5)).id)).toBeNull();
    expect(await proofOf(ledger.db, 999_999n)).toBeNull();
  });

  test('does not hold for another body, place, seal or key', async () => {
    const proof = (await proofOf(ledger.db, (await entry(2)).id))!;
    const other = (await proofOf(ledger.db, (await entry(3)).id))!;
    const key = ledger.keys.publicKey;
    expect(checkProof({ ...proof, entry: { ...proof.entry, body: proof.entry.body.replace('claim', 'clAim') } }, key)).toBe(
      'EntryHashWrong',
    );
    expect(checkProof({ ...proof, position: proof.position + 1 }, key)).toBe('SealRootWrong');
    expect(checkProof({ ...proof, path: proof.path.slice(1) }, key)).toBe('SealRootWrong');
    expect(checkProof({ ...proof, seal: other.seal }, key)).toBe('SealRootWrong');
    expect(checkProof({ ...proof, seal: { ...proof.seal, at: at.toISOString() } }, key)).toBe('SealHashWrong');
    expect(checkProof(proof, newKeys(ledger.dir).publicKey)).toBe('SealSignatureWrong');
  });
});
