import { Prisma } from '../../prisma/generated/client.ts';
import type { Db } from '../db.ts';
import { loadCalendar } from '../calendar/calendar.ts';
import { isMissingYear, workingDaysBetween, type Calendar } from '../domain/calendar.ts';
import { dateOf } from '../domain/dates.ts';
import type { ObjectionOutcome } from '../domain/notice.ts';
import type { Actor } from '../domain/roles.ts';
import { isParty, overseenPaths, partiesOf } from './reach.ts';
import { contractOf, type DeskRoom } from './room.ts';

/** How a notice stands: open to objections, held with its case, over with objections still open, closed, or taken down with its case. */
export type NoticeStatus = 'open' | 'held' | 'objections' | 'closed' | 'withdrawn';

interface Row {
  id: string;
  caseId: string;
  caseNo: string;
  process: string;
  stage: string;
  round: number;
  title: string;
  issuer: string;
  documentNo: string;
  places: string;
  phone: string;
  address: string;
  days: number;
  postedAt: Date;
  closedAt: Date | null;
  endsAt: Date | null;
  tentative: boolean;
  runStatus: string;
  heldAt: Date | null;
  unitPath: string;
  county: string;
  listed: number;
  objections: number;
  openObjections: number;
}

const posted = (db: Db, where: Prisma.Sql, limit: number): Promise<Row[]> => db.$queryRaw<Row[]>`
  SELECT n.id, n.case_id AS "caseId", c.case_no AS "caseNo", c.process, n.stage, n.round, n.title, n.issuer, n.document_no AS "documentNo", n.places, n.phone, n.address, n.days,
    n.posted_at AS "postedAt", n.closed_at AS "closedAt", r.due_at AS "endsAt", r.due_tentative AS tentative, r.status AS "runStatus", c.held_at AS "heldAt", u.path AS "unitPath", split_part(u.path, '/', 2) AS county,
    (SELECT count(*)::int FROM notice_row l WHERE l.case_id = n.case_id AND l.stage = n.stage AND l.round = n.round) AS listed, o.objections, o.open AS "openObjections"
  FROM notice n JOIN "case" c ON c.id = n.case_id JOIN unit u ON u.code = n.unit_code JOIN stage_run r ON r.case_id = n.case_id AND r.stage = n.stage AND r.round = n.round
    CROSS JOIN LATERAL (SELECT count(*)::int AS objections, count(*) FILTER (WHERE concluded_at IS NULL)::int AS open FROM objection WHERE notice_id = n.id) o
  WHERE n.posted_at IS NOT NULL AND ${where} ORDER BY n.posted_at DESC, n.id LIMIT ${limit}`;

function statusOf({ runStatus, closedAt, endsAt, heldAt }: Row, at: Date): NoticeStatus {
  if (runStatus !== 'open' && runStatus !== 'closed') return 'withdrawn';
  if (closedAt) return 'closed';
  if (runStatus === 'closed' || (endsAt && endsAt <= at)) return 'objections';
  return heldAt ? 'held' : 'open';
}

function headOf(row: Row, calendar: Calendar, at: Date) {
  const status = statusOf(row, at);
  const counts = (from: Date, to: Date): number | null => {
    const days = workingDaysBetween(calendar, dateOf(from), dateOf(to));
    return isMissingYear(days) ? null : days.days;
  };
  return {
    id: row.id,
    title: row.title,
    issuer: row.issuer,
    documentNo: row.documentNo,
    status,
    postedAt: row.postedAt.toISOString(),
    days: row.days,
    endsAt: row.endsAt?.toISOString() ?? null,
    tentative: row.tentative,
    daysLeft: status === 'open' && row.endsAt ? counts(at, row.endsAt) : null,
    dayNo: status === 'open' ? counts(row.postedAt, at) : null,
    listed: row.listed,
  };
}

