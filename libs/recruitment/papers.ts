import type { Db } from '../db.ts';
import { addDays, dateOf, formatDate, fromDateColumn, timeOf, type IsoDate } from '../domain/dates.ts';
import type { OfficialForm } from '../domain/official-form.ts';
import { examPlans } from '../domain/recruitment/announcement.ts';
import { gapOf } from '../domain/recruitment/gap.ts';
import {
  announcementPaper,
  hiresPaper,
  needPaper,
  scoresPaper,
  type BatchPaper,
  type Listed,
} from '../domain/recruitment/papers/batch-papers.ts';
import {
  approvalPaper,
  contractPaper,
  reportInPaper,
  ticketPaper,
  type CandidatePaper,
} from '../domain/recruitment/papers/candidate-papers.ts';
import { plannedPlaces } from '../domain/recruitment/posts.ts';
import type { Mark } from '../domain/recruitment/score.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import { pdfOf } from '../forms/pdf.ts';
import { wordOf } from '../forms/word.ts';
import { staffingOn } from '../people/staffing.ts';
import { postsOf, readRoom, roomFor, type Batch } from './batch.ts';

/** 文书 of a batch, and of one application. */
export const batchPapers = { need: needPaper, announcement: announcementPaper, scores: scoresPaper, hires: hiresPaper } as const;
export const candidatePapers = { ticket: ticketPaper, approval: approvalPaper, reportIn: reportInPaper, contract: contractPaper } as const;
export type PaperFormat = 'docx' | 'pdf';
export interface PaperFile {
  name: string;
  bytes: Buffer;
}

