import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Db, Tx } from '../db.ts';
import { roleTitles, type Role } from '../domain/roles.ts';

/** A line of demo-accounts.json, as the start prints it. */
export interface DemoAccount {
  role: string;
  unit: string;
  name: string;
  userName: string;
  password: string;
}

const fileIn = (dataDir: string) => path.join(dataDir, 'demo-accounts.json');

/** The password that all demo accounts share; null where there is no demonstration. */
export async function demoPassword(dataDir: string): Promise<string | null> {
  try {
    const accounts = JSON.parse(await readFile(fileIn(dataDir), 'utf8')) as DemoAccount[];
    return accounts[0]?.password ?? null;
  } catch {
    return null;
  }
}

/** Writes down one demo account for each role and level, those of the first unit, with the password. Readable by its owner alone. */
export async function writeDemoAccounts(db: Db, dataDir: string, password: string): Promise<void> {
  const rows = await db.$queryRaw<{ role: Role; unit: string; name: string; user_name: string }[]>`
    SELECT DISTINCT ON (p.role, u.level) p.role, u.name AS unit, a.display_name AS name, a.user_name
    FROM post_held p JOIN account a ON a.id = p.account_id JOIN unit u ON u.code = p.unit_code
    WHERE a.demo AND a.status = 'active' ORDER BY p.role, u.level, u.path, a.user_name`;
  const order = Object.keys(roleTitles);
  rows.sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
  const accounts: DemoAccount[] = rows.map(({ role, unit, name, user_name }) => ({
    role: roleTitles[role],
    unit,
    name,
    userName: user_name,
    password,
  }));
  await writeFile(fileIn(dataDir), `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 });
  await chmod(fileIn(dataDir), 0o600);
}

/**
 * For the demonstration only: the accounts that an import made may sign in at once with the shared password, and get an address in the demo inbox
 * where the roster has none. Accounts that have a password of their own are left alone.
 */
export async function openDemoAccounts(db: Db, dataDir: string, batchId: string): Promise<void> {
  const password = await demoPassword(dataDir);
  if (password === null) return;
  const opened = await openImported(db, batchId);
  if (opened > 0) await writeDemoAccounts(db, dataDir, password);
}

const openImported = (tx: Tx | Db, batchId: string): Promise<number> => tx.$executeRaw`
  UPDATE account SET status = 'active', demo = true, email = coalesce(email, lower(user_name) || '@demo.miaopu.local'),
    password_hash = (SELECT password_hash FROM account WHERE demo AND password_hash IS NOT NULL LIMIT 1)
  WHERE status = 'inactive' AND password_hash IS NULL AND person_id IN (SELECT person_id FROM import_item WHERE batch_id = ${batchId}::uuid AND action = 'new')`;
