import type { ImportBatch } from '../../prisma/generated/client.ts';
import type { z } from 'zod';
import type { Tx } from '../db.ts';
import { addDays, dateOf, yearOf, type IsoDate } from '../domain/dates.ts';
import type {
  importBatch,
  importResult,
  importStatus,
  importSummary,
  rosterCorrection,
  rosterFault,
  rosterRowVerdict,
} from '../domain/api/roster.ts';
import { isRefusal, refuse, refusalText, type Refusal } from '../domain/refusal.ts';
import { isWithin } from '../domain/unit.ts';
import type { SheetChoice } from '../workbooks/choose-sheet.ts';
import { fieldTitle, isRequired, rosterFields, rosterSheet, type SheetField } from '../workbooks/fields.ts';
import type { Mapping, MappingChange, MappingProblem } from '../workbooks/headers.ts';

export type ImportBatchView = z.infer<typeof importBatch>;
export type ImportResult = z.infer<typeof importResult>;
export type ImportStatus = z.infer<typeof importStatus>;
export type ImportSummary = z.infer<typeof importSummary>;
export type RowVerdict = z.infer<typeof rosterRowVerdict>;
export type FaultView = z.infer<typeof rosterFault>;
export type CorrectionView = z.infer<typeof rosterCorrection>;

/** Days in which a confirmed import may still be undone; after that its workbook and the particulars it replaced are forgotten. */
export const UNDO_DAYS = 30;

/** What `mapping` of a batch holds. `withinPath` is the scope of the officer who uploaded it. */
export interface StoredMapping {
  change: MappingChange;
  mapping: Mapping;
  problems: MappingProblem[];
  sheets: SheetChoice[];
  withinPath: string;
}
export interface StoredSummary extends ImportSummary {
  result: ImportResult | null;
}
/** What `faults` of a batch holds. */
export interface StoredFaults {
  faults: FaultView[];
  corrections: CorrectionView[];
}

/** Whoever looks at a batch: its uploader, or an officer whose units hold all of the uploader's. */
export interface Reader {
  accountId: string;
  withinPath: string;
}

type BatchHead = Omit<ImportBatch, 'bytes' | 'rows' | 'faults'>;
const head = { bytes: true, rows: true, faults: true } as const;

export const storedMapping = ({ mapping }: Pick<ImportBatch, 'mapping'>) => mapping as unknown as StoredMapping;
export const storedSummary = ({ summary }: Pick<ImportBatch, 'summary'>) => summary as unknown as StoredSummary;

const mayOpen = (batch: BatchHead, { accountId, withinPath }: Reader) =>
  batch.uploadedBy === accountId || (withinPath !== '' && isWithin(storedMapping(batch).withinPath, withinPath));

const absent = () => refuse('NotFound', { what: '这次导入' });

/** One batch as its page shows it. */
export async function readBatch(tx: Tx, id: string, reader: Reader, at: Date): Promise<ImportBatchView | Refusal> {
  const batch = await tx.importBatch.findUnique({ where: { id, kind: 'roster' }, omit: head });
  if (!batch || !mayOpen(batch, reader)) return absent();
  const [size] = await tx.$queryRaw<[{ bytes: number }]>`SELECT length(bytes) AS bytes FROM import_batch WHERE id = ${id}::uuid`;
  return viewOf(batch, await nameOf(tx, batch.uploadedBy), size.bytes > 0, at);
}

/** A whole batch for an act on it, its row locked. */
export async function lockBatch(tx: Tx, id: string, reader: Reader): Promise<ImportBatch | Refusal> {
  await tx.$queryRaw`SELECT 1 FROM import_batch WHERE id = ${id}::uuid FOR UPDATE`;
  return openBatch(tx, id, reader);
}

export async function openBatch(tx: Tx, id: string, reader: Reader): Promise<ImportBatch | Refusal> {
  const batch = await tx.importBatch.findUnique({ where: { id, kind: 'roster' } });
  return batch && mayOpen(batch, reader) ? batch : absent();
}

export interface Paging {
  after?: string;
  limit: number;
}

/** The batches that a reader uploaded, the latest first. */
export async function batchesOf(tx: Tx, { accountId }: Reader, { after, limit }: Paging) {
  const rows = await tx.importBatch.findMany({
    where: { kind: 'roster', uploadedBy: accountId, ...(after && { uploadedAt: { lt: new Date(after) } }) },
    orderBy: { uploadedAt: 'desc' },
    take: limit + 1,
    omit: head,
  });
  const name = await nameOf(tx, accountId);
  const items = rows.slice(0, limit).map((batch) => lineOf(batch, name));
  return { items, next: rows.length > limit ? (items.at(-1)?.uploadedAt ?? null) : null };
}

