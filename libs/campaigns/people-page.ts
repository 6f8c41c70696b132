import { Prisma } from '../../prisma/generated/client.ts';
import { hasPart } from '../desk/reach.ts';
import { contractOf, type DeskRoom } from '../desk/room.ts';
import { readCase } from '../desk/state.ts';
import { calendarOf } from '../desk/when.ts';
import { dueWords } from '../desk/words.ts';
import { apartTitle, listedOf, peopleStages } from '../domain/campaign-words.ts';
import { placedLabel, type Conversion } from '../domain/conversion.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import { partsOfActor } from './list-jobs.ts';
import { isDone, nameOf, noOf, reachOfBatches, standing, whyApart, within } from './standing.ts';

export interface PeopleQuery {
  batchId: string;
  actor: Actor;
  at: Date;
  stage?: string | undefined;
  unit?: string | undefined;
  apart?: string | undefined;
  q?: string | undefined;
  /** Only those whom the actor may decide on now. */
  mine?: boolean | undefined;
  after?: string | undefined;
  limit: number;
}

interface Row {
  caseId: string;
  personId: string | null;
  staffNo: string;
  name: string;
  unitLine: string;
  stage: string;
  apart: string | null;
  reason: string | null;
  roster: unknown;
  result: unknown;
  dueAt: Date | null;
  own: string[] | null;
  decided: boolean;
}

/** People of a batch within the actor's units, by staff number; `next` is the cursor of the page below. Refuses `NotFound`, `NotYourCase`. */
export async function peoplePage(room: DeskRoom, query: PeopleQuery) {
  const { batchId, actor, at, limit } = query;
  const state = await readCase(room.db, batchId);
  const batch = state && room.catalogue[state.process];
  if (!state || !batch?.people) return refuse('NotFound', { what: '这个批次' });
  const paths = reachOfBatches(actor);
  if (paths.length === 0) return refuse('NotYourCase');
  const people = contractOf(room, batch.people);
  const stages = peopleStages(batch, people);
  const open = await room.db.stageRun.findFirst({
    where: { caseId: batchId, status: 'open', stage: { in: stages } },
    select: { stage: true, dueAt: true },
  });
  const rows = await rowsOf(room, query, stages, open?.stage ?? null, paths);
  const calendar = await calendarOf(room.db as never, state.unitCode);
  const shown = rows.slice(0, limit);
  const { done, line } = listedOf(people);
  return {
    items: shown.map(({ stage, apart, roster, result, dueAt, own, ...row }) => ({
      ...row,
      stage,
      stageTitle: stage === 'done' ? done.title : stage === 'apart' ? '例外' : people.stages[stage]!.title,
      apart: apart === null ? null : { kind: apart, title: apartTitle(people, apart) },
      ownStage: own?.map((name) => people.stages[name]?.title ?? name).join('、') ?? null,
      ...line({ roster, result }),
      due: dueWords(calendar, dueAt ?? (stage === open?.stage ? open.dueAt : null), false, at, stage !== 'done'),
    })),
    next: rows.length > limit ? shown.at(-1)!.staffNo : null,
  };
}