async function headsOf(db: Db, rows: readonly Row[], at: Date) {
  const calendars = new Map<string, Calendar>();
  for (const county of new Set(rows.map((row) => row.county))) calendars.set(county, await loadCalendar(db, county));
  return rows.map((row) => ({ row, head: headOf(row, calendars.get(row.county)!, at) }));
}

/** So many days a notice that is over is still shown to everybody. */
const SHOWN_AFTER_DAYS = 30;
const MOST = 200;

/** Notices as anybody sees them: those that stand, and those that have closed in the last thirty days. */
export async function publicNotices(room: DeskRoom, { at }: { at: Date }) {
  const since = new Date(at.getTime() - SHOWN_AFTER_DAYS * 86_400_000);
  const rows = await posted(room.db, Prisma.sql`r.status IN ('open', 'closed') AND (n.closed_at IS NULL OR n.closed_at >= ${since})`, MOST);
  return (await headsOf(room.db, rows, at)).map(({ head }) => head);
}

export interface RowsWanted {
  page: number;
  q?: string | undefined;
}
const PAGE = 50;

async function wholeOf(room: DeskRoom, row: Row, { page, q }: RowsWanted, at: Date) {
  const { db } = room;
  const head = headOf(row, await loadCalendar(db, row.county), at);
  const { notice } = contractOf(room, row.process).stages[row.stage]!;
  const where = { caseId: row.caseId, stage: row.stage, round: row.round, ...(q && { name: { contains: q } }) };
  const found = q ? await db.noticeRow.count({ where }) : row.listed;
  const rows = await db.noticeRow.findMany({
    where,
    orderBy: { no: 'asc' },
    skip: (page - 1) * PAGE,
    take: PAGE,
    select: { no: true, name: true, unitName: true, post: true, detail: true },
  });
  return {
    ...head,
    basis: notice?.basis ?? '',
    what: notice?.what ?? '',
    detailTitle: notice?.detailTitle ?? null,
    places: row.places,
    phone: row.phone,
    address: row.address,
    rows,
    found,
    pages: Math.max(1, Math.ceil(found / PAGE)),
  };
}

/** One notice as anybody sees it; null when there is none, or it is not shown (any more). Whose it was stays shown as taken down. */
export async function publicNotice(room: DeskRoom, { id, at, ...wanted }: RowsWanted & { id: string; at: Date }) {
  const since = new Date(at.getTime() - SHOWN_AFTER_DAYS * 86_400_000);
  const [row] = await posted(room.db, Prisma.sql`n.id = ${id}::uuid AND (n.closed_at IS NULL OR n.closed_at >= ${since})`, 1);
  if (!row) return null;
  const whole = await wholeOf(room, row, wanted, at);
  // what was taken down is not read any more, only that it was
  return whole.status === 'withdrawn' ? { ...whole, rows: [], found: 0, pages: 1 } : whole;
}

/** Notices of the actor's units, newest first. */
export async function noticesPage(room: DeskRoom, { actor, at, box }: { actor: Actor; at: Date; box: 'current' | 'all' }) {
  const reach = Prisma.sql`EXISTS (SELECT FROM unnest(${overseenPaths(actor)}::text[]) AS reach WHERE starts_with(u.path, reach))`;
  const current = box === 'current' ? Prisma.sql`n.closed_at IS NULL AND r.status IN ('open', 'closed')` : Prisma.sql`true`;
  const rows = await posted(room.db, Prisma.sql`${reach} AND ${current}`, MOST);
  return (await headsOf(room.db, rows, at)).map(({ row: { caseId, caseNo, objections, openObjections }, head }) => ({
    ...head,
    caseId,
    caseNo,
    objections,
    openObjections,
  }));
}

/** One notice for whoever oversees its unit, with its objections by state: `unitPath` says whose it is. Null when there is none. */
export async function noticeView(room: DeskRoom, { id, actor, at, ...wanted }: RowsWanted & { id: string; actor: Actor; at: Date }) {
  const [row] = await posted(room.db, Prisma.sql`n.id = ${id}::uuid`, 1);
  if (!row) return null;
  return {
    unitPath: row.unitPath,
    view: {
      ...(await wholeOf(room, row, wanted, at)),
      caseId: row.caseId,
      caseNo: row.caseNo,
      closedAt: row.closedAt?.toISOString() ?? null,
      objections: await objectionsOf(room.db, row, actor),
    },
  };
}

