import type { Tx } from '../db.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import type { PersonKeys } from '../people/keys.ts';
import { openSealedWorkbook } from '../workbooks/batch-bytes.ts';
import { mark, markedName } from '../workbooks/mark.ts';
import { readWorkbook } from '../workbooks/read-workbook.ts';
import { openBatch, storedMapping, storedSummary, type Reader, type StoredFaults } from './batch.ts';

export interface MarkedWorkbook {
  fileName: string;
  bytes: Buffer;
}

/**
 * The uploaded workbook as it came, its faulty cells on red, a last column 校验结果 and a sheet 校验说明. Marked once more after mending, it carries
 * only what is still wrong. Formulas are their results in it: nothing runs when it is opened or exported.
 */
export async function markedWorkbook(tx: Tx, keys: PersonKeys, id: string, reader: Reader): Promise<MarkedWorkbook | Refusal> {
  const batch = await openBatch(tx, id, reader);
  if (isRefusal(batch)) return batch;
  if (batch.bytes.length === 0) return refuse('ImportFileGone');
  const workbook = await readWorkbook(openSealedWorkbook(keys, id, batch.bytes));
  if (isRefusal(workbook)) return workbook;
  const { faults } = batch.faults as unknown as StoredFaults;
  const { mapping } = storedMapping(batch);
  const { rows, good, faults: count } = storedSummary(batch);
  const head = `${batch.fileName}：共 ${rows} 行，可以导入 ${good} 行，有错误 ${rows - good} 行（${count} 处）。`;
  const bytes = await mark(workbook, mapping, faults, count > faults.length ? `${head}这里列出前 ${faults.length} 处。` : head);
  return { fileName: markedName(batch.fileName), bytes };
}
