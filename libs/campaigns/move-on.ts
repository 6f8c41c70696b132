import { Prisma } from '../../prisma/generated/client.ts';
import type { Db, Tx } from '../db.ts';
import { endOpenWork } from '../desk/case-people.ts';
import { toldBy } from '../desk/list-parts.ts';
import { contractOf, type DeskRoom } from '../desk/room.ts';
import { listedOf } from '../domain/campaign-words.ts';
import type { ListedContract, OnTheList } from '../domain/listed.ts';
import type { NoticeRow } from '../domain/notice.ts';
import { appendMany } from '../ledger/append.ts';
import { computeFor } from './compute.ts';
import { nameOf } from './standing.ts';

/** Cases that are locked together, in the order of their ids. */
const LOCKED_AT_ONCE = 100;

/** Does something for the people that a statement finds, a hundred at a time, up to `limit`; whether there may be more. */
async function forEach(
  db: Db,
  limit: number,
  find: (tx: Tx, limit: number) => Promise<{ id: string }[]>,
  work: (tx: Tx, ids: string[]) => Promise<void>,
): Promise<boolean> {
  for (let done = 0; done < limit;) {
    const count = await db.$transaction(async (tx) => {
      const found = await find(tx, LOCKED_AT_ONCE);
      if (found.length > 0) await work(tx, found.map(({ id }) => id).sort());
      return found.length;
    });
    if (count < LOCKED_AT_ONCE) return false;
    done += count;
  }
  return true;
}

/** Computes the result of everybody on the list who has none. */
export const computeListed = (room: DeskRoom, batchId: string, at: Date, limit: number): Promise<boolean> =>
  forEach(
    room.db,
    limit,
    (tx, count) => tx.$queryRaw`
      SELECT i.case_id AS id FROM batch_item i JOIN "case" c ON c.id = i.case_id
      WHERE i.batch_id = ${batchId}::uuid AND i.apart IS NULL AND i.result IS NULL AND c.status = 'running' ORDER BY i.case_id LIMIT ${count}`,
    (tx, ids) => computeFor(tx, room, ids, at),
  );