function rowsOf(
  { db, catalogue }: DeskRoom,
  { batchId, actor, stage, unit, apart, q, mine, after, limit }: PeopleQuery,
  stages: string[],
  open: string | null,
  paths: string[],
) {
  const done = isDone(catalogue);
  const why = whyApart(done);
  const like = `%${(q ?? '').replace(/[\\%_]/g, '\\$&')}%`;
  const parts = [
    Prisma.sql`i.batch_id = ${batchId}::uuid`,
    within(paths),
    unit && Prisma.sql`${unit} IN (i.community, i.street, i.county)`,
    q && Prisma.sql`(${nameOf} LIKE ${like} OR ${noOf} ILIKE ${like})`,
    after && Prisma.sql`${noOf} > ${after}`,
    apart && (apart === 'any' ? Prisma.sql`${why} IS NOT NULL` : Prisma.sql`${why} = ${apart}`),
    stage && Prisma.sql`place.stage = ${stage}`,
    mine &&
      Prisma.sql`i.list_unit = ANY(${partsOfActor(actor)}::text[]) AND place.stage = ${open} AND c.subject_id IS DISTINCT FROM ${actor.accountId}::uuid`,
  ].filter((part): part is Prisma.Sql => typeof part === 'object');
  return db.$queryRaw<Row[]>`
    SELECT i.case_id AS "caseId", i.person_id AS "personId", ${noOf} AS "staffNo", ${nameOf} AS name,
      concat_ws(' · ', (SELECT name FROM unit WHERE code = i.street AND i.street <> i.community), u.name) AS "unitLine", place.stage, ${why} AS apart, i.reason, i.roster, i.result,
      (SELECT r.due_at FROM stage_run r WHERE r.case_id = c.id AND r.status = 'open' AND r.due_at IS NOT NULL ORDER BY r.due_at LIMIT 1) AS "dueAt",
      (SELECT array_agg(r.stage ORDER BY r.seq) FROM stage_run r WHERE r.case_id = c.id AND r.status = 'open') AS own,
      EXISTS (SELECT FROM stage_run r WHERE r.case_id = c.id AND r.stage = ${open} AND r.status = 'closed') AS decided
    FROM batch_item i JOIN "case" c ON c.id = i.case_id LEFT JOIN person p ON p.id = i.person_id JOIN unit u ON u.code = i.community
    CROSS JOIN LATERAL (SELECT ${standing(stages, done)} AS stage) place
    WHERE ${Prisma.join(parts, ' AND ')} ORDER BY ${noOf} LIMIT ${limit + 1}`;
}

/** One person's conversion with its inputs, how the step came about, and pay before and after. Refuses `NotFound`, `NotYourCase`. */
export async function conversionView(
  room: DeskRoom,
  { caseId, actor }: { caseId: string; actor: Actor },
): Promise<Refusal | ReturnType<typeof viewOf>> {
  const item = await room.db.batchItem.findUnique({ where: { caseId } });
  const state = item?.result ? await readCase(room.db, caseId) : null;
  if (!item?.result || state?.process !== 'conversion') return refuse('NotFound', { what: '套改结果' });
  const community = await room.db.unit.findUnique({ where: { code: item.community }, select: { path: true } });
  const reads = reachOfBatches(actor).some((path) => community?.path.startsWith(path));
  if (!reads && !(await hasPart(room.db, caseId, actor))) return refuse('NotYourCase');
  return viewOf(item.result as unknown as Conversion);
}

function viewOf({ inputs, steps, label, placement, before, after, versions }: Conversion) {
  const assumed = Object.values(versions).some((policy) => policy.assumed);
  return {
    label,
    before: placedLabel(inputs.placed),
    globalStep: placement.globalStep,
    steps,
    inputs: {
      joinedOn: inputs.joinedOn,
      years: inputs.years,
      countedOn: inputs.countedOn,
      postTitle: inputs.postTitle,
      education: inputs.education,
      certificate: inputs.certificate,
    },
    pay: payLines(before, after),
    total: { before: before?.total ?? null, after: after.total },
    assumed,
  };
}

type Lines = Conversion['after'];
const lines: [keyof Lines, string][] = [
  ['postPay', '职务薪酬'],
  ['gradePay', '级别薪酬'],
  ['educationAllowance', '学历津贴'],
  ['certificateAllowance', '证书津贴'],
  ['performance', '绩效基数'],
  ['topUp', '兜底补足'],
  ['retained', '保留差额'],
];
const payLines = (before: Lines | null, after: Lines) =>
  lines
    .map(([key, title]) => ({ title, before: before ? before[key] : null, after: after[key] }))
    // what tops up or retains is shown where there is any
    .filter(({ before: was, after: now }, i) => i < 5 || (was ?? 0) > 0 || now > 0);
