import { entryHash, GENESIS } from './entry.ts';
import type { Fault, FaultCode } from './faults.ts';
import { newKeys, smallLedger, type SmallLedger } from './ledger.fixture.ts';
import { merkleRoot } from './merkle.ts';
import { signSeal } from './seal.ts';
import { sealOnce } from './sealer.ts';
import { verifyLedger, verifyReport } from './verify.ts';

let ledger: SmallLedger;
beforeAll(async () => (ledger = await smallLedger()));
beforeEach(() => ledger.restore());
afterAll(() => ledger.close());

const verify = (log: string | null = ledger.keys.sealsLog) => verifyLedger(ledger.db, ledger.keys.publicKey, log);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('whoever has full rights over the database is found out', () => {
  const first = () => ledger.chains[0]!;
  const at = (seq: number) => `chain = '${first()}' AND seq = ${seq}`;

  const cases: [string, () => Promise<unknown>, FaultCode, Partial<Fault>][] = [
    [
      'a word of a body changed',
      () => ledger.tamper(`UPDATE ledger_entry SET body = replace(body, 'claim', 'clAim') WHERE ${at(2)}`),
      'EntryHashWrong',
      { seq: 2 },
    ],
    [
      'the verb column changed',
      () => ledger.tamper(`UPDATE ledger_entry SET verb = 'refuse' WHERE ${at(3)}`),
      'EntryColumnsWrong',
      { seq: 3 },
    ],
    [
      'the time column moved',
      () => ledger.tamper(`UPDATE ledger_entry SET at = at - interval '1 day' WHERE ${at(3)}`),
      'EntryColumnsWrong',
      { seq: 3 },
    ],
    [
      'accepted made refused',
      () => ledger.tamper(`UPDATE ledger_entry SET accepted = false WHERE ${at(1)}`),
      'EntryColumnsWrong',
      { seq: 1 },
    ],
    [
      'hung on another case',
      () => ledger.tamper(`UPDATE ledger_entry SET case_id = gen_random_uuid() WHERE ${at(4)}`),
      'EntryColumnsWrong',
      { seq: 4 },
    ],
    [
      'an account slipped in as the actor',
      () => ledger.tamper(`UPDATE ledger_entry SET account_id = gen_random_uuid() WHERE ${at(4)}`),
      'EntryColumnsWrong',
      { seq: 4 },
    ],
    ['an entry in the middle dropped', () => ledger.tamper(`DELETE FROM ledger_entry WHERE ${at(3)}`), 'ChainGap', { seq: 4 }],
    [
      'and the rest renumbered',
      () =>
        ledger.tamper(
          `DELETE FROM ledger_entry WHERE ${at(3)}`,
          `UPDATE ledger_entry SET seq = seq - 1 WHERE chain = '${first()}' AND seq > 3`,
        ),
      'ChainBroken',
      { seq: 3 },
    ],
    [
      'two entries swapped',
      () =>
        ledger.tamper(
          `UPDATE ledger_entry SET seq = -seq WHERE chain = '${first()}' AND seq IN (2, 3)`,
          `UPDATE ledger_entry SET seq = seq + 5 WHERE chain = '${first()}' AND seq < 0`,
        ),
      'ChainBroken',
      { seq: 2 },
    ],
    [
      'a whole chain dropped, its head too',
      () =>
        ledger.tamper(
          `DELETE FROM ledger_unsealed WHERE entry_id IN (SELECT id FROM ledger_entry WHERE ${at(5)})`,
          `DELETE FROM ledger_entry WHERE chain = '${first()}'`,
          `DELETE FROM ledger_chain WHERE chain = '${first()}'`,
        ),
      'SealedEntryMissing',
      { sealNo: 1 },
    ],
    [
      'the last entry of a chain cut off',
      () =>
        ledger.tamper(
          `DELETE FROM ledger_unsealed WHERE entry_id IN (SELECT id FROM ledger_entry WHERE ${at(5)})`,
          `DELETE FROM ledger_entry WHERE ${at(5)}`,
        ),
      'ChainHeadWrong',
      { seq: 5 },
    ],
    [
      'an entry taken off the list of those to be sealed',
      () => ledger.tamper(`DELETE FROM ledger_unsealed WHERE entry_id IN (SELECT id FROM ledger_entry WHERE ${at(5)})`),
      'EntryNeverSealed',
      { seq: 5 },
    ],
    [
      'a sealed entry listed for sealing once more',
      () => ledger.tamper(`INSERT INTO ledger_unsealed SELECT id FROM ledger_entry WHERE ${at(1)}`),
      'EntryQueuedTwice',
      { seq: 1 },
    ],
    [
      'an entry listed that does not exist',
      () => ledger.tamper(`INSERT INTO ledger_unsealed VALUES (999999)`),
      'UnsealedEntryMissing',
      { entryId: '999999' },
    ],
    ['an entry of a case rewritten and all its hashes computed anew', () => rehash(first()), 'SealRootWrong', { sealNo: 1 }],
    [
      'that, with the seals computed anew and signed with another key',
      () => rehash(first()).then(() => reseal(newKeys(ledger.dir))),
      'SealKeyUnknown',
      { sealNo: 1 },
    ],
    [
      "that, under the real key's name",
      () => rehash(first()).then(() => reseal({ ...newKeys(ledger.dir), keyId: ledger.keys.keyId })),
      'SealSignatureWrong',
      { sealNo: 1 },
    ],
    ['that, by someone who has the real key', () => rehash(first()).then(() => reseal(ledger.keys)), 'SealDiffersFromLog', { sealNo: 1 }],
    [
      'an item moved from one place of a seal to another',
      () => ledger.tamper(`UPDATE ledger_seal_item SET position = position + 1 WHERE seal_no = 2 AND position = 5`),
      'SealItemsWrong',
      { sealNo: 2 },
    ],
    [
      'an entry taken out of its seal',
      () => ledger.tamper(`DELETE FROM ledger_seal_item WHERE seal_no = 2 AND position = 5`),
      'SealItemsWrong',
      { sealNo: 2 },
    ],
    [
      'a seal backdated',
      () => ledger.tamper(`UPDATE ledger_seal SET at = at - interval '1 day' WHERE no = 2`),
      'SealHashWrong',
      { sealNo: 2 },
    ],
    [
      'a seal in the middle dropped',
      () => ledger.tamper(`DELETE FROM ledger_seal_item WHERE seal_no = 1`, `DELETE FROM ledger_seal WHERE no = 1`),
      'SealGap',
      { sealNo: 1 },
    ],
    ['the last seal dropped, its items left', () => ledger.tamper(`DELETE FROM ledger_seal WHERE no = 2`), 'SealItemsWrong', { sealNo: 2 }],
    ['entries put into a chain by hand', () => insertByHand(), 'ChainHeadWrong', { seq: 6 }],
    ['the tail cut everywhere: entries, heads, items, seals', () => cutTail(), 'SealMissing', { sealNo: 2 }],
    [
      'the tail cut everywhere, and life gone on',
      () =>
        cutTail()
          .then(() => ledger.write('answer'))
          .then(() => sealOnce(ledger.db, { ...ledger.keys, sealsLog: `${ledger.keys.sealsLog}.other` }, new Date('2026-11-24T02:00:00Z'))),
      'SealDiffersFromLog',
      { sealNo: 2 },
    ],
  ];

  test.each(cases)('%s', async (_, act, code, where) => {
    await act();
    const found = await verify();
    expect(found.fault).toMatchObject({ code, ...where });
    const report = verifyReport(found);
    expect(report[0]).toContain('未通过');
    expect(report[0]).toContain(code);
    if (where.seq) expect(report[1]).toContain(`第 ${where.seq} 条`);
    if (where.sealNo) expect(report[1]).toContain(`第 ${where.sealNo} 号封存`);
  });

  test('a cut tail does not show in the database alone: the report says that the log was not consulted', async () => {
    await cutTail();
    const found = await verify(null);
    expect(found.fault).toBeNull();
    expect(verifyReport(found).join('\n')).toContain('未对照库外封存登记');
  });

  /** Rewrites the second entry and everything that follows from it in the chain, head included. */
  async function rehash(chain: string) {
    const entries = await ledger.db.ledgerEntry.findMany({ where: { chain }, orderBy: { seq: 'asc' } });
    let prev: Uint8Array = GENESIS;
    const statements = entries.map(({ id, seq, body }) => {
      const told = seq === 2 ? body.replace('"note":"claim"', '"note":"nothing"') : body;
      const hash = entryHash(prev, seq, told);
      const sql = `UPDATE ledger_entry SET body = '${told}', prev_hash = '\\x${hex(prev)}', hash = '\\x${hex(hash)}' WHERE id = ${id}`;
      prev = hash;
      return sql;
    });
    await ledger.tamper(...statements, `UPDATE ledger_chain SET hash = '\\x${hex(prev)}' WHERE chain = '${chain}'`);
  }

  /** Makes every seal anew over the entries as they stand. */
  async function reseal(keys: Pick<SmallLedger['keys'], 'privateKey' | 'keyId'>) {
    let prevHash: Uint8Array = GENESIS;
    for (const old of await ledger.db.ledgerSeal.findMany({ orderBy: { no: 'asc' } })) {
      const items = await ledger.db.ledgerSealItem.findMany({ where: { sealNo: old.no }, orderBy: { position: 'asc' } });
      const leaves = await Promise.all(items.map(({ entryId }) => ledger.db.ledgerEntry.findUniqueOrThrow({ where: { id: entryId } })));
      const seal = signSeal({ ...old, prevHash, keyId: keys.keyId, root: merkleRoot(leaves.map(({ hash }) => hash)) }, keys.privateKey);
      await ledger.tamper(
        `UPDATE ledger_seal SET prev_hash = '\\x${hex(seal.prevHash)}', root = '\\x${hex(seal.root)}', hash = '\\x${hex(seal.hash)}',
         signature = '\\x${hex(seal.signature)}', key_id = '${seal.keyId}' WHERE no = ${seal.no}`,
      );
      prevHash = seal.hash;
    }
  }

  async function insertByHand() {
    const last = await ledger.db.ledgerEntry.findFirstOrThrow({ where: { chain: first(), seq: 5 } });
    const hash = hex(entryHash(last.hash, 6, last.body));
    await ledger.tamper(
      `INSERT INTO ledger_entry (chain, seq, prev_hash, hash, body, at, verb, accepted, case_id)
       SELECT chain, 6, hash, '\\x${hash}', body, at, verb, accepted, case_id FROM ledger_entry WHERE id = ${last.id}`,
      `INSERT INTO ledger_unsealed SELECT id FROM ledger_entry WHERE chain = '${first()}' AND seq = 6`,
    );
  }

  const cutTail = () =>
    ledger.tamper(
      `DELETE FROM ledger_unsealed`,
      `DELETE FROM ledger_seal_item WHERE seal_no > 1`,
      `DELETE FROM ledger_seal WHERE no > 1`,
      `DELETE FROM ledger_entry WHERE seq > 2`,
      `UPDATE ledger_chain head SET seq = 2, hash = e.hash FROM ledger_entry e WHERE e.chain = head.chain AND e.seq = 2`,
    );
});