async function objectionsOf(db: Db, { id, caseId, stage, round }: Row, actor: Actor) {
  const rows = await db.$queryRaw<
    {
      id: string;
      about: string;
      named: boolean;
      receivedAt: Date;
      concludedAt: Date | null;
      outcome: ObjectionOutcome | null;
      repliedAt: Date | null;
      caseId: string;
      caseNo: string;
    }[]
  >`
    SELECT o.id, l.no || ' · ' || l.name AS about, o.named, o.received_at AS "receivedAt", o.concluded_at AS "concludedAt", o.outcome, reply.closed_at AS "repliedAt", c.id AS "caseId", c.case_no AS "caseNo"
    FROM objection o JOIN "case" c ON c.id = o.objection_case_id JOIN notice_row l ON l.case_id = ${caseId}::uuid AND l.stage = ${stage} AND l.round = ${round}::int AND l.key = o.row_key
      LEFT JOIN stage_run reply ON reply.case_id = c.id AND reply.stage = 'reply' AND reply.status = 'closed'
    WHERE o.notice_id = ${id}::uuid ORDER BY o.received_at, o.id`;
  const parties = await partiesOf(
    db,
    rows.map((row) => row.caseId),
  );
  const mine = new Set(parties.filter((of) => isParty(of, actor)).map((of) => of.caseId));
  return rows.map(({ receivedAt, concludedAt, repliedAt, ...row }) => ({
    ...row,
    receivedAt: receivedAt.toISOString(),
    concludedAt: concludedAt?.toISOString() ?? null,
    repliedAt: repliedAt?.toISOString() ?? null,
    caseId: mine.has(row.caseId) ? row.caseId : null,
  }));
}

/** How far an objection has come, by the hash of its query code: nothing of who objects, of whom, or of what was found. */
export async function objectionState({ db }: DeskRoom, { codeHash }: { codeHash: string }) {
  const [row] = await db.$queryRaw<
    {
      notice: string;
      named: boolean;
      receivedAt: Date;
      acceptedAt: Date | null;
      dueAt: Date | null;
      concludedAt: Date | null;
      outcome: ObjectionOutcome | null;
      repliedAt: Date | null;
    }[]
  >`
    SELECT n.title AS notice, o.named, o.received_at AS "receivedAt", o.concluded_at AS "concludedAt", o.outcome,
      (SELECT max(r.closed_at) FROM stage_run r WHERE r.case_id = o.objection_case_id AND r.stage = 'check' AND r.status = 'closed') AS "acceptedAt",
      (SELECT max(r.closed_at) FROM stage_run r WHERE r.case_id = o.objection_case_id AND r.stage = 'reply' AND r.status = 'closed') AS "repliedAt",
      (SELECT min(r.due_at) FROM stage_run r WHERE r.case_id = o.objection_case_id AND r.status = 'open') AS "dueAt"
    FROM objection o JOIN notice n ON n.id = o.notice_id WHERE o.code_hash = ${codeHash}`;
  if (!row) return null;
  const iso = (moment: Date | null) => moment?.toISOString() ?? null;
  return {
    notice: row.notice,
    named: row.named,
    state: row.repliedAt
      ? ('replied' as const)
      : row.concludedAt
        ? ('concluded' as const)
        : row.acceptedAt
          ? ('investigating' as const)
          : ('received' as const),
    receivedAt: row.receivedAt.toISOString(),
    acceptedAt: iso(row.acceptedAt),
    dueAt: iso(row.dueAt),
    concludedAt: iso(row.concludedAt),
    outcome: row.outcome,
    repliedAt: iso(row.repliedAt),
  };
}
