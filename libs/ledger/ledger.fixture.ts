import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freshDatabase } from '../../test/support/database.ts';
import { appendMany } from './append.ts';
import type { Act } from './entry.ts';
import { keyIdOf, type LedgerKeys } from './keys.ts';
import { sealOnce } from './sealer.ts';

const tables = ['ledger_entry', 'ledger_seal', 'ledger_seal_item', 'ledger_chain', 'ledger_unsealed'];
const at = new Date('2026-11-24T01:00:00Z');

/** A key pair of its own, sealing into `dir`. */
export function newKeys(dir: string): LedgerKeys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey, keyId: keyIdOf(publicKey), fieldKey: randomBytes(32), sealsLog: path.join(dir, 'seals.log') };
}

/** For tests: a database, keys, and a ledger of three cases with five entries each, the first four of each under seals 1 and 2. */
export async function smallLedger() {
  const database = await freshDatabase();
  const dir = await mkdtemp(path.join(tmpdir(), 'ledger-'));
  const keys = newKeys(dir);
  const cases = Array.from({ length: 3 }, () => randomUUID()).sort();
  const actOf = (caseId: string, verb: string): Act => ({
    chain: `case:${caseId}`,
    verb,
    accepted: true,
    at,
    actor: null,
    caseId,
    detail: { note: verb },
  });
  const write = (...verbs: string[]) =>
    database.db.$transaction((tx) =>
      appendMany(
        tx,
        cases.flatMap((caseId) => verbs.map((verb) => actOf(caseId, verb))),
      ),
    );

  await write('open', 'claim');
  await sealOnce(database.db, keys, new Date('2026-11-24T01:00:02Z'));
  await write('answer', 'return');
  await sealOnce(database.db, keys, new Date('2026-11-24T01:00:04Z'));
  await write('answer');

  const sealsLog = await readFile(keys.sealsLog);
  for (const table of tables) await database.db.$executeRawUnsafe(`CREATE TABLE saved_${table} AS TABLE ${table}`);

  /** Runs SQL as someone with full rights over the database would, past the triggers. */
  const tamper = (...statements: string[]) =>
    database.db.$transaction(async (tx) => {
      for (const table of tables) await tx.$executeRawUnsafe(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      for (const sql of statements) await tx.$executeRawUnsafe(sql);
    });
  /** Puts the ledger and its log back as they were made. */
  const restore = async () => {
    await tamper(`TRUNCATE ${tables.join(', ')}`, ...tables.map((table) => `INSERT INTO ${table} TABLE saved_${table}`));
    await writeFile(keys.sealsLog, sealsLog);
  };
  const close = async () => {
    await database.close();
    await rm(dir, { recursive: true });
  };
  return { db: database.db, dir, keys, cases, chains: cases.map((id) => `case:${id}`), write, tamper, restore, close };
}

export type SmallLedger = Awaited<ReturnType<typeof smallLedger>>;
