import { createHash, randomUUID } from 'node:crypto';
import { recordedActor } from '../access/actor.ts';
import type { Db, Tx } from '../db.ts';
import { addDays, dateOf, startOfDay, type IsoDate } from '../domain/dates.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import { codesOf, type Unit } from '../domain/unit.ts';
import { append } from '../ledger/append.ts';
import type { PersonKeys } from '../people/keys.ts';
import { unitsWithin } from '../units/units.ts';
import type { ImportAct } from './act.ts';
import { assumptionsOf } from './assumptions.ts';
import { openSealedWorkbook, sealWorkbook } from '../workbooks/batch-bytes.ts';
import {
  lockBatch,
  readBatch,
  storedMapping,
  storedSummary,
  type ImportBatchView,
  type StoredFaults,
  type StoredMapping,
  type StoredSummary,
} from './batch.ts';
import { compareWithRecord, loadKnown, type Planned } from './compare.ts';
import { statusOn } from './derive.ts';
import { evaluate, type Evaluated } from './evaluate.ts';
import { correctionTitles } from '../workbooks/fault-words.ts';
import { headerKey } from '../workbooks/fields.ts';
import type { MappingChange } from '../workbooks/headers.ts';
import { recordOf } from './rules.ts';
import { learn, synonymsFor } from './learn.ts';
import { groupsOf } from '../workbooks/verdict.ts';

export type { ImportAct };

export interface DryRunInput extends ImportAct {
  bytes: Uint8Array;
  fileName: string;
  mapping?: MappingChange;
  /** The day of the import; today without it. */
  on?: IsoDate;
}

/** A workbook held against the rules and the record: what an import of it would do. Nothing is written. */
export interface Reckoning {
  evaluated: Evaluated;
  planned: Planned[];
}

export async function reckon(
  tx: Tx,
  keys: PersonKeys,
  { bytes, change, on, withinPath }: { bytes: Uint8Array; change: MappingChange; on: IsoDate; withinPath: string },
): Promise<Reckoning | Refusal> {
  const city = codesOf(withinPath)[0];
  const units: Unit[] = city === undefined ? [] : await unitsWithin(tx, `${city}/`, on);
  const evaluated = await evaluate({ bytes, change, on, units, withinPath, synonyms: await synonymsFor(tx, withinPath) });
  if (isRefusal(evaluated)) return evaluated;
  const records = evaluated.rows.flatMap((row) => recordOf(row) ?? []);
  const paths = new Map(units.map(({ code, path }) => [code, path]));
  const known = await loadKnown(tx, keys, records);
  const context = { on, withinPath, places: evaluated.places, unitPath: (code: string) => paths.get(code) };
  return { evaluated, planned: compareWithRecord(evaluated.rows, known, context) };
}

/**
 * Reads an uploaded workbook and says what an import of it would do, row by row. Only the batch is written: the file (encrypted), its
 * mapping and its verdicts. A file that is no roster is refused, and nothing of it kept.
 */
export async function dryRun(db: Db, keys: PersonKeys, input: DryRunInput): Promise<ImportBatchView | Refusal> {
  const { bytes, fileName, mapping: change = {}, actor, withinPath, at, on = dateOf(at) } = input;
  const reckoned = await reckon(db, keys, { bytes, change, on, withinPath });
  if (isRefusal(reckoned)) return reckoned;
  const id = randomUUID();
  const name = fileName.replace(/^.*[\\/]/, '').slice(0, 200);
  return db.$transaction(async (tx) => {
    const before = await earlierAttempts(tx, actor.accountId, name, at);
    const stored = await storable(tx, reckoned, { change, on, withinPath, ...before });
    const fileHash = createHash('sha256').update(bytes).digest('hex');
    const sealed = sealWorkbook(keys, id, bytes);
    await tx.importBatch.create({
      data: { id, kind: 'roster', fileName: name, fileHash, bytes: sealed, uploadedBy: actor.accountId, uploadedAt: at, ...stored.data },
    });
    await recordCheck(tx, input, { batchId: id, fileHash, fileName: name, ...stored.counts });
    return readBatch(tx, id, { accountId: actor.accountId, withinPath }, at);
  });
}

export interface RecheckInput extends ImportAct {
  batchId: string;
  mapping?: MappingChange;
  /** Whether headers that the officer named are to be understood from now on. */
  remember?: boolean;
}

/** Checks a kept workbook anew: with other columns, or after a spelling was taught. */
export async function recheck(db: Db, keys: PersonKeys, input: RecheckInput): Promise<ImportBatchView | Refusal> {
  const { batchId, mapping, remember = false, actor, withinPath, at } = input;
  const reader = { accountId: actor.accountId, withinPath };
  return db.$transaction(async (tx) => {
    const batch = await lockBatch(tx, batchId, reader);
    if (isRefusal(batch)) return batch;
    if (batch.status !== 'mapping' && batch.status !== 'checked')
      return refuse('ImportNotChecked', { how: '已经办结', todo: '需要时请重新上传。' });
    if (batch.bytes.length === 0) return refuse('ImportFileGone');
    const before = storedMapping(batch);
    const change = mapping ?? before.change;
    const on = dateOf(at);
    const reckoned = await reckon(tx, keys, { bytes: openSealedWorkbook(keys, batchId, batch.bytes), change, on, withinPath });
    if (isRefusal(reckoned)) return reckoned;
    const { attempt, faultsBefore } = storedSummary(batch);
    const stored = await storable(tx, reckoned, { change, on, withinPath, attempt, faultsBefore });
    await tx.importBatch.update({ where: { id: batchId }, data: stored.data });
    if (remember) await rememberHeaders(tx, input, reckoned.evaluated, change);
    await recordCheck(tx, input, { batchId, ...stored.counts });
    return readBatch(tx, batchId, reader, at);
  });
}

