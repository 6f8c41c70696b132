import { createHash, randomUUID } from 'node:crypto';
import type { ImportBatch } from '../../prisma/generated/client.ts';
import type { z } from 'zod';
import { recordedActor } from '../access/actor.ts';
import type { Tx } from '../db.ts';
import type { DeskRoom } from '../desk/room.ts';
import type { upload, uploadLine, uploadResult } from '../domain/api/recruitment.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import { append } from '../ledger/append.ts';
import type { Actor as RecordedActor } from '../ledger/entry.ts';
import type { PersonKeys } from '../people/keys.ts';
import { openSealedWorkbook, sealWorkbook } from '../workbooks/batch-bytes.ts';
import type { MappingChange } from '../workbooks/headers.ts';
import { mark, markedName } from '../workbooks/mark.ts';
import { readWorkbook } from '../workbooks/read-workbook.ts';
import { groupsOf, type Fault } from '../workbooks/verdict.ts';
import { roomFor, type Batch } from './batch.ts';
import { evaluate, type Evaluated, type Planned } from './evaluate.ts';
import type { UploadKind } from './sheets.ts';
import { writeApplicants } from './write-applicants.ts';
import { writePosts } from './write-posts.ts';
import { writeScores } from './write-scores.ts';

type Upload = z.infer<typeof upload>;
type UploadLine = z.infer<typeof uploadLine>;
type Result = z.infer<typeof uploadResult>;

/** Who uploads, confirms or looks. */
export interface UploadAct {
  actor: Actor;
  at: Date;
  origin: string;
}
/** What the writers of a confirmed upload share. */
export interface Writing {
  tx: Tx;
  keys: PersonKeys;
  uploadId: string;
  actor: Actor;
  recordedBy: RecordedActor;
  at: Date;
  origin: string;
}

interface Stored {
  sheet: string;
  headerBottom: number;
  change: MappingChange;
  missing: string[];
  skipped: number[];
}
/** So many uploads of a batch are listed. */
const LATEST = 50;
/** Faults that are listed one by one; all are counted. */
const LISTED = 20_000;

/** Checks a workbook of a batch: what an import of it would do, row by row. Only the upload itself is kept, its file encrypted. */
export async function checkUpload(
  room: DeskRoom,
  keys: PersonKeys,
  input: UploadAct & { batchId: string; kind: UploadKind; bytes: Uint8Array; fileName: string; change?: MappingChange },
): Promise<Upload | Refusal> {
  const { batchId, kind, bytes, fileName, change = {}, actor, at, origin } = input;
  const batch = await roomFor(room.db, batchId, actor);
  if (isRefusal(batch)) return batch;
  const found = await evaluate(room.db as Tx, keys, { batch, kind, bytes, change, at });
  if (isRefusal(found)) return found;
  const id = randomUUID();
  return room.db.$transaction(async (tx) => {
    const fileHash = createHash('sha256').update(bytes).digest('hex');
    const row = await tx.importBatch.create({
      data: {
        id,
        kind,
        caseId: batchId,
        fileName: fileName.replace(/^.*[\\/]/, '').slice(0, 200),
        fileHash,
        bytes: sealWorkbook(keys, id, bytes),
        status: 'checked',
        uploadedBy: actor.accountId,
        uploadedAt: at,
        ...storable(found, change),
      },
    });
    const { rows, refusedRows } = countsOf(found.planned);
    await append(tx, {
      chain: `case:${batchId}`,
      verb: 'recruitment.check',
      accepted: true,
      at,
      actor: recordedActor(actor),
      origin,
      caseId: batchId,
      detail: { uploadId: id, kind, fileHash, rows, refusedRows },
    });
    return viewOf(row);
  });
}

/**
 * Carries a checked upload out, in one transaction: the workbook is held against the batch once more, under a lock that all uploads of the batch share. A
 * second confirmation gets the first one's result. Refuses `ImportHasFaults` unless the good rows are asked for, `CorrectionNeedsReason`.
 */
export async function confirmUpload(
  room: DeskRoom,
  keys: PersonKeys,
  { id, goodRowsOnly, reason, ...by }: UploadAct & { id: string; goodRowsOnly: boolean; reason?: string },
): Promise<Result | Refusal> {
  return room.db.$transaction(
    async (tx) => {
      const found = await openUpload(tx, id, by.actor);
      if (isRefusal(found)) return found;
      await tx.$queryRaw`SELECT 1 FROM recruitment_batch WHERE batch_id = ${found.batch.batchId}::uuid FOR UPDATE`;
      const upload = await tx.importBatch.findUniqueOrThrow({ where: { id } });
      const { result } = upload.summary as { result?: Result };
      if (result) return result;
      if (upload.bytes.length === 0) return refuse('ImportFileGone');
      const kind = upload.kind as UploadKind;
      const { change } = upload.mapping as unknown as Stored;
      const bytes = openSealedWorkbook(keys, id, upload.bytes);
      const evaluated = await evaluate(tx, keys, { batch: found.batch, kind, bytes, change, at: by.at });
      if (isRefusal(evaluated)) return evaluated;
      const counts = countsOf(evaluated.planned);
      if (counts.good === 0) return refuse('ImportNothingGood');
      if (counts.refusedRows > 0 && !goodRowsOnly) return refuse('ImportHasFaults', { rows: counts.refusedRows, good: counts.good });
      const corrects = kind !== 'posts' && kind !== 'applicants' && counts.updated > 0;
      if (corrects && !reason) return refuse('CorrectionNeedsReason', { rows: counts.updated });
      const writing = { tx, keys, uploadId: id, recordedBy: recordedActor(by.actor), ...by };
      await carryOut(writing, room, found.batch, evaluated.planned, reason ?? null);
      return conclude(writing, found.batch, kind, counts);
    },
    { timeout: 120_000, maxWait: 30_000 },
  );
}