/** Faults of a batch in order of rows. */
export async function faultsOf(tx: Tx, id: string, reader: Reader, query: Paging & { severity?: string; letter?: string; code?: string }) {
  const batch = await openBatch(tx, id, reader);
  if (isRefusal(batch)) return batch;
  const { severity, letter, code } = query;
  const { faults } = batch.faults as unknown as StoredFaults;
  const wanted = faults.filter(
    (one) => (!severity || one.severity === severity) && (!letter || one.letter === letter) && (!code || one.code === code),
  );
  return pageOf(wanted, query);
}

export async function correctionsOf(tx: Tx, id: string, reader: Reader, query: Paging) {
  const batch = await openBatch(tx, id, reader);
  return isRefusal(batch) ? batch : pageOf((batch.faults as unknown as StoredFaults).corrections, query);
}

export async function rowsOf(tx: Tx, id: string, reader: Reader, query: Paging & { verdict?: RowVerdict['verdict'] }) {
  const batch = await openBatch(tx, id, reader);
  if (isRefusal(batch)) return batch;
  const rows = batch.rows as unknown as RowVerdict[];
  return pageOf(query.verdict ? rows.filter(({ verdict }) => verdict === query.verdict) : rows, query);
}

function pageOf<T>(all: T[], { after, limit }: Paging) {
  const from = Math.max(0, Number(after ?? 0) || 0);
  return { items: all.slice(from, from + limit), next: from + limit < all.length ? String(from + limit) : null };
}

async function nameOf(tx: Tx, accountId: string): Promise<string> {
  const account = await tx.account.findUnique({ where: { id: accountId }, select: { displayName: true } });
  return account?.displayName ?? '';
}

function lineOf(batch: BatchHead, uploadedBy: string) {
  const { rows, refusedRows, result } = storedSummary(batch);
  const status = batch.status as ImportStatus;
  return {
    id: batch.id,
    fileName: batch.fileName,
    status,
    uploadedAt: batch.uploadedAt.toISOString(),
    uploadedBy,
    rows,
    refusedRows,
    result,
  };
}

export const undoUntil = ({ confirmedAt }: Pick<ImportBatch, 'confirmedAt'>): IsoDate | null =>
  confirmedAt && addDays(dateOf(confirmedAt), UNDO_DAYS);

/** Why a batch cannot be confirmed as a whole; null when it can. */
export function whyNot(batch: Pick<ImportBatch, 'status' | 'summary' | 'mapping'>): Refusal | null {
  const { refusedRows, good } = storedSummary(batch);
  if (batch.status === 'mapping')
    return refuse('ImportNotChecked', { how: '还没有对应好各列', todo: problemText(storedMapping(batch).problems) });
  if (batch.status !== 'checked') return refuse('ImportNotChecked', { how: STATUS_WORDS[batch.status] ?? '', todo: '需要时请重新上传。' });
  if (refusedRows > 0) return good > 0 ? refuse('ImportHasFaults', { rows: refusedRows, good }) : refuse('ImportNothingGood');
  return null;
}
const STATUS_WORDS: Record<string, string> = { confirmed: '已经确认过', undone: '已经撤销', discarded: '已经放弃' };

const problemText = (problems: readonly MappingProblem[]) => problems.map(textOfProblem).join('');
const textOfProblem = ({ code, field, letters }: MappingProblem) =>
  code === 'column-missing'
    ? `没有找到“${fieldTitle(field)}”列，请指明是哪一列。`
    : `${letters.join('、')} 列都像“${fieldTitle(field)}”，请只留一列。`;

function viewOf(batch: BatchHead, uploadedBy: string, hasFile: boolean, at: Date): ImportBatchView {
  const { mapping, problems, sheets } = storedMapping(batch);
  const { result: _, ...summary } = storedSummary(batch);
  const why = whyNot(batch);
  const until = batch.status === 'confirmed' ? undoUntil(batch) : null;
  const years = [1, 2, 3].map((ago): SheetField => `rating:${yearOf(summary.on) - ago}`);
  const fields = [...rosterFields, ...mapping.columns.flatMap(({ field }) => (field?.startsWith('rating:') ? [field] : [])), ...years];
  return {
    ...lineOf(batch, uploadedBy),
    sheet: mapping.sheet,
    headerTop: mapping.headerTop,
    headerBottom: mapping.headerBottom,
    columns: mapping.columns.map((one) => ({
      ...one,
      title: one.field && fieldTitle(one.field),
      required: one.field !== null && isRequired(rosterSheet, one.field),
    })),
    problems: problems.map((problem) => ({ ...problem, text: textOfProblem(problem) })),
    sheets,
    fields: [...new Set(fields)].map((field: SheetField) => ({
      field,
      title: fieldTitle(field),
      required: isRequired(rosterSheet, field),
    })),
    summary,
    mayConfirm: why === null,
    why: why && refusalText(why),
    mayTakeGoodRows: batch.status === 'checked' && summary.good > 0,
    mayUndo: until !== null && dateOf(at) <= until,
    undoUntil: until,
    hasFile,
  };
}
