import { generateKeyPairSync } from 'node:crypto';
import type { Db } from '../../libs/db.ts';
import type { DeskRoom } from '../../libs/desk/room.ts';
import { stageAs } from '../../libs/domain/pinned.ts';
import type { ProcessContract } from '../../libs/domain/contract.ts';
import { verifyLedger } from '../../libs/ledger/verify.ts';
import type {
  Case,
  CaseEvent,
  Copy,
  Due,
  Hold,
  LedgerEntry,
  Mail,
  Message,
  Notice,
  Objection,
  Recusal,
  StageRun,
  Task,
  Urge,
} from '../../prisma/generated/client.ts';

/** Where a story says that it stands; null when it has ended. Left out where nobody tells the case. */
export type StoryPlace = { heard: number; waits: { stages: readonly string[]; until: string | null } | null } | null;

type Row<T> = { [K in keyof T]: T[K] extends Date ? number : T[K] extends Date | null ? number | null : T[K] };
type Said = { verb: string; accepted: boolean; actingFor?: object; stage?: string; round?: number; detail?: { accountIds?: string[] } };

/** A case with everything that hangs on it; moments as numbers. */
interface Found {
  contract: ProcessContract;
  case: Row<Case>;
  runs: Row<StageRun>[];
  tasks: Row<Task>[];
  due: Row<Due>[];
  messages: Row<Message>[];
  events: Row<CaseEvent>[];
  entries: (Pick<Row<LedgerEntry>, 'at' | 'seq' | 'verb'> & { said: Said })[];
  mails: Row<Mail>[];
  holds: Row<Hold>[];
  urges: Row<Urge>[];
  copies: Row<Copy>[];
  recusals: Row<Recusal>[];
  notices: Row<Notice>[];
  /** To the case's notices, each with the status of the case in which it is dealt with. */
  objections: (Row<Objection> & { caseStatus: string })[];
  relatives: Set<string>;
  administrators: Set<string>;
  /** Who has ever stood in for whom: `substitute/principal`. */
  standIns: Set<string>;
}

const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const fromColumns = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      camel(column),
      (column === 'at' || column.endsWith('_at')) && typeof value === 'string' ? Date.parse(value) : value,
    ]),
  );

/** In one statement, so that it is one moment. */
async function find({ db, catalogue }: DeskRoom, caseId: string): Promise<Found> {
  const [row] = await db.$queryRaw<{ found: Record<string, Record<string, unknown>[] | null> }[]>`
    SELECT jsonb_build_object(
      'case', (SELECT jsonb_agg(to_jsonb(c)) FROM "case" c WHERE id = ${caseId}::uuid),
      'runs', (SELECT jsonb_agg(to_jsonb(r)) FROM stage_run r WHERE case_id = ${caseId}::uuid),
      'tasks', (SELECT jsonb_agg(to_jsonb(t)) FROM task t WHERE case_id = ${caseId}::uuid),
      'due', (SELECT jsonb_agg(to_jsonb(d)) FROM due d WHERE case_id = ${caseId}::uuid),
      'messages', (SELECT jsonb_agg(to_jsonb(m) ORDER BY no) FROM message m WHERE case_id = ${caseId}::uuid),
      'events', (SELECT jsonb_agg(to_jsonb(e)) FROM case_event e WHERE case_id = ${caseId}::uuid),
      'entries', (SELECT jsonb_agg(jsonb_build_object('at', at, 'seq', seq, 'verb', verb, 'said', body::jsonb) ORDER BY seq) FROM ledger_entry WHERE chain = 'case:' || ${caseId}::text),
      'mails', (SELECT jsonb_agg(to_jsonb(m)) FROM mail m WHERE case_id = ${caseId}::uuid),
      'holds', (SELECT jsonb_agg(to_jsonb(h)) FROM hold h WHERE case_id = ${caseId}::uuid),
      'urges', (SELECT jsonb_agg(to_jsonb(u)) FROM urge u JOIN task t ON t.id = u.task_id WHERE t.case_id = ${caseId}::uuid),
      'copies', (SELECT jsonb_agg(to_jsonb(k)) FROM copy k WHERE case_id = ${caseId}::uuid),
      'recusals', (SELECT jsonb_agg(to_jsonb(x)) FROM recusal x WHERE case_id = ${caseId}::uuid),
      'notices', (SELECT jsonb_agg(to_jsonb(n)) FROM notice n WHERE case_id = ${caseId}::uuid),
      'objections', (SELECT jsonb_agg(to_jsonb(o) - 'sealed' || jsonb_build_object('case_status', k.status)) FROM objection o JOIN "case" k ON k.id = o.objection_case_id WHERE o.case_id = ${caseId}::uuid),
      'relatives', (SELECT jsonb_agg(to_jsonb(r)) FROM relative r JOIN "case" c ON c.subject_id = r.other_id WHERE c.id = ${caseId}::uuid),
      'standIns', (SELECT jsonb_agg(to_jsonb(s)) FROM substitution s),
      'administrators', (SELECT jsonb_agg(to_jsonb(p)) FROM post_held p WHERE role IN ('AUDITOR', 'SYSTEM_ADMIN', 'SECURITY_ADMIN'))) AS found`;
  const rows = (key: string) => (row!.found[key] ?? []).map(fromColumns);
  const {
    relatives,
    administrators,
    standIns,
    case: cases,
    ...rest
  } = Object.fromEntries(Object.keys(row!.found).map((key) => [key, rows(key)]));
  const accounts = (of: Record<string, unknown>[] | undefined) => new Set((of ?? []).map(({ accountId }) => accountId as string));
  return {
    ...rest,
    case: cases![0],
    contract: catalogue[cases![0]!.process as string]!,
    relatives: accounts(relatives),
    administrators: accounts(administrators),
    standIns: new Set((standIns ?? []).map(({ substituteId, principalId }) => `${String(substituteId)}/${String(principalId)}`)),
  } as unknown as Found;
}

