import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { openSession } from '../../../libs/access/session.ts';
import type { ListAct } from '../../../libs/desk/list-acts.ts';
import { paidFrom } from '../../../libs/domain/conversion.ts';
import type { Role } from '../../../libs/domain/roles.ts';
import { eventually } from '../../../scripts/processes.mjs';
import { posting } from '../../../test/support/announcement.ts';
import type { ApiClient } from '../../api/test/support/client.ts';
import { workflowIdOf } from '../src/couriers.ts';
import { assertLedgerVerifies, withEngine } from './support/agreement.ts';
import { startService, type Service } from './support/service.ts';
import { Town, today } from './support/town.ts';

// A batch from the opening to filed and paid, over HTTP, with the worker killed in the middle. By itself with few people; `npm run bench -- campaigns` hands
// in how many and where the figures go.
const PEOPLE = Number(process.env.CAMPAIGN_PEOPLE ?? 40);
const FULL = PEOPLE > 500;
/** Of each kind of exception. */
const APART = FULL ? 12 : 1;
const WITHIN = FULL ? 600_000 : 60_000;

let service: Service;
let town: Town;
let batchId: string;
const figures: Record<string, number> = {};
const began = Date.now();
const seconds = (since: number) => Math.round((Date.now() - since) / 10) / 100;
const clients = new Map<string, Promise<ApiClient>>();

beforeAll(async () => {
  service = await startService({
    env: { RECONCILE_EVERY_MS: '5000', RATE_PER_ACCOUNT_PER_MINUTE: '1000000', RATE_SIGN_IN_PER_MINUTE: '100000' },
  });
  town = new Town(service);
}, 120_000);
afterAll(() => service?.close());

/** A signed-in account; its session is opened beside the door, for a thousand passwords cost what they should. */
function session(accountId: string): Promise<ApiClient> {
  const known = clients.get(accountId);
  if (known) return known;
  const opened = service.db
    .$transaction((tx) => openSession(tx, accountId, new Date(), { idleMinutes: 600, hours: 12 }))
    .then(({ token, csrfToken }) => Object.assign(service.anonymous(), { cookie: `miaopu_session=${token}`, csrfToken }));
  clients.set(accountId, opened);
  return opened;
}

/** Somebody who holds a post and did not open the batch. */
async function holderOf(role: string, unitCode: string): Promise<ApiClient> {
  const { starterId } = await service.db.case.findUniqueOrThrow({ where: { id: batchId } });
  const [found] = await service.db.$queryRaw<{ id: string }[]>`
    SELECT a.id FROM post_held p JOIN account a ON a.id = p.account_id WHERE p.role = ${role} AND p.unit_code = ${unitCode} AND a.status = 'active' AND a.id <> ${starterId}::uuid
    ORDER BY a.user_name LIMIT 1`;
  return session(found!.id);
}

/** The lists that are open: who has which part. */
const parts = (stage: string) =>
  service.db.task.findMany({
    where: { caseId: batchId, stage, status: 'open' },
    orderBy: { listUnit: 'asc' },
    select: { id: true, audienceRole: true, audienceUnit: true },
  });

const opened = async (stage: string, ms = WITHIN) => {
  const there = await eventually(
    async () => (await service.db.stageRun.count({ where: { caseId: batchId, stage, status: 'open' } })) > 0,
    ms,
  );
  if (!there) throw new Error(`${stage} is not opened`);
};
const said = { done: { done: 'done' } };

/** A job is handed in and followed to its end; how many were refused. */
async function onList(client: ApiClient, does: ListAct, on: { open: true } | { caseIds: string[] }): Promise<{ jobId: string }> {
  return client.ok('actOnList', { params: { id: batchId }, body: { does, on } as never, key: randomUUID() });
}
async function finished(client: ApiClient, jobId: string) {
  let job = await client.ok('listJob', { params: { id: jobId } });
  const done = await eventually(async () => (job = await client.ok('listJob', { params: { id: jobId } })).finished, WITHIN);
  if (!done) throw new Error(`${job.done} of ${job.total} are done`);
  return job;
}

