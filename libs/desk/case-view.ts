import type { z } from 'zod';
import { Prisma } from '../../prisma/generated/client.ts';
import type { caseView as caseViewSchema } from '../domain/api/case-views.ts';
import type { Calendar } from '../domain/calendar.ts';
import { formatAllowance, allowance } from '../domain/calendar.ts';
import type { ProcessContract } from '../domain/contract.ts';
import { fromDateColumn } from '../domain/dates.ts';
import { incidentTitle } from '../domain/incident-texts.ts';
import { readyForms } from '../domain/official-form.ts';
import { refuse, refusalText, type Refusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import { caseActions, caseActsOf } from './case-acts.ts';
import { markRead } from './copy.ts';
import { declarerOf, declarers } from './declare.ts';
import { openTaskKeys } from './inbox.ts';
import { endedHow, heldStill } from './may.ts';
import { calendarsFor, caseRows, toCaseLine } from './lists.ts';
import { isOutside, seenFromOutside } from './outside.ts';
import { hasPart } from './reach.ts';
import { contractOf, type DeskRoom } from './room.ts';
import { readCase, type CaseState } from './state.ts';
import { timelineOf } from './timeline.ts';
import { unitsAbove } from './when.ts';
import { dueWords, unitNames, verdictTitle } from './words.ts';

export type CaseView = z.infer<typeof caseViewSchema>;

/** One case whole, for whoever has a part in it (`NotYourCase`); auditors read the ledger instead. */
export async function caseView(
  room: DeskRoom,
  { caseId, actor, at }: { caseId: string; actor: Actor; at: Date },
): Promise<Refusal | CaseView> {
  const { db } = room;
  const state = await readCase(db, caseId);
  if (!state) return refuse('NotFound', { what: '这一办件' });
  if (!(await hasPart(db, caseId, actor))) return refuse('NotYourCase');
  await markRead(db, caseId, actor.accountId, at);
  const view = await viewOf(room, state, actor, at);
  return isOutside(actor) ? seenFromOutside(contractOf(room, state.process), view) : view;
}

/** A case as its page shows it to somebody who may see it; who may is the caller's to check. */
export async function viewOf(room: DeskRoom, state: CaseState, actor: Actor, at: Date): Promise<CaseView> {
  const { db } = room;
  const caseId = state.id;
  const contract = contractOf(room, state.process);
  const [row] = await caseRows(db, Prisma.sql`c.id = ${caseId}::uuid`, Prisma.sql`c.id`, 1);
  const calendar = (await calendarsFor(db, [row!.countyCode]))(row!.countyCode);
  const people = await db.account.findMany({
    where: { id: { in: [state.starterId, state.startedById, state.subjectId].filter((id) => id !== null) } },
    select: { id: true, displayName: true },
  });
  const nameOf = (id: string | null) => people.find((account) => account.id === id)?.displayName ?? null;
  const personId = (state.input.personId as string | undefined) ?? null;
  const person = personId ? await db.person.findUnique({ where: { id: personId }, select: { name: true } }) : null;
  const dates = await db.caseDate.findMany({ where: { caseId }, orderBy: { on: 'asc' } });
  const mine = await openTaskKeys(room, actor, { caseId }, at, null, 1);
  const stages = await stagesOf(room, state, contract, calendar, at);
  const closed = stages.filter(({ rounds }) => rounds.some(({ status }) => status === 'closed')).map(({ stage }) => stage);
  return {
    ...toCaseLine(room, row!, calendar, at),
    starter: state.starterId
      ? { accountId: state.starterId, name: nameOf(state.starterId) ?? '', posts: await postsOf(room, state.starterId) }
      : null,
    startedBy: nameOf(state.startedById),
    subject: person ? { personId, name: person.name } : null,
    effectiveAt: state.effectiveAt?.toISOString() ?? null,
    version: state.version,
    dates: dates.map(({ title, on }) => ({ label: title, on: fromDateColumn(on), note: null })),
    policy: policyWords(state, contract),
    stages,
    forms: readyForms(contract.forms, new Set(closed)),
    waitingFor: row!.waiting && (row!.stages ?? []).length === 0 ? { title: row!.waiting.title, until: row!.waiting.until } : null,
    timeline: await timelineOf(db, caseId, contract),
    myTaskId: mine[0]?.id ?? null,
    ...(await papersOf(room, caseId, contract)),
    events: await eventsOf(room, state, contract, actor),
    incidents: (await db.incident.findMany({ where: { caseId }, orderBy: { openedAt: 'asc' } })).map(
      ({ id, kind, detail, openedAt, resolvedAt }) => ({
        id,
        title: incidentTitle(kind, detail as Record<string, unknown>),
        openedAt: openedAt.toISOString(),
        resolvedAt: resolvedAt?.toISOString() ?? null,
      }),
    ),
    ...(await caseActsOf(room, contract, caseId, calendar, at)),
    actions: await caseActions(room, contract, state, actor, nameOf(state.starterId)),
  };
}

async function postsOf({ db }: DeskRoom, accountId: string): Promise<string> {
  const posts = await db.postHeld.findMany({ where: { accountId }, orderBy: { fromOn: 'desc' }, take: 3 });
  const units = await unitNames(
    db,
    posts.map(({ unitCode }) => unitCode),
  );
  return posts.map(({ unitCode, title }) => `${units.get(unitCode) ?? ''} ${title ?? ''}`.trim()).join('、');
}

/** Each stage that the case has entered, with its rounds, in the order of the map. */
async function stagesOf(
  { db }: DeskRoom,
  { id: caseId, heldAt }: CaseState,
  contract: ProcessContract,
  calendar: Calendar,
  at: Date,
): Promise<CaseView['stages']> {
  const rows = await db.$queryRaw<
    {
      stage: string;
      round: number;
      status: string;
      openedAt: Date;
      closedAt: Date | null;
      dueAt: Date | null;
      tentative: boolean;
      result: Record<string, unknown> | null;
      who: string | null;
    }[]
  >`
    SELECT s.stage, s.round, s.status, s.opened_at AS "openedAt", s.closed_at AS "closedAt", s.due_at AS "dueAt", s.due_tentative AS tentative, s.result,
      (SELECT string_agg(DISTINCT a.display_name || coalesce('（代' || f.display_name || '）', ''), '、') FROM task t JOIN account a ON a.id = coalesce(t.answered_by_id, CASE WHEN t.status = 'open' THEN t.assignee_id END)
       LEFT JOIN account f ON f.id = t.answered_for_id WHERE t.case_id = s.case_id AND t.stage = s.stage AND t.round = s.round) AS who
    FROM stage_run s WHERE s.case_id = ${caseId}::uuid AND s.status <> 'pending' ORDER BY s.round`;
  return contract.order.flatMap((name) => {
    const stage = contract.stages[name]!;
    const rounds = rows
      .filter((run) => run.stage === name)
      .map((run) => ({
        round: run.round,
        status: run.status === 'lapsed' ? ('expired' as const) : (run.status as 'open' | 'closed' | 'superseded'),
        openedAt: run.openedAt.toISOString(),
        closedAt: run.closedAt?.toISOString() ?? null,
        verdict: verdictTitle(stage, run.result),
        who: run.who,
        due: dueWords(calendar, run.dueAt, run.tentative, at, run.status === 'open', heldAt !== null),
      }));
    return rounds.length > 0 ? [{ stage: name, title: stage.title, rounds }] : [];
  });
}

async function papersOf({ db }: DeskRoom, caseId: string, contract: ProcessContract): Promise<Pick<CaseView, 'attachments' | 'comments'>> {
  const attachments = await db.$queryRaw<
    { id: string; name: string; size: number; type: string; stage: string | null; who: string; at: Date; sha256: string }[]
  >`
    SELECT x.id, x.name, f.size, f.type, x.stage, a.display_name AS who, x.at, x.sha256 FROM attachment x JOIN file_content f ON f.sha256 = x.sha256 JOIN account a ON a.id = x.account_id
    WHERE x.case_id = ${caseId}::uuid ORDER BY x.at`;
  const comments = await db.$queryRaw<{ id: string; who: string; text: string; at: Date }[]>`
    SELECT m.id, a.display_name AS who, m.text, m.at FROM comment m JOIN account a ON a.id = m.account_id WHERE m.case_id = ${caseId}::uuid ORDER BY m.at`;
  return {
    attachments: attachments.map(({ stage, at, ...rest }) => ({
      ...rest,
      at: at.toISOString(),
      stageTitle: stage ? (contract.stages[stage]?.title ?? stage) : null,
    })),
    comments: comments.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() })),
  };
}