/** Begins the stories of those on the list, or of those who have left it (for one reason, or any), where they have none yet. */
export const beginStories = (
  db: Db,
  batchId: string,
  { who, kind = null }: { who: 'listed' | 'apart'; kind?: string | null },
  at: Date,
  limit: number,
): Promise<boolean> =>
  forEach(
    db,
    limit,
    (tx, count) => tx.$queryRaw`
      SELECT c.id FROM "case" c JOIN batch_item i ON i.case_id = c.id
      WHERE i.batch_id = ${batchId}::uuid AND c.next_message_no = 1 AND c.status = 'running' AND (i.apart IS NULL) = ${who === 'listed'} AND (${kind}::text IS NULL OR i.apart = ${kind}) ORDER BY c.id LIMIT ${count}`,
    async (tx, ids) => {
      await tx.$queryRaw`SELECT 1 FROM "case" WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
      await tx.$executeRaw`
        WITH begun AS (UPDATE "case" SET next_message_no = 2, version = version + 1 WHERE id = ANY(${ids}::uuid[]) AND next_message_no = 1 AND status = 'running' RETURNING id)
        INSERT INTO message (case_id, no, body, created_at) SELECT id, 1, '{"no": 1, "kind": "started"}'::jsonb, ${at} FROM begun`;
    },
  );

interface Listed {
  key: string;
  name: string;
  unitName: string;
  personId: string | null;
}
type Publicity = NonNullable<ListedContract['notice']>;

/** How the people of a batch are made public. */
async function publicityOf(room: DeskRoom, db: Db | Tx, batchId: string): Promise<Publicity> {
  const { process } = await db.case.findUniqueOrThrow({ where: { id: batchId }, select: { process: true } });
  const { notice } = listedOf(contractOf(room, contractOf(room, process).people!));
  if (!notice) throw new Error(`${process} makes nobody public`);
  return notice;
}

/** Of a batch: those who have come so far (confirmed, say), as far as their last word goes, and whose notice is not over. */
const toPublish = (batchId: string, { stage, after }: Publicity) => Prisma.sql`
  FROM batch_item i JOIN "case" c ON c.id = i.case_id LEFT JOIN person p ON p.id = i.person_id
  WHERE i.batch_id = ${batchId}::uuid AND c.status = 'running'
    AND (SELECT r.status FROM stage_run r WHERE r.case_id = c.id AND r.stage = ${after} ORDER BY r.round DESC LIMIT 1) = 'closed'
    AND (SELECT r.status FROM stage_run r WHERE r.case_id = c.id AND r.stage = ${stage} ORDER BY r.round DESC LIMIT 1) IS DISTINCT FROM 'closed'`;

/** The list of the batch's public notice and its stage: names, units and what their process says of each on the list who has come so far. */
export async function noticeList(room: DeskRoom, tx: Tx, batchId: string): Promise<{ stage: string; rows: NoticeRow[] }> {
  const notice = await publicityOf(room, tx, batchId);
  const rows = await tx.$queryRaw<(Listed & OnTheList & { told: Record<string, Record<string, unknown>> })[]>`
    SELECT i.case_id AS key, ${nameOf} AS name, i.person_id AS "personId", i.roster, i.result, ${toldBy(Prisma.sql`i.case_id`)} AS told,
      concat((SELECT name FROM unit WHERE code = i.street AND i.street <> i.community), (SELECT name FROM unit WHERE code = i.community)) AS "unitName"
    ${toPublish(batchId, notice)} AND i.apart IS NULL ORDER BY i.county, i.street, i.community, c.case_no`;
  return {
    stage: notice.stage,
    rows: rows.flatMap(({ roster, result, told, personId, ...row }) => {
      const said = notice.row({ roster, result, told });
      return said ? [{ ...row, ...said, ...(personId && { personId }) }] : [];
    }),
  };
}

/**
 * The batch's public notice is over: it is over in the cases of those on the list. Their stories hear of it with the approval, so that they wake once for
 * both, or at once where no list decides on them afterwards. Those with an objection that stands go their own way, to whoever approves them by themselves; those whose objection is open wait for it.
 */
export async function passNotice(
  room: DeskRoom,
  batchId: string,
  { objected, held }: { objected: readonly string[]; held: readonly string[] },
  at: Date,
  limit: number,
): Promise<boolean> {
  const { db } = room;
  const notice = await publicityOf(room, db, batchId);
  await db.$executeRaw`
    UPDATE batch_item SET apart = 'objection', reason = '公示期间有异议' WHERE batch_id = ${batchId}::uuid AND apart IS NULL AND case_id = ANY(${[...objected, ...held]}::uuid[])`;
  const about = { db, batchId, notice, at };
  await endNotices(about, Prisma.sql`i.apart = 'objection' AND i.case_id = ANY(${[...objected]}::uuid[])`, 'objected', Infinity);
  return endNotices(about, Prisma.sql`i.apart IS NULL`, 'clear', limit);
}

/** Every objection is closed: those who were held for one go on by themselves; the story of whoever had none begins. */
export async function releaseHeld(room: DeskRoom, batchId: string, at: Date, limit: number): Promise<boolean> {
  const notice = await publicityOf(room, room.db, batchId);
  const who = Prisma.sql`i.apart = 'objection' AND (c.next_message_no = 1 OR EXISTS (SELECT FROM stage_run n WHERE n.case_id = c.id AND n.stage = ${notice.stage} AND n.status = 'open' AND n.ask -> 'list' IS NOT NULL))`;
  return endNotices({ db: room.db, batchId, notice, at }, who, 'objected', limit);
}

function endNotices(
  { db, batchId, notice, at }: { db: Db; batchId: string; notice: Publicity; at: Date },
  who: Prisma.Sql,
  result: 'clear' | 'objected',
  limit: number,
): Promise<boolean> {
  const { stage } = notice;
  return forEach(
    db,
    limit,
    (tx, count) =>
      tx.$queryRaw<{ id: string }[]>`SELECT i.case_id AS id ${toPublish(batchId, notice)} AND ${who} ORDER BY i.case_id LIMIT ${count}`,
    async (tx, ids) => {
      await tx.$queryRaw`SELECT 1 FROM "case" WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
      const tells = notice.tells ?? result === 'objected';
      await tx.$executeRaw`
        WITH moved AS (
          UPDATE "case" SET version = version + 1, next_message_no = next_message_no + ${tells ? 1 : 0}::int WHERE id = ANY(${ids}::uuid[]) RETURNING id, next_message_no - 1 AS no
        ), told AS (
          INSERT INTO message (case_id, no, body, created_at) SELECT id, no, jsonb_build_object('no', no, 'kind', 'dates'), ${at} FROM moved WHERE ${tells}
        )
        INSERT INTO stage_run (case_id, stage, round, status, ask, result, opened_at, closed_at, seq)
        SELECT id, ${stage}, coalesce(last.round, 1), 'closed', jsonb_build_object('stage', ${stage}::text, 'round', coalesce(last.round, 1), 'list', true), jsonb_build_object('result', ${result}::text), ${at}, ${at},
          (SELECT coalesce(max(seq), 0) + 1 FROM stage_run r WHERE r.case_id = id)
        FROM unnest(${ids}::uuid[]) AS person (id) LEFT JOIN LATERAL (SELECT max(round) AS round FROM stage_run r WHERE r.case_id = person.id AND r.stage = ${stage}) last ON true
        ON CONFLICT (case_id, stage, round) DO UPDATE SET status = 'closed', ask = excluded.ask, result = excluded.result, closed_at = excluded.closed_at`;
      await appendMany(
        tx,
        ids.map((id) => ({
          chain: `case:${id}` as const,
          verb: 'list.noticePassed',
          accepted: true,
          at,
          actor: null,
          caseId: id,
          stage,
          after: { result },
          detail: { batchId },
        })),
      );
    },
  );
}

