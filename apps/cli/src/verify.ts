import { openLedgerKeys } from '../../../libs/ledger/keys.ts';
import { verifyLedger, verifyReport } from '../../../libs/ledger/verify.ts';
import type { Command } from './main.ts';

/** Recomputes the whole ledger and says what holds; exit code 1 when something does not. */
export const verify: Command = async ({ db, config }) => {
  const keys = await openLedgerKeys({
    dir: config.keysDir,
    ...(config.ledgerKeyFile && { keyFile: config.ledgerKeyFile }),
    ...(config.sealsLog && { sealsLog: config.sealsLog }),
  });
  const found = await verifyLedger(db, keys.publicKey, keys.sealsLog);
  for (const line of verifyReport(found)) console.log(line);
  return found.fault ? 1 : 0;
};
