import { openLedgerReader } from '../../../libs/ledger/keys.ts';
import { verifyLedger, verifyReport } from '../../../libs/ledger/verify.ts';
import type { Command } from './main.ts';

/** Recomputes the whole ledger and says what holds; exit code 1 when something does not. */
export const verify: Command = async ({ db, config }) => {
  const keys = await openLedgerReader({
    dir: config.keysDir,
    ...(config.ledgerPublicKeyFile && { publicKeyFile: config.ledgerPublicKeyFile }),
    ...(config.sealsLog && { sealsLog: config.sealsLog }),
  });
  const publicKey = await keys.publicKey();
  if (!publicKey) {
    console.log('没有找到账本公钥：系统还没有封存过，或 KEYS_DIR 不对。');
    return 1;
  }
  const found = await verifyLedger(db, publicKey, keys.sealsLog);
  for (const line of verifyReport(found)) console.log(line);
  return found.fault ? 1 : 0;
};