/**
 * A batch is withdrawn or cancelled: the cases of its people end with it. Those without a story end at once; the others are closed to people, and their
 * stories undo what they changed. Whoever's case is in effect keeps what it brought.
 */
export async function closePeople(db: Db, batchId: string, at: Date): Promise<void> {
  const find = (tx: Tx, count: number) => tx.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM "case" c JOIN batch_item i ON i.case_id = c.id
    WHERE i.batch_id = ${batchId}::uuid AND c.status = 'running' AND c.effective_at IS NULL ORDER BY c.id LIMIT ${count}`;
  await forEach(db, Infinity, find, (tx, ids) => endCases(tx, new Map(ids.map((id) => [id, 'cancelled'])), { batchId }, at));
}

/**
 * Ends up to a hundred running cases from outside, each with its outcome, under their locks: those without a story at once; the others are closed to people,
 * and their stories undo what they changed and end so. `detail` says in each chain why.
 */
async function endCases(tx: Tx, outcomes: ReadonlyMap<string, string>, detail: Record<string, string>, at: Date): Promise<void> {
  const ids = [...outcomes.keys()].sort();
  const cases = await tx.$queryRaw<{ id: string; hasStory: boolean }[]>`
    SELECT id, next_message_no > 1 AS "hasStory" FROM "case" WHERE id = ANY(${ids}::uuid[]) AND status = 'running' ORDER BY id FOR UPDATE`;
  for (const { id } of cases) await endOpenWork(tx, id, at);
  const ends = JSON.stringify(cases.map(({ id }) => ({ id, outcome: outcomes.get(id) })));
  await tx.$executeRaw`
    WITH ends AS (SELECT * FROM jsonb_to_recordset(${ends}::jsonb) AS e (id uuid, outcome text)), ended AS (
      UPDATE "case" c SET status = 'ended', outcome = e.outcome, ending = e.outcome, ended_at = ${at}, version = version + 1
      FROM ends e WHERE c.id = e.id AND next_message_no = 1
    ), withdrawing AS (
      UPDATE "case" c SET status = 'withdrawing', ending = e.outcome, next_message_no = next_message_no + 1, version = version + 1
      FROM ends e WHERE c.id = e.id AND next_message_no > 1 RETURNING c.id, next_message_no - 1 AS no, e.outcome
    )
    INSERT INTO message (case_id, no, body, created_at) SELECT id, no, jsonb_build_object('no', no, 'kind', 'withdrawn', 'as', outcome), ${at} FROM withdrawing`;
  await appendMany(
    tx,
    cases.map(({ id, hasStory }) => ({
      chain: `case:${id}` as const,
      verb: hasStory ? 'list.batchClosed' : 'case.end',
      accepted: true,
      at,
      actor: null,
      caseId: id,
      ...(!hasStory && { before: { status: 'running' }, after: { status: 'ended', outcome: outcomes.get(id) } }),
      detail,
    })),
  );
}

/** Ends the cases that a statement finds, a hundred at a time up to `limit`; whether there may be more. */
export const endFound = (
  db: Db,
  batchId: string,
  find: (tx: Tx, limit: number) => Promise<{ id: string; outcome: string; reason: string }[]>,
  at: Date,
  limit: number,
): Promise<boolean> => {
  const found = new Map<string, { outcome: string; reason: string }>();
  return forEach(
    db,
    limit,
    async (tx, count) => {
      const rows = await find(tx, count);
      found.clear();
      for (const { id, ...how } of rows) found.set(id, how);
      return rows;
    },
    async (tx, ids) => {
      const reasons = new Map([...found].map(([id, { reason }]) => [id, reason]));
      for (const reason of new Set(reasons.values())) {
        const of = ids.filter((id) => reasons.get(id) === reason);
        await endCases(tx, new Map(of.map((id) => [id, found.get(id)!.outcome])), { batchId, reason }, at);
      }
    },
  );
};
