import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { actorOf } from '../../../libs/access/actor.ts';
import { openDemoAccounts } from '../../../libs/access/demo-accounts.ts';
import { reachOf } from '../../../libs/access/permission.ts';
import { dateOf } from '../../../libs/domain/dates.ts';
import { isRefusal, refusalText } from '../../../libs/domain/refusal.ts';
import { openPersonKeys } from '../../../libs/people/keys.ts';
import { faultsOf } from '../../../libs/roster/batch.ts';
import { confirm } from '../../../libs/roster/confirm.ts';
import { dryRun } from '../../../libs/roster/dry-run.ts';
import type { Command } from './main.ts';

const SHOWN = 50;

/**
 * import <file.xlsx> --as <user name> [--good-rows-only] [--dry-run]: checks a roster as that officer, says every fault, and takes it over when there is
 * none (or the good rows when asked to). Exit code 1 when something was refused.
 */
export const importRoster: Command = async ({ db, config, args }) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      as: { type: 'string' },
      'good-rows-only': { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const [file] = positionals;
  if (!file || !values.as) return said('用法: npm run cli -- import <花名册.xlsx> --as <账号> [--good-rows-only] [--dry-run]', 2);
  const at = new Date();
  const account = await db.account.findUnique({ where: { userName: values.as }, select: { id: true, status: true } });
  const actor = account?.status === 'active' ? await actorOf(db, account.id, dateOf(at)) : null;
  const [withinPath] = actor ? reachOf(actor, ['COUNTY_ORG', 'COUNTY_HR', 'CITY_ORG']) : [];
  if (!actor || !withinPath) return said(`账号 ${values.as} 不存在、没有启用，或没有导入名册的职务。`, 1);
  const keys = await openPersonKeys({ dir: config.keysDir, ...(config.personKeyFile && { keyFile: config.personKeyFile }) });
  const act = { actor, at, origin: 'cli', withinPath };
  const batch = await dryRun(db, keys, { ...act, bytes: await readFile(path.resolve(config.cwd, file)), fileName: path.basename(file) });
  if (isRefusal(batch)) return said(refusalText(batch), 1);
  const { summary } = batch;
  console.log(
    `试运行：${summary.rows} 行，可导入 ${summary.good} 行（新增 ${summary.added}、更新 ${summary.updated}、没有变化 ${summary.unchanged}），有错误 ${summary.refusedRows} 行，仍在试用期 ${summary.onProbation} 人。`,
  );
  const faults = await faultsOf(db, batch.id, { accountId: actor.accountId, withinPath }, { limit: SHOWN, severity: 'error' });
  if (!isRefusal(faults)) {
    for (const { message } of faults.items) console.log(`  ${message}`);
    if (faults.next) console.log(`  … 其余见页面“导入”。`);
  }
  if (values['dry-run']) return summary.refusedRows > 0 ? 1 : 0;
  const result = await confirm(db, keys, { ...act, batchId: batch.id, goodRowsOnly: values['good-rows-only'] });
  if (isRefusal(result)) return said(refusalText(result), 1);
  if (config.demo) await openDemoAccounts(db, config.dataDir, batch.id);
  return said(result.text, 0);
};

function said(text: string, code: number): number {
  console.log(text);
  return code;
}