/** Decided on a batch's list: nobody is asked in this case, and its story is told by looking again. */
const isListed = ({ ask }: Row<StageRun>) => (ask as { list?: true }).list === true;

const name = ({ stage, round }: { stage: string; round: number }) => `${stage}/${round}`;

/** 1: a running case waits for something. 6: and the story says the same as SQL. */
function* waits(
  { case: { status, nextMessageNo, waitingFor, heldAt }, runs, tasks, due, objections }: Found,
  story: StoryPlace | undefined,
): Iterable<string> {
  const open = runs
    .filter((run) => run.status === 'open')
    .map(({ stage }) => stage)
    .sort();
  const ahead = due.filter(({ doneAt }) => doneAt === null);
  const running = status !== 'ended';
  if (story === undefined) return;
  if (running !== (story !== null)) return yield `6: the case is ${status}, its story ${story ? 'goes on' : 'has ended'}`;
  if (!story) return;
  const waitsForObjections = objections.some(({ concludedAt, caseStatus }) => concludedAt === null && caseStatus === 'running');
  const onList = runs.some((run) => run.status === 'open' && isListed(run));
  if (!tasks.some((task) => task.status === 'open') && ahead.length === 0 && heldAt === null && !onList && !waitsForObjections)
    yield '1: the case waits for nothing';
  if (story.heard !== nextMessageNo - 1) yield `6: the story has heard ${story.heard} of ${nextMessageNo - 1} messages`;
  if (!story.waits) return yield '6: the story is at work';
  const { stages, until } = story.waits;
  if ([...stages].sort().join() !== open.join()) yield `6: open are [${open.join()}], the story waits for [${[...stages].join()}]`;
  const nearest = ahead.map(({ at }) => at).sort((a, b) => a - b)[0];
  if (nearest !== undefined && (until === null || Date.parse(until) > nearest))
    yield `6: due at ${new Date(nearest).toISOString()}, the story sleeps until ${until}`;
  if (stages.length === 0 && waitingFor === null) yield `6: waiting for ${JSON.stringify(waitingFor)} with [${open.join()}] open`;
}