async function eventsOf({ db }: DeskRoom, state: CaseState, contract: ProcessContract, actor: Actor): Promise<CaseView['events']> {
  const units = await unitsAbove(db as never, state.unitCode);
  const declared = new Set(
    (await db.caseEvent.findMany({ where: { caseId: state.id }, select: { event: true } })).map(({ event }) => event),
  );
  const declarable = Object.entries(contract.events).filter(([, { byRule }]) => !byRule);
  return declarable.map(([event, { title, ...rest }]) => {
    const refusal =
      state.status !== 'running'
        ? refuse('CaseEnded', { how: endedHow(state) })
        : !declarerOf({ title, ...rest }, state, actor, units)
          ? refuse('NotYourEvent', { event: title, who: declarers({ title, ...rest }) })
          : (heldStill(state) ??
            (state.effectiveAt && !rest.afterEffect
              ? refuse('AlreadyEffective', { verb: `申报“${title}”` })
              : declared.has(event)
                ? refuse('AlreadyDeclared', { event: title })
                : null));
    return { event, title, allowed: refusal === null, why: refusal && refusalText(refusal) };
  });
}

/** The pinned policies in words, with those assumed marked. */
function policyWords({ pinned }: CaseState, contract: ProcessContract): CaseView['policy'] {
  const versions = (pinned.versions ?? {}) as Record<string, { version: number; assumed: boolean }>;
  const within = (pinned.within ?? {}) as Record<string, unknown>;
  const spans = contract.order.flatMap((name) => {
    const parsed = allowance.safeParse(within[name] ?? contract.stages[name]!.within);
    return parsed.success ? [`${contract.stages[name]!.title} ${formatAllowance(parsed.data)}`] : [];
  });
  const assumed = Object.entries(versions).some(([key, policy]) => key.endsWith('.within') && policy.assumed);
  return [{ label: '各环节时限', value: spans.join('；'), assumed }];
}

/** The version of a case and the open tasks in it that the actor may act on: what `next` answers with. */
export async function nextAfter(
  room: DeskRoom,
  { caseId, actor, at }: { caseId: string; actor: Actor; at: Date },
): Promise<Refusal | { version: number; status: string; taskIds: string[] }> {
  const [row] = await room.db.$queryRaw<
    { version: number; status: string }[]
  >`SELECT version, status FROM "case" WHERE id = ${caseId}::uuid`;
  if (!row) return refuse('NotFound', { what: '这一办件' });
  const tasks = await openTaskKeys(room, actor, { caseId }, at, null, 10);
  if (tasks.length === 0 && !(await hasPart(room.db, caseId, actor))) return refuse('NotYourCase');
  return { ...row, taskIds: tasks.map(({ id }) => id) };
}