async function rememberHeaders(tx: Tx, act: ImportAct, { mapping }: Evaluated, { columns = {} }: MappingChange): Promise<void> {
  for (const { letter, header, field } of mapping.columns) {
    const key = headerKey(header.split(' / ').at(-1) ?? '');
    if (field && letter in columns && key !== '') await learn(tx, act, { kind: 'header', scopeCode: '', written: key, meaning: field });
  }
}

/** How often a file of this name was uploaded lately, and with how many faults the last time. */
async function earlierAttempts(tx: Tx, uploadedBy: string, fileName: string, at: Date) {
  const since = startOfDay(addDays(dateOf(at), -30));
  const earlier = await tx.importBatch.findMany({
    where: { kind: 'roster', uploadedBy, fileName, uploadedAt: { gte: since } },
    orderBy: { uploadedAt: 'desc' },
    select: { summary: true },
  });
  return { attempt: earlier.length + 1, faultsBefore: earlier[0] ? storedSummary(earlier[0]).faults : null };
}

/** Faults and corrections that are listed one by one: a wholly wrong mapping may have hundreds of thousands. All are counted. */
const LISTED = 20_000;

type Circumstances = Pick<StoredMapping, 'change' | 'withinPath'> & Pick<StoredSummary, 'on' | 'attempt' | 'faultsBefore'>;

/** What a batch keeps of a reckoning: no ID number, full phone number or other particular beyond name, unit and what would change. */
async function storable(tx: Tx, { evaluated, planned }: Reckoning, { change, withinPath, on, attempt, faultsBefore }: Circumstances) {
  const { mapping, problems, sheets, rows, skipped, places } = evaluated;
  const byRow = new Map(planned.map((one) => [one.record.row, one]));
  const faults = rows.flatMap(({ notes }) => notes.faults);
  const corrections = rows.flatMap(({ notes }) => notes.corrections).map((one) => ({ ...one, title: correctionTitles[one.kind] }));
  const checks = (row: number) => faults.filter((one) => one.row === row && one.severity === 'check').length;
  const verdicts = rows.map(({ notes, draft }) => {
    const plan = byRow.get(notes.raw.row);
    const changes =
      plan && 'changes' in plan
        ? plan.changes.map(({ field, label, before, after }) =>
            field === 'phone' || field === 'email' ? { label, before: before && '已填', after: '有变化' } : { label, before, after },
          )
        : [];
    return {
      row: notes.raw.row,
      name: draft.name,
      unit: draft.unit && places.line(draft.unit),
      verdict: plan?.action ?? ('refused' as const),
      checks: notes.faults.some(({ severity }) => severity === 'check') ? checks(notes.raw.row) : 0,
      changes,
    };
  });
  const assumptions = await assumptionsOf(
    tx,
    planned.map(({ record }) => record),
    on,
  );
  const count = (action: Planned['action']) => planned.filter((one) => one.action === action).length;
  const summary: StoredSummary = {
    on,
    rows: rows.length,
    good: planned.length,
    refusedRows: rows.length - planned.length,
    faults: faults.filter(({ severity }) => severity === 'error').length,
    checkRows: verdicts.filter((one) => one.checks > 0).length,
    corrections: corrections.length,
    added: count('new'),
    updated: count('update'),
    unchanged: count('unchanged'),
    onProbation: planned.filter(({ record }) => statusOn(record, on, assumptions(record)) === 'probation').length,
    skipped,
    hiddenRows: rows.filter(({ notes }) => notes.raw.hidden).length,
    groups: groupsOf(faults),
    attempt,
    faultsBefore,
    result: null,
  };
  const stored = {
    mapping: { change, mapping, problems, sheets, withinPath } satisfies StoredMapping,
    faults: { faults: faults.slice(0, LISTED), corrections: corrections.slice(0, LISTED) } satisfies StoredFaults,
  };
  const status = problems.length > 0 ? 'mapping' : 'checked';
  const { rows: total, refusedRows, added, updated, unchanged } = summary;
  return {
    data: { status, summary: asJson(summary), rows: asJson(verdicts), mapping: asJson(stored.mapping), faults: asJson(stored.faults) },
    counts: { rows: total, refusedRows, added, updated, unchanged },
  };
}

/** Plain JSON has neither undefined nor interfaces: what is stored is what a reader gets. */
const asJson = (value: object) => JSON.parse(JSON.stringify(value)) as object;

async function recordCheck(tx: Tx, { actor, at, origin = null }: ImportAct, detail: Record<string, string | number>): Promise<void> {
  await append(tx, {
    chain: `account:${actor.accountId}`,
    verb: 'roster.check',
    accepted: true,
    at,
    actor: recordedActor(actor),
    origin,
    detail,
  });
}