/** 2: each open task has one owner or one audience, a due date and a next reminder; a closed one has nothing left. */
function* tasksInOrder({ case: { heldAt }, runs, tasks, due }: Found): Iterable<string> {
  const ahead = due.filter(({ doneAt }) => doneAt === null);
  const latest = new Map<string, number>();
  for (const { stage, round } of runs) latest.set(stage, Math.max(round, latest.get(stage) ?? 0));
  for (const task of tasks.filter(({ status }) => status === 'open')) {
    const run = runs.find(({ stage, round }) => stage === task.stage && round === task.round);
    if (run?.status !== 'open') yield `2: ${name(task)} has an open task, the stage is ${run?.status}`;
    if (latest.get(task.stage) !== task.round) yield `2: ${name(task)} has an open task of an old round`;
    if ((task.audienceRole === null) !== (task.audienceUnit === null)) yield `2: half an audience at ${name(task)}`;
    if (task.assigneeId === null && task.audienceRole === null) yield `2: nobody's task at ${name(task)}`;
    if (task.claimed !== (task.assigneeId !== null && task.audienceRole !== null))
      yield `2: claimed without an audience, or assigned without a claim, at ${name(task)}`;
    const soon = ahead.filter(({ stage, round }) => stage === task.stage && round === task.round);
    if (soon.length === 0 && heldAt === null) yield `2: nothing will fall due at ${name(task)}`;
    if (!task.dueAt && heldAt === null && !soon.some(({ kind }) => kind === 'recount'))
      yield `2: no due date at ${name(task)}, and it is not counted again`;
    if (task.dueAt !== run?.dueAt) yield `2: task and stage ${name(task)} have two due dates`;
  }
  for (const task of tasks.filter(({ status }) => status === 'waiting')) {
    const run = runs.find(({ stage, round }) => stage === task.stage && round === task.round);
    if (run?.status !== 'open') yield `2: ${name(task)} has a waiting task, the stage is ${run?.status}`;
    if (!tasks.some((other) => other.status === 'open' && name(other) === name(task))) yield `2: a task waits for nobody at ${name(task)}`;
  }
  for (const entry of ahead.filter(({ stage }) => stage !== null)) {
    const run = runs.find(({ stage, round }) => stage === entry.stage && round === entry.round);
    if (run?.status !== 'open') yield `2: ${entry.key} will fall due, the stage is ${run?.status}`;
  }
}

/** 1 and 2: while a case is held nothing falls due in working days, and only a running case is held. */
function* holding({ case: { status, heldAt }, due, holds, mails, entries }: Found): Iterable<string> {
  const standing = holds.filter(({ toAt }) => toAt === null);
  if (standing.length !== (heldAt === null ? 0 : 1) || (standing[0] && standing[0].fromAt !== heldAt))
    yield `1: held since ${heldAt}, on record ${standing.length}`;
  if (heldAt !== null && status !== 'running') yield `1: ${status}, and held`;
  for (const { key, kind, doneAt } of due)
    if (heldAt !== null && doneAt === null && !['legalEnd', 'wait', 'before'].includes(kind))
      yield `2: ${key} will fall due in a held case`;
  const accepted = (verb: string) => entries.filter(({ said }) => said.accepted && said.verb === verb).length;
  const told = new Map<string, number>();
  for (const { accountId, params } of mails.filter(({ template }) => template === 'case-held')) {
    const key = `${accountId}/${(params as { kind: string }).kind}`;
    told.set(key, (told.get(key) ?? 0) + 1);
  }
  if (Math.max(0, ...told.values()) > holds.length) yield `5: of ${holds.length} holds more mails to one person`;
  if (accepted('case.hold') !== holds.length) yield `5: ${holds.length} holds, ${accepted('case.hold')} entries`;
}

