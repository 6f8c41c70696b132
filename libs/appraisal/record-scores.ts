import { createHash, randomUUID } from 'node:crypto';
import type { Tx } from '../db.ts';
import { lockPeople } from '../desk/list-people.ts';
import type { By, DeskRoom } from '../desk/room.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import type { PersonKeys } from '../people/keys.ts';
import { sealWorkbook } from '../workbooks/batch-bytes.ts';
import { mark } from '../workbooks/mark.ts';
import type { Fault } from '../workbooks/verdict.ts';
import { keepResults, rulesOf } from './keep-results.ts';
import { myPart } from './my-part.ts';
import { readScores, type Listed, type ReadScores } from './score-sheet.ts';

export interface ScoresUpload extends Omit<By, 'requestKey'> {
  batchId: string;
  bytes: Uint8Array;
  fileName: string;
}

/** What an upload comes to, line by line. */
export interface ScoresVerdict {
  rows: { row: number; name: string; staffNo: string; verdict: 'accepted' | 'refused'; total: number | null; proposed: string | null }[];
  faults: Pick<Fault, 'row' | 'letter' | 'header' | 'severity' | 'code' | 'written' | 'problem' | 'fix' | 'message'>[];
  problems: string[];
  good: number;
  refused: number;
  /** Of the actor's part, whoever has no total after it. */
  without: number;
}

interface About {
  read: ReadScores;
  people: Listed[];
}

/** Reads a workbook of evaluations against the part of the list that is the actor's. Refuses as `myPart`, and a file that is none. */
async function readFor(tx: Tx, room: DeskRoom, upload: ScoresUpload): Promise<About | Refusal> {
  const mine = await myPart(tx, room, upload);
  if (isRefusal(mine)) return mine;
  const people = mine.map(({ served, result, ...one }): Listed => ({ ...one, roster: served, before: result }));
  const read = await readScores(upload.bytes, { people, ...(await rulesOf(tx, upload.batchId)) });
  return isRefusal(read) ? read : { read, people };
}

/** Nobody evaluates themself or a relative, nor from a case that is not theirs to touch: those lines are refused too. */
async function barBarred(tx: Tx, { batchId, actor }: ScoresUpload, { read }: About): Promise<void> {
  const ids = read.rows.flatMap(({ scored }) => (scored ? [scored.listed.caseId] : []));
  const locked = await lockPeople(tx, batchId, ids, actor);
  for (const row of read.rows) {
    const person = row.scored && locked.get(row.scored.listed.caseId);
    if (!person) continue;
    const { isRelative, isRecused } = person.accounts[actor.accountId]!;
    if (person.subjectId === actor.accountId || isRelative || isRecused) row.notes.fault('staffNo', 'evaluation-barred');
    else if (person.status !== 'running') row.notes.fault('staffNo', 'evaluation-ended');
    if (!row.notes.good) row.scored = null;
  }
}

function verdictOf({ read, people }: About): ScoresVerdict {
  const rows = read.rows.map(({ notes, scored }) => ({
    row: notes.raw.row,
    name: notes.raw.cells.get('name')?.cell.text.trim() ?? '',
    staffNo: notes.raw.cells.get('staffNo')?.cell.text.trim() ?? '',
    verdict: scored ? ('accepted' as const) : ('refused' as const),
    total: scored?.result.total ?? null,
    proposed: scored?.result.proposed ?? null,
  }));
  const good = rows.filter(({ verdict }) => verdict === 'accepted').length;
  const after = new Map(read.rows.flatMap(({ scored }) => (scored ? [[scored.listed.caseId, scored.result]] : [])));
  return {
    rows,
    faults: read.rows.flatMap(({ notes }) => notes.faults.map(({ field: _, suggestion: _taught, ...fault }) => fault)),
    problems: read.problems.map(({ field, letters }) => `${field}${letters.length > 0 ? `：${letters.join('、')}` : ''}`),
    good,
    refused: rows.length - good,
    without: people.filter(({ caseId, before }) => !(after.get(caseId) ?? before)?.proposed).length,
  };
}

/** 试校: what recording a workbook of evaluations would come to. Nothing is written. */
export const checkScores = (room: DeskRoom, upload: ScoresUpload): Promise<ScoresVerdict | Refusal> =>
  room.db.$transaction(async (tx) => {
    const about = await readFor(tx, room, upload);
    if (isRefusal(about)) return about;
    await barBarred(tx, upload, about);
    return verdictOf(about);
  });

/** The same workbook with its faults marked. */
export const markScores = (room: DeskRoom, upload: ScoresUpload): Promise<Buffer | Refusal> =>
  room.db.$transaction(async (tx) => {
    const about = await readFor(tx, room, upload);
    if (isRefusal(about)) return about;
    await barBarred(tx, upload, about);
    const { workbook, mapping } = about.read;
    const faults = about.read.rows.flatMap(({ notes }) => notes.faults);
    return mark(
      workbook,
      { sheet: mapping.sheet, headerBottom: mapping.headerBottom },
      faults,
      `${upload.fileName}：${faults.length} 处需要处理`,
    );
  });

/**
 * Records the evaluations of a workbook in one transaction, with an entry in each person's chain and the workbook kept sealed. Unless `goodRowsOnly`, one faulty
 * line keeps all out (`ImportHasFaults`); recorded again, the same workbook changes nothing.
 */
export const recordScores = (
  room: DeskRoom,
  keys: PersonKeys,
  { goodRowsOnly, ...upload }: ScoresUpload & { goodRowsOnly: boolean },
): Promise<ScoresVerdict | Refusal> =>
  room.db.$transaction(async (tx) => {
    const about = await readFor(tx, room, upload);
    if (isRefusal(about)) return about;
    await barBarred(tx, upload, about);
    const verdict = verdictOf(about);
    if (verdict.good === 0) return refuse('ImportNothingGood');
    if (verdict.refused > 0 && !goodRowsOnly) return refuse('ImportHasFaults', { rows: verdict.refused, good: verdict.good });
    const { batchId, bytes, fileName, actor, at, origin } = upload;
    const { rules } = await rulesOf(tx, batchId);
    const results = about.read.rows.flatMap(({ scored }) =>
      scored ? [{ of: { ...scored.listed, result: scored.listed.before }, result: scored.result }] : [],
    );
    const changed = results.filter(({ of, result }) => JSON.stringify(of.result) !== JSON.stringify(result));
    if (changed.length === 0) return verdict;
    const id = randomUUID();
    await tx.importBatch.create({
      data: {
        id,
        kind: 'appraisal',
        caseId: batchId,
        fileName: fileName.replace(/^.*[\\/]/, '').slice(0, 200),
        fileHash: createHash('sha256').update(bytes).digest('hex'),
        bytes: sealWorkbook(keys, id, bytes),
        mapping: {},
        status: 'confirmed',
        summary: { good: verdict.good, refused: verdict.refused },
        rows: [],
        faults: [],
        uploadedBy: actor.accountId,
        uploadedAt: at,
        confirmedAt: at,
      },
    });
    await keepResults(tx, batchId, changed, {
      verb: 'appraisal.evaluate',
      at,
      by: { actor, ...(origin && { origin }) },
      policyVersion: JSON.stringify(rules),
    });
    return verdict;
  });