/** Every unit decides on everybody of its part, all at once, and says that it is done. */
async function everyUnit(stage: string, answer: Record<string, unknown>, kill = false): Promise<number> {
  await opened(stage);
  const open = await parts(stage);
  const units = await Promise.all(open.map(async (part) => ({ part, client: await holderOf(part.audienceRole!, part.audienceUnit!) })));
  const since = Date.now();
  const jobs = await Promise.all(
    units.map(async ({ client }) => ({ client, ...(await onList(client, { act: 'decide', stage, answer }, { open: true })) })),
  );
  if (kill) {
    await service.worker.kill();
    await service.startWorker();
  }
  const done = await Promise.all(jobs.map(({ client, jobId }) => finished(client, jobId)));
  const took = seconds(since);
  figures[`${stage}_decided`] = done.reduce((sum, { total, refused }) => sum + total - refused.length, 0);
  figures[`${stage}_s`] = took;
  for (const { refused } of done) expect(refused).toEqual([]);
  // whoever was barred from their own name is left to a colleague: nobody is, for the list was cut so
  for (const { part, client } of units)
    await client.ok('answer', { params: { id: part.id }, body: { answer: said.done }, key: randomUUID() });
  return took;
}

async function boardAddsUp(): Promise<void> {
  const city = await town.as('city-org-5206-1');
  const board = await city.ok('batch', { params: { id: batchId } });
  for (const { cells, apart, total } of board.rows) expect(cells.reduce((sum, { count }) => sum + count, apart)).toBe(total);
  expect(board.rows.reduce((sum, { total }) => sum + total, 0)).toBe(figures.people);
  expect(board.exceptions.reduce((sum, { count }) => sum + count, 0)).toBe(board.rows.reduce((sum, { apart }) => sum + apart, 0));
}

const memoryOf = (pid: number) => Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);

test(
  `${PEOPLE} people of the imported roster are put on the list, each with a case of their own and without a story`,
  async () => {
    const [book, ours] = [new ExcelJS.Workbook(), new ExcelJS.Workbook()];
    await book.xlsx.readFile('libs/roster/testdata/roster.xlsx');
    const sheet = book.worksheets[0]!;
    const target = ours.addWorksheet(sheet.name);
    for (let n = 1; n <= 2 + PEOPLE; n += 1) target.addRow(sheet.getRow(n).values);
    const city = await town.as('city-org-5206-1');
    const roster = await city.ok('checkRoster', { file: { name: 'roster.xlsx', bytes: new Uint8Array(await ours.xlsx.writeBuffer()) } });
    expect(await city.ok('confirmRoster', { params: { id: roster.id }, body: { goodRowsOnly: true } })).toMatchObject({ left: 0 });

    const since = Date.now();
    ({ caseId: batchId } = await city.ok('startCase', {
      body: { process: 'certification', input: { unitCode: '5206', cutOffOn: today() } },
      key: randomUUID(),
    }));
    await opened('survey');
    figures.opened_s = seconds(since);
    figures.people = await service.db.batchItem.count({ where: { batchId } });
    expect(figures.people).toBe(PEOPLE);
    expect(await service.db.message.count({ where: { body: { path: ['kind'], equals: 'started' } } })).toBe(1);
    await boardAddsUp();
  },
  WITHIN,
);