async function printed(form: OfficialForm, caseNo: string, format: PaperFormat, at: Date): Promise<PaperFile> {
  const foot = { left: `办件 ${caseNo}`, right: `${formatDate(dateOf(at))} ${timeOf(at)} 打印`, draft: null };
  const bytes = await (format === 'pdf' ? pdfOf(form, foot) : wordOf(form, foot));
  return { name: `${caseNo}-${form.title}.${format}`.replace(/[\\/:*?"<>|\s]+/g, '_'), bytes };
}

/** A paper of a batch for one of its officers. */
export async function batchPaper(
  db: Db,
  { batchId, paper, format, actor, at }: { batchId: string; paper: keyof typeof batchPapers; format: PaperFormat; actor: Actor; at: Date },
): Promise<PaperFile | Refusal> {
  const batch = await roomFor(db, batchId, actor);
  if (isRefusal(batch)) return batch;
  const facts = await batchFacts(db, batch, dateOf(at));
  return printed(batchPapers[paper](facts), facts.caseNo, format, at);
}

/** A paper of one application for an officer of its batch. */
export async function applicationPaper(
  db: Db,
  {
    caseId,
    paper,
    format,
    actor,
    at,
  }: { caseId: string; paper: keyof typeof candidatePapers; format: PaperFormat; actor: Actor; at: Date },
): Promise<PaperFile | Refusal> {
  const application = await db.application.findUnique({ where: { caseId }, select: { batchId: true, ticketNo: true } });
  if (!application) return refuse('NotFound', { what: '这份报名' });
  const batch = await roomFor(db, application.batchId, actor);
  if (isRefusal(batch)) return batch;
  if (application.ticketNo === null) return refuse('NoTicketYet');
  return printedOf(db, batch, { caseId, paper, format, at });
}

/** 准考证 for the candidate themself: of nobody else, and not before it was issued. */
export async function ownTicket(db: Db, { caseId, actor, at }: { caseId: string; actor: Actor; at: Date }): Promise<PaperFile | Refusal> {
  const application = await db.application.findUnique({ where: { caseId } });
  const candidate = application && (await db.candidate.findUnique({ where: { id: application.candidateId }, select: { accountId: true } }));
  if (!application || candidate?.accountId !== actor.accountId) return refuse('NotFound', { what: '这份报名' });
  const batch = await readRoom(db, application.batchId);
  if (application.ticketNo === null || !batch) return refuse('NoTicketYet');
  return printedOf(db, batch, { caseId, paper: 'ticket', format: 'pdf', at });
}

async function printedOf(
  db: Db,
  batch: Batch,
  { caseId, paper, format, at }: { caseId: string; paper: keyof typeof candidatePapers; format: PaperFormat; at: Date },
): Promise<PaperFile> {
  const facts = await candidateFacts(db, batch, caseId, dateOf(at));
  return printed(candidatePapers[paper](facts), facts.caseNo, format, at);
}

const NOTICE_DAYS = 5;
const daysOf = (pinned: unknown): number => {
  const notices = (pinned as { notices?: { notice?: { workingDays?: number } } } | null)?.notices;
  return notices?.notice?.workingDays ?? NOTICE_DAYS;
};

async function batchFacts(db: Db, batch: Batch, on: IsoDate): Promise<BatchPaper> {
  const { batchId } = batch;
  const posts = await postsOf(db, batchId);
  const codes = posts.flatMap(({ unitCode, communities }) => [unitCode, ...communities.map((one) => one.unitCode)]);
  const units = await db.unit.findMany({ where: { code: { in: [...codes, batch.countyCode] } }, select: { code: true, name: true } });
  const nameOf = (code: string) => units.find((unit) => unit.code === code)?.name ?? code;
  const { caseNo, pinned } = await db.case.findUniqueOrThrow({ where: { id: batchId }, select: { caseNo: true, pinned: true } });
  const listed = await listedOf(db, batchId);
  const asked = plannedPlaces(posts);
  const staffing = (await staffingOn(db, on)).counties.find(({ code }) => code === batch.countyCode);
  const staffed = staffing?.residents ? { residents: staffing.residents, active: staffing.headcount, approvedOpen: 0 } : null;
  return {
    caseNo,
    title: batch.title,
    county: nameOf(batch.countyCode),
    issuer: batch.issuer ?? '',
    documentNo: batch.documentNo,
    postedOn: batch.postedAt && dateOf(batch.postedAt),
    cutOffOn: batch.cutOffOn,
    registrationFrom: batch.registrationFrom && dateOf(batch.registrationFrom),
    registrationTo: batch.registrationTo && addDays(dateOf(batch.registrationTo), -1),
    contact: batch.contact ?? '',
    exams: examPlans.parse(batch.exams),
    rules: batch.rules,
    posts: posts.map((post) => ({
      ...post,
      unit: nameOf(post.unitCode),
      communities: post.communities.map((one) => ({ name: nameOf(one.unitCode), number: one.number })),
    })),
    listed,
    proposed: listed.filter(({ standing }) => standing === 'proposed' || standing === 'hired'),
    need: staffed && { ...gapOf(staffed, asked, batch.rules), residents: staffed.residents, active: staffed.active, asked },
    noticeDays: daysOf(pinned),
    on,
  };
}

interface ListedRow extends Omit<Listed, 'written' | 'interview'> {
  caseId: string;
  standing: string;
  written: Mark | null;
  interview: Mark | null;
}

/** Everybody of a batch with a ticket, by post and rank, with the scores that stand. */
export async function listedOf(db: Db, batchId: string): Promise<ListedRow[]> {
  const rows = await db.$queryRaw<(ListedRow & { hasWritten: boolean; hasInterview: boolean })[]>`
    WITH now AS (SELECT s.case_id, s.paper, s.value FROM score s WHERE s.batch_id = ${batchId}::uuid AND NOT EXISTS (SELECT FROM score n WHERE n.replaces = s.id))
    SELECT a.case_id AS "caseId", a.ticket_no AS "ticketNo", c.name, a.post_code AS "postCode", p.title AS "postTitle", coalesce(chosen.name, u.name) AS unit, a.standing, a.total, a.rank,
      w.case_id IS NOT NULL AS "hasWritten", w.value AS written, i.case_id IS NOT NULL AS "hasInterview", i.value AS interview
    FROM application a JOIN candidate c ON c.id = a.candidate_id JOIN recruitment_post p ON p.batch_id = a.batch_id AND p.code = a.post_code
    JOIN unit u ON u.code = p.unit_code LEFT JOIN unit chosen ON chosen.code = a.chosen_unit
    LEFT JOIN now w ON w.case_id = a.case_id AND w.paper = 'written' LEFT JOIN now i ON i.case_id = a.case_id AND i.paper = 'interview'
    WHERE a.batch_id = ${batchId}::uuid AND a.ticket_no IS NOT NULL ORDER BY p.no, a.rank NULLS LAST, w.value DESC NULLS LAST, a.ticket_no`;
  const mark = (has: boolean, value: unknown): Mark | null => (has ? ((value as number | null) ?? 'absent') : null);
  return rows.map(({ hasWritten, hasInterview, ...row }) => ({
    ...row,
    written: mark(hasWritten, row.written),
    interview: mark(hasInterview, row.interview),
  }));
}

async function candidateFacts(db: Db, batch: Batch, caseId: string, on: IsoDate): Promise<CandidatePaper> {
  const application = await db.application.findUniqueOrThrow({ where: { caseId } });
  const person = await db.candidate.findUniqueOrThrow({
    where: { id: application.candidateId },
    omit: { idNoCipher: true, idNoIndex: true },
  });
  const { caseNo } = await db.case.findUniqueOrThrow({ where: { id: caseId }, select: { caseNo: true } });
  const listed = (await listedOf(db, batch.batchId)).find((one) => one.caseId === caseId);
  const checks = await db.applicationCheck.findMany({
    where: { caseId },
    orderBy: { attempt: 'asc' },
    select: { kind: true, passed: true },
  });
  const passed = (kind: string) => checks.findLast((check) => check.kind === kind)?.passed ?? null;
  const county = await db.unit.findUniqueOrThrow({ where: { code: batch.countyCode }, select: { name: true } });
  return {
    caseNo,
    batchTitle: batch.title,
    county: county.name,
    issuer: batch.issuer ?? '',
    contact: batch.contact ?? '',
    exams: examPlans.parse(batch.exams),
    rules: batch.rules,
    ticketNo: application.ticketNo ?? '',
    post: { code: application.postCode, title: listed?.postTitle ?? '', unit: listed?.unit ?? '' },
    chosen: application.chosenUnit ? (listed?.unit ?? null) : null,
    person: { ...person, bornOn: fromDateColumn(person.bornOn) },
    written: listed?.written ?? null,
    interview: listed?.interview ?? null,
    total: application.total,
    rank: application.rank,
    medical: passed('medical'),
    review: passed('review'),
    on,
    startsOn: null,
  };
}