/** 3: separation of duty; what somebody did in another's stead is both people's. */
function* deciders({
  contract,
  case: { subjectId, starterId, startedById, pinned },
  tasks,
  recusals,
  relatives,
  administrators,
  standIns,
  entries: recorded,
}: Found): Iterable<string> {
  for (const { accountId, at } of recusals)
    for (const task of tasks) {
      if (['open', 'waiting'].includes(task.status) && task.assigneeId === accountId) yield `3: ${name(task)} is asked of somebody recused`;
      if (task.status === 'done' && [task.answeredById, task.answeredForId].includes(accountId) && task.closedAt! > at)
        yield `3: somebody recused answered ${name(task)}`;
    }
  const byGroup = new Map<string, string>();
  for (const task of tasks.filter(({ status }) => status === 'done')) {
    const stage = stageAs(contract, task.stage, pinned as Record<string, unknown>);
    const own = 'subject' in stage.audience;
    for (const who of [task.answeredById!, ...(task.answeredForId ? [task.answeredForId] : [])]) {
      if (who === subjectId && !own) yield `3: the person concerned answered ${name(task)}`;
      if (own && subjectId && who !== subjectId) yield `3: somebody else answered ${name(task)} in the person's place`;
      if (relatives.has(who)) yield `3: a relative answered ${name(task)}`;
      if (administrators.has(who)) yield `3: an administrator answered ${name(task)}`;
      if ((who === starterId || who === startedById) && (stage.kind === 'opinion' || stage.kind === 'decision'))
        yield `3: the starter answered ${name(task)}`;
      if (stage.fourEyes) {
        const other = byGroup.get(`${stage.fourEyes}/${who}`);
        if (other && other !== task.stage) yield `3: one person answered both ${other} and ${task.stage}`;
        byGroup.set(`${stage.fourEyes}/${who}`, task.stage);
      }
    }
    if (task.answeredForId && (task.answeredForId === task.answeredById || !standIns.has(`${task.answeredById}/${task.answeredForId}`)))
      yield `3: nobody stood in for anybody at ${name(task)}`;
  }
  const entries = recorded.filter(({ said }) => said.accepted && said.verb === 'task.answer' && said.actingFor).length;
  const inStead = tasks.filter(({ status, answeredForId }) => status === 'done' && answeredForId !== null).length;
  if (entries !== inStead) yield `3: ${inStead} answers in another's stead, ${entries} entries that say so`;
}

/** 3 and 4: nobody decides twice in one panel, and what it told is a plain recount. */
function* panels({ contract, case: { pinned }, runs, tasks }: Found): Iterable<string> {
  for (const run of runs) {
    const { panel, verdict } = stageAs(contract, run.stage, pinned as Record<string, unknown>);
    if (!panel || !run.tally) continue;
    const { members } = run.tally as { members: string[] };
    const cast = tasks.filter(({ stage, round, status }) => stage === run.stage && round === run.round && status === 'done');
    if (new Set(cast.map(({ answeredById }) => answeredById)).size !== cast.length) yield `3: one person voted twice in ${name(run)}`;
    for (const vote of cast)
      if (!members.includes(vote.assigneeId!) || (vote.answeredForId ?? vote.answeredById) !== vote.assigneeId)
        yield `3: no member's own vote in ${name(run)}`;
    if (panel.rule === 'ballot' && cast.some(({ answeredForId }) => answeredForId !== null))
      yield `3: a vote in another's stead in ${name(run)}`;
    if (run.status !== 'closed') continue;
    const told = run.result as Record<string, number | string>;
    const votes = (value: string) => cast.filter(({ answer }) => (answer as Record<string, unknown>)[verdict!] === value).length;
    const [inFavour, against, counted] = [votes(panel.for), votes(panel.against), Number(told.members)];
    if (told.for !== inFavour || told.against !== against)
      yield `4: ${name(run)} told ${told.for}:${told.against}, cast were ${inFavour}:${against}`;
    if (counted > members.length || counted < cast.length) yield `4: ${name(run)} counted ${counted} of ${members.length} members`;
    const vetoed = cast.some(({ chair, answer }) => chair && (answer as Record<string, unknown>)[verdict!] === panel.against);
    const passes = {
      all: against === 0 && cast.length === counted,
      inOrder: against === 0 && cast.length === counted,
      any: inFavour > 0 && against === 0,
      ballot: inFavour > (panel.share ?? 0.5) * counted && !(panel.veto && vetoed),
    }[panel.rule];
    if ((told[verdict!] === panel.for) !== passes) yield `4: ${name(run)} told ${told[verdict!]} with ${inFavour}:${against} of ${counted}`;
    if (panel.rule === 'ballot' && !(panel.veto && vetoed) && cast.length < (panel.quorum ?? 0.5) * counted)
      yield `4: ${name(run)} closed without its quorum`;
  }
}

