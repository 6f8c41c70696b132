import type { z } from 'zod';
import type { Tx } from '../db.ts';
import type { sheetExcerpt } from '../domain/api/roster.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import type { PersonKeys } from '../people/keys.ts';
import { openSealedWorkbook } from '../workbooks/batch-bytes.ts';
import { openBatch, storedMapping, type Reader, type StoredFaults } from './batch.ts';
import { readWorkbook } from '../workbooks/read-workbook.ts';
import { shown } from '../workbooks/verdict.ts';

export type SheetExcerpt = z.infer<typeof sheetExcerpt>;

/** Rows shown before and after the one in question. */
const AROUND = 2;

/** How a row stands in its sheet, with its neighbours. ID and phone numbers are masked here too. */
export async function excerptOf(tx: Tx, keys: PersonKeys, id: string, row: number, reader: Reader): Promise<SheetExcerpt | Refusal> {
  const batch = await openBatch(tx, id, reader);
  if (isRefusal(batch)) return batch;
  if (batch.bytes.length === 0) return refuse('ImportFileGone');
  const workbook = await readWorkbook(openSealedWorkbook(keys, id, batch.bytes));
  if (isRefusal(workbook)) return workbook;
  const { mapping } = storedMapping(batch);
  const sheet = workbook.sheets.find(({ name }) => name === mapping.sheet);
  const { faults } = batch.faults as unknown as StoredFaults;
  const at = sheet?.rows.findIndex(({ no }) => no === row) ?? -1;
  if (!sheet || at < 0) return refuse('NotFound', { what: '这一行' });
  const near = sheet.rows.slice(Math.max(0, at - AROUND), at + AROUND + 1).filter(({ no }) => no > mapping.headerBottom);
  const textAt = (cells: ReadonlyMap<number, { text: string }>, { column, field }: (typeof mapping.columns)[number]) => {
    const text = cells.get(column)?.text ?? '';
    // A column nobody knows may hold anything: long digits are masked whatever they are.
    return text === '' ? '' : shown(field ?? 'note', field ? text : text.replace(/\d(?=[\dXx]{4,}$)(?<=\d{6,})/g, '*'));
  };
  return {
    columns: mapping.columns.map(({ letter, header }) => ({ letter, header })),
    rows: near.map(({ no, cells }) => ({
      row: no,
      cells: mapping.columns.map((column) => textAt(cells, column)),
      faulty: [...new Set(faults.filter((one) => one.row === no && one.severity === 'error').map(({ letter }) => letter))],
    })),
  };
}
