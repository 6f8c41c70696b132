import { createHash, randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { append } from './append.ts';
import { smallLedger, type SmallLedger } from './ledger.fixture.ts';
import { runSealer } from './sealer.ts';
import { verifyLedger, verifyReport } from './verify.ts';

let ledger: SmallLedger;
beforeAll(async () => (ledger = await smallLedger()));
beforeEach(() => ledger.restore());
afterAll(() => ledger.close());

const verify = (log: string | null = ledger.keys.sealsLog) => verifyLedger(ledger.db, ledger.keys.publicKey, log);

test('an untouched ledger verifies, and the entries that no seal covers are named as the limit', async () => {
  const found = await verify();
  expect(found).toMatchObject({
    fault: null,
    entries: 15,
    chains: 3,
    seals: 2,
    lastSealAt: new Date('2026-11-24T01:00:04Z'),
    unsealed: { count: 3, oldestAt: new Date('2026-11-24T01:00:00Z') },
    log: { lastNo: 2 },
  });
  const report = verifyReport(found).join('\n');
  expect(report).toContain('通过');
  expect(report).toContain('尚有 3 条待封存');
  expect(report).toContain('2026年11月24日 09:00');
});

test('an empty ledger verifies', async () => {
  await ledger.tamper('TRUNCATE ledger_entry, ledger_seal, ledger_seal_item, ledger_chain, ledger_unsealed');
  expect(await verify(null)).toMatchObject({
    fault: null,
    entries: 0,
    chains: 0,
    seals: 0,
    unsealed: { count: 0, oldestAt: null },
    log: null,
  });
});

test('while others write and seal, every verification finds a sound ledger', async () => {
  const stop = new AbortController();
  const troubles: unknown[] = [];
  const sealing = runSealer({
    ...ledger,
    now: () => new Date(),
    everyMs: 5,
    signal: stop.signal,
    onTrouble: (error) => troubles.push(error),
  });
  const writing = Array.from({ length: 4 }, async (_, i) => {
    while (!stop.signal.aborted) {
      const caseId = ledger.cases[i % 3]!;
      await ledger.db.$transaction((tx) =>
        append(tx, { chain: `case:${caseId}`, verb: 'comment', accepted: true, at: new Date(), actor: null, caseId }),
      );
      await delay(1);
    }
  });
  const seals: number[] = [];
  for (let i = 0; i < 12; i += 1) {
    const found = await verify();
    expect(found.fault).toBeNull();
    seals.push(found.seals);
  }
  stop.abort();
  await Promise.all([sealing, ...writing]);
  expect(seals.at(-1)!).toBeGreaterThan(seals[0]!);
  expect(troubles).toEqual([]);
});

describe('attachments', () => {
  const sha = createHash('sha256').update('原件').digest('hex');
  const [caseId, accountId] = [randomUUID(), randomUUID()];
  const row = (id: string) => ({ id, caseId, sha256: sha, name: '原件.txt', accountId, at: new Date() });
  let id: string;
  let entryId: bigint;
  beforeEach(async () => {
    // as the desk hands one in: content, row and entry
    id = randomUUID();
    await ledger.db.fileContent.create({ data: { sha256: sha, bytes: Buffer.from('原件'), size: 6, type: 'text/plain' } });
    await ledger.db.attachment.create({ data: row(id) });
    ({ id: entryId } = await append(ledger.db, {
      chain: `case:${caseId}`,
      verb: 'case.attach',
      accepted: true,
      at: new Date(),
      actor: { accountId },
      caseId,
      detail: { attachmentId: id, name: '原件.txt', sha256: sha, size: 6 },
    }));
  });
  afterEach(async () => {
    await ledger.db.$executeRaw`TRUNCATE file_content, attachment`;
    await ledger.restore();
  });

  test('as they were pass', async () => {
    expect((await verify()).fault).toBeNull();
  });

  test('with other content are found', async () => {
    await ledger.db.fileContent.updateMany({ data: { bytes: Buffer.from('改件') } });
    const found = await verify();
    expect(found.fault).toEqual({ code: 'FileContentWrong', file: sha });
    expect(verifyReport(found)[1]).toContain(sha);
  });

  test('whose content is gone are found', async () => {
    await ledger.db.fileContent.deleteMany();
    expect((await verify()).fault).toEqual({ code: 'FileMissing', file: sha });
  });

  test('that nobody handed in are found', async () => {
    await ledger.db.attachment.create({ data: row(randomUUID()) });
    expect((await verify()).fault).toEqual({ code: 'AttachmentNotRecorded', file: sha });
  });

  test('that were taken out are found', async () => {
    await ledger.db.attachment.deleteMany();
    expect((await verify()).fault).toEqual({ code: 'AttachmentMissing', file: sha, entryId: String(entryId) });
  });

  test.each([
    ['name', { name: '另一件.txt' }],
    ['person', { accountId: randomUUID() }],
    ['case', { caseId: randomUUID() }],
  ])('of another %s than recorded are found', async (_, data) => {
    await ledger.db.attachment.updateMany({ data });
    expect((await verify()).fault).toEqual({ code: 'AttachmentDiffers', file: sha, entryId: String(entryId) });
  });
});

describe('the log of seals outside the database', () => {
  const lines = async () => (await readFile(ledger.keys.sealsLog, 'utf8')).trimEnd().split('\n');

  test('may be behind', async () => {
    await writeFile(ledger.keys.sealsLog, `${(await lines())[0]}\n`);
    const found = await verify();
    expect(found).toMatchObject({ fault: null, log: { lastNo: 1 } });
    expect(verifyReport(found).join('\n')).toContain('比数据库少 1 号');
  });

  test('may be missing altogether, which is said', async () => {
    const found = await verify(`${ledger.keys.sealsLog}.nowhere`);
    expect(found).toMatchObject({ fault: null, log: { lastNo: 0 } });
    expect(verifyReport(found).join('\n')).toContain('比数据库少 2 号');
  });

  test('may hold a seal twice and a line that a crash tore off', async () => {
    const [one, two] = (await lines()) as [string, string];
    await writeFile(ledger.keys.sealsLog, [one, one, two.slice(0, 40), two, two.slice(0, 10)].join('\n'));
    expect((await verify()).fault).toBeNull();
  });

  test('may not hold lines that nobody can read', async () => {
    const [one, two] = await lines();
    await writeFile(ledger.keys.sealsLog, [one, 'something else', two, ''].join('\n'));
    expect((await verify()).fault).toMatchObject({ code: 'SealsLogUnreadable' });
  });
});
