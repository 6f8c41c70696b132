import type { KeyObject } from 'node:crypto';
import { Prisma } from '../../prisma/generated/client.ts';
import type { Db } from '../db.ts';
import { dateOf, formatDate, timeOf } from '../domain/dates.ts';
import { faultText, type Fault } from './faults.ts';
import { sizeOfLog } from './seals-log.ts';
import { verifyChains } from './verify-chains.ts';
import { coverageFault, fileFault } from './verify-coverage.ts';
import { verifyLog, verifySeals } from './verify-seals.ts';

/** What a verification found. `fault` is the first broken place, null for a sound ledger; `unsealed` is the limit of what was proven. */
export interface Verification {
  fault: Fault | null;
  entries: number;
  chains: number;
  seals: number;
  lastSealAt: Date | null;
  unsealed: { count: number; oldestAt: Date | null };
  /** The log outside the database: null when none was given. `lastNo` is the highest seal it knows. */
  log: { lastNo: number } | null;
}

export interface VerifyOptions {
  onProgress?: (progress: { entries?: number; seals?: number }) => void;
}

/**
 * Recomputes the whole ledger as it stands at one moment, while others go on writing: chains, columns, seals, signatures, coverage, and the
 * log of seals outside the database (`sealsLog`, null for none). Reads in pages, so memory does not grow with the ledger.
 */
export async function verifyLedger(
  db: Db,
  publicKey: KeyObject | readonly KeyObject[],
  sealsLog: string | null,
  { onProgress }: VerifyOptions = {},
): Promise<Verification> {
  const keys = 'type' in publicKey ? [publicKey] : publicKey;
  // Measured before the snapshot: what the log holds by now is committed, what comes later may lie behind the snapshot.
  const logSize = sealsLog === null ? 0 : await sizeOfLog(sealsLog);
  return db.$transaction(
    async (tx) => {
      const unsealed = await unsealedNow(tx);
      const walked = await verifyChains(tx, (entries) => onProgress?.({ entries }));
      const sealed = walked.fault ? null : await verifySeals(tx, keys, (seals) => onProgress?.({ seals }));
      const found = walked.fault ?? sealed?.fault ?? (await coverageFault(tx));
      const logged = sealsLog === null || found ? null : await verifyLog(tx, sealsLog, logSize);
      const fault = found ?? logged?.fault ?? (await fileFault(tx));
      return {
        fault,
        entries: walked.entries,
        chains: walked.chains,
        seals: sealed?.last?.no ?? 0,
        lastSealAt: sealed?.last?.at ?? null,
        unsealed,
        log: logged && { lastNo: logged.lastNo },
      };
    },
    { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead, timeout: 6 * 3_600_000 },
  );
}

async function unsealedNow(tx: Prisma.TransactionClient) {
  const [row] = await tx.$queryRaw<[{ count: number; oldestAt: Date | null }]>`
    SELECT count(*)::int AS count, min(e.at) AS "oldestAt" FROM ledger_unsealed u LEFT JOIN ledger_entry e ON e.id = u.entry_id`;
  return row;
}

/** The verification as lines to print, with what it proves and where it ends. */
export function verifyReport({ fault, entries, chains, seals, lastSealAt, unsealed, log }: Verification): string[] {
  if (fault) {
    return [
      `账本核验：未通过（${fault.code}）`,
      faultText(fault),
      `出错之前已核对记录 ${entries} 条、封存 ${seals} 号。请保留现场，勿修改数据库，并联系审计管理员。`,
    ];
  }
  const lines = [
    '账本核验：通过',
    `记录 ${entries} 条，分属 ${chains} 条链，逐条相符、首尾相接。`,
    `封存 ${seals} 号，签名全部有效${lastSealAt ? `，最近一次封存于 ${chinaTime(lastSealAt)}` : ''}。`,
  ];
  if (unsealed.count > 0) {
    const since = unsealed.oldestAt ? `，最早一条记于 ${chinaTime(unsealed.oldestAt)}` : '';
    lines.push(`尚有 ${unsealed.count} 条待封存${since}；这些记录还没有签名保护，封存之前被连同链头一起删去是看不出来的。`);
  }
  lines.push(logLine(log, seals));
  return lines;
}

function logLine(log: Verification['log'], seals: number): string {
  if (!log) return '本次未对照库外封存登记：账本末尾若被连同封存一起截去，单凭数据库看不出来。';
  if (log.lastNo === seals) return `库外封存登记与数据库一致（至第 ${seals} 号）。`;
  return `库外封存登记记到第 ${log.lastNo} 号，比数据库少 ${seals - log.lastNo} 号，已登记的部分一致。`;
}

const chinaTime = (at: Date) => `${formatDate(dateOf(at))} ${timeOf(at)}`;
