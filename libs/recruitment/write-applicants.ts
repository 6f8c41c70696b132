import type { Tx } from '../db.ts';
import type { DeskRoom } from '../desk/room.ts';
import { readCase } from '../desk/state.ts';
import { appendMany } from '../ledger/append.ts';
import { indexOf, type PersonKeys } from '../people/keys.ts';
import { postsOf, type Batch } from './batch.ts';
import { saveCandidates } from './candidates.ts';
import type { PlannedRow } from './evaluate.ts';
import { openApplications } from './open-applications.ts';
import { factsOf, type Applicant } from './read-applicants.ts';
import type { ReadRow } from './read-posts.ts';
import type { Writing } from './uploads.ts';

interface Known {
  caseId: string;
  postCode: string;
  standing: string;
  /** What the record says, in one order of fields. */
  line: string;
}

const FIELDS = [
  'name',
  'ethnicity',
  'politicalStatus',
  'education',
  'fullTime',
  'school',
  'major',
  'certificate',
  'household',
  'origin',
  'phone',
  'email',
] as const;
const lineOf = (person: Pick<Applicant, (typeof FIELDS)[number]>, exceptions: readonly string[], bonus: readonly string[]) =>
  JSON.stringify([...FIELDS.map((field) => person[field]), [...exceptions].sort(), [...bonus].sort()]);

/** Those of these ID numbers who have applied in the batch. */
export async function knownApplicants(tx: Tx, keys: PersonKeys, batchId: string, idNos: readonly string[]): Promise<Map<string, Known>> {
  const byIndex = new Map(idNos.map((idNo) => [indexOf(keys, idNo), idNo]));
  const candidates = await tx.candidate.findMany({ where: { idNoIndex: { in: [...byIndex.keys()] } }, omit: { idNoCipher: true } });
  const applications = await tx.application.findMany({ where: { batchId, candidateId: { in: candidates.map(({ id }) => id) } } });
  const of = new Map(applications.map((application) => [application.candidateId, application]));
  return new Map(
    candidates.flatMap((candidate) => {
      const application = of.get(candidate.id);
      if (!application) return [];
      const { caseId, postCode, standing, facts, bonus } = application;
      const { exceptions = [] } = facts as { exceptions?: string[] };
      const line = lineOf(candidate as Pick<Applicant, (typeof FIELDS)[number]>, exceptions, bonus);
      return [[byIndex.get(candidate.idNoIndex) as string, { caseId, postCode, standing, line }] as const];
    }),
  );
}

/** What an import would do with a row. Whoever has applied already is changed only before their application is looked at, and keeps their post. */
export function planApplicant(row: ReadRow<Applicant>, known: ReadonlyMap<string, Known>): PlannedRow<Applicant> {
  const { record, notes } = row;
  const before = record && known.get(record.idNo);
  if (!record || !before) return { ...row, action: record ? 'new' : null };
  if (before.line === lineOf(record, record.exceptions, record.bonus) && before.postCode === record.postCode)
    return { ...row, action: 'unchanged' };
  if (before.postCode !== record.postCode) notes.fault('postCode', 'other-post', { code: before.postCode });
  else if (before.standing !== 'registered') notes.fault('idNo', 'application-decided');
  else return { ...row, action: 'update' };
  return { ...row, record: null, action: null };
}

/** Candidates and their applications of a confirmed upload, new and changed. */
export async function writeApplicants(
  { tx, keys, ...by }: Writing,
  room: DeskRoom,
  batch: Batch,
  rows: readonly PlannedRow<Applicant>[],
): Promise<void> {
  const changed = rows.flatMap((row) => (row.record && row.action !== 'unchanged' ? [{ ...row, record: row.record }] : []));
  const candidates = await saveCandidates(
    tx,
    keys,
    changed.map(({ record }) => record),
    by.at,
  );
  const posts = new Map((await postsOf(tx, batch.batchId)).map(({ code, unitCode }) => [code, unitCode]));
  const state = await readCase(tx, batch.batchId);
  if (!state) throw new Error(`No case ${batch.batchId}`);
  const fresh = changed.filter(({ action }) => action === 'new');
  await openApplications(
    tx,
    room,
    state,
    fresh.map(({ record, notes }) => ({
      candidate: candidates.get(record.idNo)!,
      applicant: record,
      unitCode: posts.get(record.postCode)!,
      row: notes.raw.row,
    })),
    by,
  );
  const known = await knownApplicants(
    tx,
    keys,
    batch.batchId,
    changed.flatMap(({ action, record }) => (action === 'update' ? [record.idNo] : [])),
  );
  const updates = changed.flatMap(({ action, record, notes }) => {
    const before = action === 'update' ? known.get(record.idNo) : undefined;
    return before ? [{ caseId: before.caseId, facts: factsOf(record), bonus: record.bonus, row: notes.raw.row }] : [];
  });
  await tx.$executeRaw`
    UPDATE application SET facts = r.facts, bonus = ARRAY(SELECT jsonb_array_elements_text(r.bonus))
    FROM jsonb_to_recordset(${JSON.stringify(updates)}::jsonb) AS r ("caseId" uuid, facts jsonb, bonus jsonb) WHERE case_id = r."caseId"`;
  await appendMany(
    tx,
    updates.map(({ caseId, row }) => ({
      chain: `case:${caseId}` as const,
      verb: 'application.change',
      accepted: true,
      at: by.at,
      actor: by.recordedBy,
      origin: by.origin,
      caseId,
      detail: { uploadId: by.uploadId, row },
    })),
  );
}