test(
  'survey and certification, some sent back and some not certified; the worker is killed while a list is being decided',
  async () => {
    await everyUnit('survey', { verdict: 'verified' });
    await opened('preliminary');
    const some = await service.db.batchItem.findMany({ where: { batchId }, orderBy: { caseId: 'asc' }, take: 2 * APART });
    for (const [i, { caseId, listUnit }] of some.entries()) {
      const [role, unit] = listUnit!.split('@') as [Role, string];
      const client = await holderOf(role, unit);
      const does: ListAct =
        i < APART
          ? { act: 'sendBack', stage: 'preliminary', reason: '缺少工作年限证明。' }
          : { act: 'decide', stage: 'preliminary', answer: { verdict: 'notCertified', opinion: '属于非专职人员，不在认定范围。' } };
      const { refused } = await finished(client, (await onList(client, does, { caseIds: [caseId] })).jobId);
      expect(refused).toEqual([]);
    }
    await everyUnit('preliminary', { verdict: 'certified', opinion: '符合认定条件。' }, true);
    await everyUnit('review', { verdict: 'certified', opinion: '考察合格。' });
    await everyUnit('computation', { verdict: 'checked' });
    await boardAddsUp();
  },
  WITHIN * 2,
);

test(
  'everybody on the list is asked at once; they confirm, some do not agree, some withdraw, some are set apart',
  async () => {
    const since = Date.now();
    await opened('confirm');
    const due = figures.people! - 2 * APART;
    const asked = await eventually(
      async () => (await service.db.task.count({ where: { process: 'conversion', stage: 'confirm', status: 'open' } })) === due,
      WITHIN,
    );
    expect(asked).toBe(true);
    figures.stories_begun_s = seconds(since);
    const tasks = await service.db.task.findMany({
      where: { process: 'conversion', stage: 'confirm', status: 'open' },
      orderBy: { caseId: 'asc' },
    });
    const confirming = Date.now();
    const queue = [...tasks.entries()];
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let next = queue.shift(); next; next = queue.shift()) {
          const [i, task] = next;
          const worker = await session(task.assigneeId!);
          if (i < APART)
            await worker.ok('returnTask', {
              params: { id: task.id },
              body: { to: 'computation', reason: '工龄少算两年。', then: 'through' },
              key: randomUUID(),
            });
          else if (i < 2 * APART)
            await worker.ok('declare', {
              params: { id: task.caseId, event: 'withdraw' },
              body: { answer: { reason: '本人另有安排。' } },
              key: randomUUID(),
            });
          else if (i >= 3 * APART)
            await worker.ok('answer', { params: { id: task.id }, body: { answer: { confirmed: 'yes' } }, key: randomUUID() });
        }
      }),
    );
    figures.confirmations_per_s = Math.round((tasks.length / seconds(confirming)) * 10) / 10;
    const silent = tasks.slice(2 * APART, 3 * APART).map(({ caseId }) => caseId);
    const city = await session(
      (await service.db.postHeld.findFirstOrThrow({ where: { role: 'CITY_ORG', title: '组织二科干部' } })).accountId,
    );
    expect(
      (await finished(city, (await onList(city, { act: 'setApart', reason: '联系不上，转下一批。' }, { caseIds: silent })).jobId)).refused,
    ).toEqual([]);
    for (const { id, audienceRole, audienceUnit } of await parts('confirm')) {
      const client = await holderOf(audienceRole!, audienceUnit!);
      // the story of whoever did not agree sets them apart as soon as it has heard of it
      const done = await eventually(
        async () => (await client.call('answer', { params: { id }, body: { answer: said.done }, key: randomUUID() })).status === 200,
        WITHIN,
      );
      expect(done).toBe(true);
    }
    await boardAddsUp();
  },
  WITHIN * 2,
);