/** 5: each accepted verb left one entry, and a person gets one mail of one kind for one thing. */
function* records({
  case: { nextMessageNo, input: caseInput },
  messages,
  tasks,
  runs,
  events,
  urges,
  copies,
  recusals,
  entries,
  mails,
}: Found): Iterable<string> {
  const accepted = (verb: string) => entries.filter(({ said }) => said.accepted && said.verb === verb);
  const done = tasks.filter(({ status }) => status === 'done').length;
  if (accepted('task.answer').length !== done) yield `5: ${done} answers, ${accepted('task.answer').length} entries`;
  if (accepted('case.start').length !== 1) yield `5: ${accepted('case.start').length} entries of the start`;
  const declared = entries.filter(({ said }) => said.accepted && said.verb.startsWith('event.')).length;
  if (declared !== events.length) yield `5: ${events.length} events, ${declared} entries`;
  if (accepted('task.urge').length !== urges.length) yield `5: ${urges.length} urgings, ${accepted('task.urge').length} entries`;
  const declaredOut = recusals.filter(({ accountId }) => !(caseInput as { barred?: string[] }).barred?.includes(accountId));
  if (accepted('case.recuse').length !== declaredOut.length)
    yield `5: ${declaredOut.length} recusals, ${accepted('case.recuse').length} entries`;
  const given = accepted('case.copy').flatMap(({ said }) => said.detail?.accountIds ?? []);
  if (given.length !== copies.filter(({ how }) => how === 'copied').length) yield `5: ${given.length} copies on record`;
  const returns = messages.filter(({ body }) => (body as { kind: string }).kind === 'returned').length;
  const anew = [...accepted('list.takeRole'), ...accepted('list.undo')].filter(({ said }) => 'rounds' in (said.detail ?? {})).length;
  const sentBack = accepted('task.return').length + accepted('task.takeBack').length + anew;
  if (sentBack !== returns) yield `5: ${returns} returns told, ${sentBack} entries`;
  const listed = new Set(runs.filter(isListed).map(name));
  const closed = messages.filter(({ body }) => {
    const said = body as { kind: string; stage: string; round: number };
    return said.kind === 'closed' && !listed.has(name(said));
  }).length;
  const ended = runs.filter((run) => run.status === 'closed' && !isListed(run)).length - accepted('stage.settle').length;
  if (closed !== ended) yield `5: ${ended} stages closed, ${closed} told`;
  if (messages.some(({ no }, i) => no !== i + 1) || messages.length !== nextMessageNo - 1)
    yield `5: messages ${messages.map(({ no }) => no).join()} of ${nextMessageNo - 1}`;
  const seen = new Set<string>();
  for (const { accountId, template, params, createdAt } of mails) {
    const { taskId = '', mark = '', heading = '', how = '', inStead = '' } = params as Record<string, string>;
    if (template === 'case-held') continue;
    // each time that a task is handed to somebody, comes back or is pressed for is an event of its own
    const own = ['transferred', 'delegated', 'added', 'advised'].includes(how) || template === 'task-urged';
    const handed = own ? new Date(createdAt).toISOString() : '';
    const key = [
      accountId,
      template,
      taskId,
      mark,
      heading,
      how,
      handed,
      // at each level above in the name in which one holds it
      template === 'task-escalated' ? inStead : '',
      mark === 'overdue' ? new Date(createdAt).toISOString().slice(0, 10) : '',
    ].join();
    if (seen.has(key)) yield `5: two mails ${key}`;
    seen.add(key);
  }
}