async function carryOut(writing: Writing, room: DeskRoom, batch: Batch, planned: Planned, reason: string | null): Promise<void> {
  if (planned.kind === 'posts') {
    await writePosts(
      writing.tx,
      batch,
      planned.rows.flatMap(({ record }) => record ?? []),
    );
  } else if (planned.kind === 'applicants') await writeApplicants(writing, room, batch, planned.rows);
  else await writeScores(writing, batch, planned.kind, planned.rows, reason);
}

type Counts = ReturnType<typeof countsOf>;

async function conclude(
  { tx, uploadId, recordedBy, at, origin }: Writing,
  batch: Batch,
  kind: UploadKind,
  counts: Counts,
): Promise<Result> {
  const { added, updated, unchanged, refusedRows: left } = counts;
  const result = { added, updated, unchanged, left };
  const { summary } = await tx.importBatch.findUniqueOrThrow({ where: { id: uploadId }, select: { summary: true } });
  await tx.importBatch.update({
    where: { id: uploadId },
    data: { status: 'confirmed', confirmedAt: at, summary: { ...(summary as object), ...counts, result } },
  });
  await append(tx, {
    chain: `case:${batch.batchId}`,
    verb: `recruitment.${kind}`,
    accepted: true,
    at,
    actor: recordedBy,
    origin,
    caseId: batch.batchId,
    detail: { uploadId, ...result },
  });
  return result;
}

/** An upload for one of its batch's officers. */
async function openUpload(tx: Tx, id: string, actor: Actor): Promise<{ row: ImportBatch; batch: Batch } | Refusal> {
  const row = await tx.importBatch.findUnique({ where: { id } });
  if (!row?.caseId) return refuse('NotFound', { what: '这次导入' });
  const batch = await roomFor(tx, row.caseId, actor);
  return isRefusal(batch) ? batch : { row, batch };
}

/** One upload with its faults, and the tickets of which nobody said a score. */
export async function readUpload(room: DeskRoom, { id, actor }: { id: string; actor: Actor }): Promise<Upload | Refusal> {
  const found = await openUpload(room.db as Tx, id, actor);
  return isRefusal(found) ? found : viewOf(found.row);
}

/** What was uploaded into a batch, the latest first. */
export async function uploadsOf(room: DeskRoom, { batchId, actor }: { batchId: string; actor: Actor }): Promise<UploadLine[] | Refusal> {
  const batch = await roomFor(room.db, batchId, actor);
  if (isRefusal(batch)) return batch;
  const omit = { bytes: true, rows: true, faults: true } as const;
  const rows = await room.db.importBatch.findMany({ where: { caseId: batchId }, orderBy: { uploadedAt: 'desc' }, take: LATEST, omit });
  return rows.map(lineOf);
}

/** The workbook as it came, its faults marked. */
export async function markedUpload(
  room: DeskRoom,
  keys: PersonKeys,
  { id, actor }: { id: string; actor: Actor },
): Promise<{ name: string; bytes: Buffer } | Refusal> {
  const found = await openUpload(room.db as Tx, id, actor);
  if (isRefusal(found)) return found;
  if (found.row.bytes.length === 0) return refuse('ImportFileGone');
  const workbook = await readWorkbook(openSealedWorkbook(keys, id, found.row.bytes));
  if (isRefusal(workbook)) return workbook;
  const { fileName, rows, good, refusedRows, faults } = viewOf(found.row);
  const head = `${fileName}：共 ${rows} 行，可以导入 ${good} 行，有错误 ${refusedRows} 行。`;
  const bytes = await mark(workbook, found.row.mapping as unknown as Stored, faults, head);
  return { name: markedName(fileName), bytes };
}

function countsOf({ rows }: Planned) {
  const of = (action: string | null) => rows.filter((row) => row.action === action).length;
  const refusedRows = of(null);
  return {
    rows: rows.length,
    good: rows.length - refusedRows,
    refusedRows,
    added: of('new'),
    updated: of('update'),
    unchanged: of('unchanged'),
  };
}

function storable({ planned, notes, sheet, headerBottom, skipped, missing }: Evaluated, change: MappingChange) {
  const faults = notes.flatMap((one) => one.faults);
  const verdicts = planned.rows.map(({ notes: of, label, action }) => ({
    row: of.raw.row,
    label,
    verdict: action ?? 'refused',
    checks: of.faults.filter(({ severity }) => severity === 'check').length,
  }));
  const stored: Stored = { sheet, headerBottom, change, missing, skipped };
  return {
    mapping: asJson(stored),
    summary: asJson({ ...countsOf(planned), groups: groupsOf(faults) }),
    rows: asJson(verdicts),
    faults: asJson(faults.slice(0, LISTED)),
  };
}

const asJson = (value: object) => JSON.parse(JSON.stringify(value)) as object;

function lineOf(row: Omit<ImportBatch, 'bytes' | 'rows' | 'faults'>): UploadLine {
  const { result = null, ...summary } = row.summary as unknown as Counts & { groups: Upload['groups']; result?: Result };
  return {
    id: row.id,
    kind: row.kind as UploadKind,
    fileName: row.fileName,
    status: row.status as Upload['status'],
    uploadedAt: row.uploadedAt.toISOString(),
    ...summary,
    result,
  };
}

function viewOf(row: ImportBatch): Upload {
  const { missing = [], skipped = [] } = row.mapping as unknown as Partial<Stored>;
  return {
    ...lineOf(row),
    missing,
    skipped,
    verdicts: Array.isArray(row.rows) ? (row.rows as Upload['verdicts']) : [],
    faults: Array.isArray(row.faults) ? (row.faults as unknown as Fault[]) : [],
  };
}