test(
  'public notice, approval, filing, contract: the rest goes to the new pay, and each exception stands where it was left',
  async () => {
    await opened('notice');
    const city = await town.as('city-org-5206-1');
    const [notice] = await parts('notice');
    await city.ok('answer', { params: { id: notice!.id }, body: { answer: posting }, key: randomUUID() });
    // five working days pass: the clock of a running service is everybody's, so the end of the notice comes to it
    await service.db.$executeRaw`
    WITH run AS (UPDATE stage_run SET due_at = now() WHERE case_id = ${batchId}::uuid AND stage = 'notice'),
      due AS (UPDATE due SET at = now() WHERE case_id = ${batchId}::uuid AND stage = 'notice' AND done_at IS NULL),
      moved AS (UPDATE "case" SET next_message_no = next_message_no + 1 WHERE id = ${batchId}::uuid RETURNING next_message_no - 1 AS no)
    INSERT INTO message (case_id, no, body, created_at) SELECT ${batchId}::uuid, no, jsonb_build_object('no', no, 'kind', 'dates'), now() FROM moved`;
    await everyUnit('approval', { verdict: 'approved', opinion: '同意。' });
    const approved = Date.now();
    const moved = await eventually(
      async () =>
        (await service.db.stageRun.count({ where: { stage: 'contract', status: 'open', caseId: { not: batchId } } })) ===
        figures.approval_decided,
      WITHIN,
    );
    expect(moved).toBe(true);
    figures.stories_moved_s = seconds(approved);
    await opened('filing');
    const [filing] = await parts('filing');
    await city.ok('answer', { params: { id: filing!.id }, body: { answer: { filed: 'filed' } }, key: randomUUID() });
    await everyUnit('contract', { how: 'signed', signedOn: today() });
    const converted = await eventually(
      async () => (await service.db.case.count({ where: { process: 'conversion', outcome: 'converted' } })) === figures.approval_decided,
      WITHIN,
    );
    expect(converted).toBe(true);
    expect(figures.approval_decided).toBe(figures.people! - 5 * APART);
    expect(await service.db.personFact.count({ where: { kind: 'pay', endedAt: null } })).toBe(figures.approval_decided);
    const pay = await service.db.personFact.findFirstOrThrow({ where: { kind: 'pay', endedAt: null } });
    expect(pay.fromOn.toISOString().slice(0, 10)).toBe(paidFrom(today()));
    await boardAddsUp();
    const { exceptions } = await city.ok('batch', { params: { id: batchId } });
    expect(Object.fromEntries(exceptions.map(({ kind, count }) => [kind, count]))).toEqual({
      evidence: APART,
      notCertified: APART,
      own: APART,
      withdrawn: APART,
      apart: APART,
    });
  },
  WITHIN * 2,
);

test(
  'nothing was done twice, the ledger verifies, and the batch’s own history stays short',
  async () => {
    const [twice] = await service.db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT case_id, stage, round FROM task WHERE process = 'conversion' AND status = 'done' GROUP BY 1, 2, 3 HAVING count(*) > 1) doubled`;
    expect(twice!.count).toBe(0);
    const [decided] = await service.db.$queryRaw<{ answers: number; entries: number }[]>`
    SELECT (SELECT count(*)::int FROM task WHERE status = 'done') AS answers, (SELECT count(*)::int FROM ledger_entry WHERE verb = 'task.answer' AND accepted) AS entries`;
    expect(decided!.entries).toBe(decided!.answers);
    await assertLedgerVerifies(town);
    await withEngine(service, async (client) => {
      const { historyLength, historySize } = await client.workflow
        .getHandle(workflowIdOf(await service.db.case.findUniqueOrThrow({ where: { id: batchId } })))
        .describe();
      Object.assign(figures, { batch_history_events: historyLength, batch_history_bytes: historySize ?? 0 });
      expect(historyLength).toBeLessThan(400);
    });
    Object.assign(figures, {
      worker_rss_mb: memoryOf(service.worker.child.pid!),
      api_rss_mb: memoryOf(service.api.child.pid!),
      minutes: Math.round((Date.now() - began) / 600) / 100,
    });
    const decisions = Object.entries(figures).filter(([key]) => key.endsWith('_decided'));
    const time = decisions.reduce((sum, [key]) => sum + figures[key.replace('_decided', '_s')]!, 0);
    figures.decisions_per_s = Math.round(decisions.reduce((sum, [, count]) => sum + count, 0) / time);
    if (process.env.CAMPAIGN_FIGURES)
      appendFileSync(process.env.CAMPAIGN_FIGURES, `${JSON.stringify({ system: 'miaopu', mode: 'campaign', ...figures })}\n`);
    else process.stdout.write(`${JSON.stringify(figures)}\n`);
  },
  WITHIN,
);