/** 1, 2 and 7 of public notices: posted, a stage has its end and no task; closed, nothing stands open against it but with a list that goes on. */
function* notices({ contract, case: { heldAt }, runs, tasks, due, notices: posted, objections, entries }: Found): Iterable<string> {
  for (const notice of posted.filter(({ postedAt }) => postedAt !== null)) {
    const run = runs.find(({ stage, round }) => stage === notice.stage && round === notice.round);
    if (!run) yield `2: a notice without its stage ${name(notice)}`;
    if (tasks.some((task) => name(task) === name(notice) && ['open', 'waiting'].includes(task.status)))
      yield `2: ${name(notice)} is posted, and somebody is still asked`;
    const open = objections.filter(({ noticeId, concludedAt }) => noticeId === notice.id && concludedAt === null);
    const ends = due.some(({ key, doneAt }) => key === `${name(notice)}/noticeEnd` && doneAt === null);
    const counts = due.some(({ kind, stage, doneAt }) => kind === 'recount' && stage === notice.stage && doneAt === null);
    if (run?.status === 'open' && heldAt === null && !ends && !counts && open.length === 0)
      yield `1: ${name(notice)} stands without an end`;
    if (run?.status === 'closed' && open.length > 0 && !contract.stages[notice.stage]?.notice?.heldAlone)
      yield `7: ${name(notice)} has closed over an open objection`;
    if (notice.closedAt !== null && open.length > 0) yield `7: ${name(notice)} has its statement, and an objection is open`;
    if (
      objections.some(
        ({ noticeId, receivedAt }) => noticeId === notice.id && run?.dueAt && receivedAt >= run.dueAt && run.status !== 'superseded',
      )
    )
      yield `7: an objection after the end of ${name(notice)}`;
  }
  const received = entries.filter(({ said, verb }) => said.accepted && verb === 'objection.receive').length;
  if (received !== objections.length) yield `5: ${objections.length} objections, ${received} entries`;
}

/** 7: after taking effect nothing is withdrawn or returned; after an ending nothing is open. */
function* endings({
  contract,
  case: { status, outcome, ending, effectiveAt, waitingFor, endedAt },
  runs,
  tasks,
  due,
  entries,
}: Found): Iterable<string> {
  const late = entries.filter(
    ({ said, at }) =>
      said.accepted &&
      ['case.withdraw', 'case.cancel', 'task.return', 'task.takeBack'].includes(said.verb) &&
      effectiveAt &&
      at > effectiveAt,
  );
  if (late.length > 0) yield `7: ${late.map(({ verb }) => verb).join()} after the case took effect`;
  if (effectiveAt && due.some(({ key, kind, doneAt }) => kind === 'before' && !key.endsWith('/inEffect') && doneAt === null))
    yield '7: a reminder of a date is left after the case took effect';
  if (status === 'running') return;
  if (
    tasks.some((task) => task.status === 'open' || task.status === 'waiting') ||
    runs.some((run) => run.status === 'open' || run.status === 'pending')
  )
    yield `7: ${status}, and something is open`;
  if (due.some(({ doneAt }) => doneAt === null) || waitingFor !== null) yield `7: ${status}, and something will fall due`;
  if (status === 'ended' && ending && ending !== outcome) yield `7: ${ending}, and ended as ${outcome}`;
  if (status === 'ended' && (!endedAt || !contract.outcomes[outcome ?? ''])) yield `7: ended as ${outcome}`;
}

/** The desk's invariants that a case breaks, each with its number; none is as it should be. */
export async function brokenInvariants(room: DeskRoom, caseId: string, story?: StoryPlace): Promise<string[]> {
  const found = await find(room, caseId);
  return [
    ...waits(found, story),
    ...tasksInOrder(found),
    ...holding(found),
    ...deciders(found),
    ...panels(found),
    ...records(found),
    ...notices(found),
    ...endings(found),
  ];
}

/** Fails when a case breaks an invariant of the desk. Without `story` nothing is asked of the story. */
export async function assertInvariants(room: DeskRoom, caseId: string, story?: StoryPlace): Promise<void> {
  expect(await brokenInvariants(room, caseId, story)).toEqual([]);
}

const { publicKey } = generateKeyPairSync('ed25519');
/** Fails when the ledger's chains do not verify. */
export async function assertLedger(db: Db): Promise<void> {
  expect((await verifyLedger(db, publicKey, null)).fault).toBeNull();
}
