import { Prisma } from '../../prisma/generated/client.ts';
import type { Db } from '../db.ts';
import { openInPart } from '../desk/list-parts.ts';
import { contractOf, type DeskRoom } from '../desk/room.ts';
import { readCase, type CaseState } from '../desk/state.ts';
import { calendarOf } from '../desk/when.ts';
import { dueWords } from '../desk/words.ts';
import { apartTitle, listedOf, peopleStages } from '../domain/campaign-words.ts';
import { refusalText, refuse, type Refusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import { whyNotJoin } from './join.ts';
import type { ProcessContract } from '../domain/contract.ts';
import { isDone, reachOfBatches, standing, whyApart, within } from './standing.ts';

/** A board has a row a unit: one level under the batch's own unit, or under the reader's where that is lower. */
const rowLevels = ['county', 'street', 'community', 'community'] as const;
const depthOf = (path: string) => path.split('/').length - 2;

interface Cell {
  unitCode: string;
  unitName: string;
  stage: string;
  count: number;
  overdue: number;
}

/** Batches that somebody may see, newest first, with how far each is. */
export async function batchesFor(room: DeskRoom, { actor }: { actor: Actor }) {
  const names = Object.values(room.catalogue).flatMap(({ name, people }) => (people ? [name] : []));
  const paths = reachOfBatches(actor);
  const done = isDone(room.catalogue);
  const rows = await room.db.$queryRaw<
    {
      id: string;
      caseNo: string;
      title: string;
      unitName: string;
      status: CaseState['status'];
      outcome: string | null;
      cutOffOn: string;
      startedAt: Date;
      total: number;
      ended: number;
      apart: number;
      process: string;
      stages: string[] | null;
    }[]
  >`
    SELECT b.id, b.case_no AS "caseNo", b.title, own.name AS "unitName", b.status, b.outcome, b.input ->> 'cutOffOn' AS "cutOffOn", b.started_at AS "startedAt", b.process,
      (SELECT array_agg(r.stage ORDER BY r.seq) FROM stage_run r WHERE r.case_id = b.id AND r.status = 'open') AS stages, sum.total, sum.ended, sum.apart
    FROM "case" b JOIN unit own ON own.code = b.unit_code CROSS JOIN LATERAL (
      SELECT count(*)::int AS total, count(*) FILTER (WHERE ${done})::int AS ended, count(*) FILTER (WHERE NOT ${done} AND (i.apart IS NOT NULL OR c.status = 'ended'))::int AS apart
      FROM batch_item i JOIN "case" c ON c.id = i.case_id JOIN unit u ON u.code = i.community WHERE i.batch_id = b.id AND ${within(paths)}) sum
    WHERE b.process = ANY(${names}::text[]) AND (sum.total > 0 OR EXISTS (SELECT FROM unnest(${paths}::text[]) AS reach WHERE starts_with(own.path, reach)))
    ORDER BY b.started_at DESC, b.id LIMIT 100`;
  return rows.map(({ startedAt, stages, ...row }) => ({
    ...row,
    startedAt: startedAt.toISOString(),
    at: (stages ?? []).map((stage) => contractOf(room, row.process).stages[stage]?.title ?? stage).join('、') || null,
  }));
}

/** The board: units × stages, each person in one cell, exceptions apart. Refuses `NotFound`, and `NotYourCase` to whoever has no unit of it. */
export async function boardOf(room: DeskRoom, { batchId, actor, at }: { batchId: string; actor: Actor; at: Date }) {
  const { db } = room;
  const state = await readCase(db, batchId);
  const batch = state && room.catalogue[state.process];
  if (!state || !batch?.people) return refuse('NotFound', { what: '这个批次' });
  const paths = reachOfBatches(actor);
  const unit = await db.unit.findUniqueOrThrow({ where: { code: state.unitCode } });
  if (!paths.some((path) => unit.path.startsWith(path) || path.startsWith(unit.path))) return refuse('NotYourCase');
  const people = contractOf(room, batch.people);
  const stages = peopleStages(batch, people);
  const depth = Math.max(depthOf(unit.path), Math.min(...paths.map(depthOf)));
  const done = isDone(room.catalogue);
  const cells = await cellsOf(db, batchId, standing(stages, done), rowLevels[depth] ?? 'community', paths, at);
  const runs = await db.stageRun.findMany({ where: { caseId: batchId, status: 'open' }, orderBy: { seq: 'asc' } });
  const calendar = await calendarOf(db as never, state.unitCode);
  const columns = [
    ...stages.map((stage) => ({ key: stage, title: people.stages[stage]!.title })),
    { key: 'done', title: listedOf(people).done.title },
  ];
  return {
    id: batchId,
    process: state.process,
    caseNo: state.caseNo,
    title: state.title,
    status: state.status,
    outcome: state.outcome,
    outcomeTitle: state.outcome ? (batch.outcomes[state.outcome]?.title ?? state.outcome) : null,
    cutOffOn: String(state.input.cutOffOn),
    unit: { code: unit.code, name: unit.name },
    open: runs.map(({ stage, dueAt, dueTentative }) => ({
      stage,
      title: batch.stages[stage]!.title,
      list: batch.stages[stage]!.list !== undefined && stage in people.stages,
      due: dueWords(calendar, dueAt, dueTentative, at, true, state.heldAt !== null),
    })),
    columns,
    rows: rowsOf(
      cells,
      columns.map(({ key }) => key),
    ),
    exceptions: await exceptionsOf(db, batchId, people, whyApart(done), paths),
    myParts: await partsLeft(room, batchId, batch.name, actor),
    join: joinable(await whyNotJoin(db, { state, people, unitPath: unit.path, actor })),
    version: state.version,
  };
}

const joinable = (refusal: Refusal | null) => ({ allowed: refusal === null, reason: refusal && refusalText(refusal) });

function cellsOf(
  db: Db,
  batchId: string,
  place: Prisma.Sql,
  level: 'county' | 'street' | 'community',
  paths: string[],
  at: Date,
): Promise<Cell[]> {
  const column = { county: Prisma.sql`i.county`, street: Prisma.sql`i.street`, community: Prisma.sql`i.community` }[level];
  return db.$queryRaw<Cell[]>`
    SELECT "unitCode", (SELECT name FROM unit WHERE code = "unitCode") AS "unitName", stage, count(*)::int AS count, count(*) FILTER (WHERE late)::int AS overdue FROM (
      SELECT ${column} AS "unitCode", place.stage,
        coalesce((SELECT r.due_at FROM stage_run r WHERE r.case_id = c.id AND r.status = 'open' AND r.due_at IS NOT NULL ORDER BY r.due_at LIMIT 1),
          (SELECT r.due_at FROM stage_run r WHERE r.case_id = i.batch_id AND r.stage = place.stage AND r.status = 'open')) < ${at} AS late
      FROM batch_item i JOIN "case" c ON c.id = i.case_id JOIN unit u ON u.code = i.community CROSS JOIN LATERAL (SELECT ${place} AS stage) place
      WHERE i.batch_id = ${batchId}::uuid AND ${within(paths)}) people
    GROUP BY 1, 3 ORDER BY 1`;
}

/** One row a unit: cells in the order of the columns, exceptions, and their sum. */
function rowsOf(cells: readonly Cell[], columns: readonly string[]) {
  const units = [...new Map(cells.map(({ unitCode, unitName }) => [unitCode, unitName]))];
  return units.map(([code, name]) => {
    const of = (stage: string) => cells.find((cell) => cell.unitCode === code && cell.stage === stage);
    return {
      unit: { code, name },
      cells: columns.map((stage) => ({ stage, count: of(stage)?.count ?? 0, overdue: of(stage)?.overdue ?? 0 })),
      apart: of('apart')?.count ?? 0,
      total: cells.filter(({ unitCode }) => unitCode === code).reduce((sum, { count }) => sum + count, 0),
    };
  });
}

async function exceptionsOf(db: Db, batchId: string, people: ProcessContract, why: Prisma.Sql, paths: string[]) {
  const rows = await db.$queryRaw<{ kind: string; count: number; dueAt: Date | null }[]>`
    SELECT kind, count(*)::int AS count, min(due) AS "dueAt" FROM (
      SELECT ${why} AS kind, (SELECT min(r.due_at) FROM stage_run r WHERE r.case_id = c.id AND r.status = 'open') AS due
      FROM batch_item i JOIN "case" c ON c.id = i.case_id JOIN unit u ON u.code = i.community WHERE i.batch_id = ${batchId}::uuid AND ${within(paths)}) apart
    WHERE kind IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1`;
  return rows.map(({ kind, count, dueAt }) => ({
    kind,
    title: apartTitle(people, kind),
    count,
    earliestDueAt: dueAt?.toISOString() ?? null,
  }));
}

/** The actor's own parts of the lists that are open: the task that says that a part is done, and how many are left in it. */
async function partsLeft(room: DeskRoom, batchId: string, process: string, actor: Actor) {
  const contract = contractOf(room, process);
  const tasks = await room.db.task.findMany({
    where: { caseId: batchId, status: 'open', listUnit: { not: null } },
    orderBy: [{ openedAt: 'asc' }, { listUnit: 'asc' }],
  });
  const mine = tasks.filter(({ audienceRole, audienceUnit }) =>
    [actor, ...actor.standsInFor].some(({ posts }) =>
      posts.some(({ role, unitCode }) => role === audienceRole && unitCode === audienceUnit),
    ),
  );
  return Promise.all(
    mine.map(async ({ id, stage, listUnit, audienceUnit }) => ({
      taskId: id,
      stage,
      title: contract.stages[stage]!.title,
      unitCode: audienceUnit!,
      left: await openInPart(room.db, batchId, stage, contract.stages[stage]!.list!, listUnit!),
    })),
  );
}

export type Board = Exclude<Awaited<ReturnType<typeof boardOf>>, Refusal>;
