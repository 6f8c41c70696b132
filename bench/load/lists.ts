import { circleOf } from '../circles.ts';
import type { House } from './house.ts';
import { cpu, load, parts } from './meter.ts';
import { round, spread } from './spread.ts';
import { form } from './story.ts';

const spentOf = (before: ReturnType<typeof cpu>, after: ReturnType<typeof cpu>) =>
  parts.reduce((sum, part) => sum + after[part] - before[part], 0);

/** The first page of an inbox, asked for again and again by `clients` at once. */
export async function inbox(
  house: House,
  { circle, queries, clients, label }: { circle: string; queries: number; clients: number; label: string },
): Promise<object> {
  const who = Array.from({ length: clients }, (_, me) => house.people.of(`${circle}-community-${me}`));
  for (let i = 0; i < 20; i++) await who[0]!.inbox();
  const samples: number[] = [];
  let left = queries;
  const before = cpu(house.address.pids);
  await Promise.all(
    who.map(async (person) => {
      for (; left > 0;) {
        left -= 1;
        const begin = performance.now();
        await person.inbox();
        samples.push(performance.now() - begin);
      }
    }),
  );
  const cpuMs = (spentOf(before, cpu(house.address.pids)) * 1000) / samples.length;
  const [open] = await house.rows<{ count: number }>(
    `SELECT count(*)::int AS count FROM task WHERE status = 'open' AND audience_unit = $1 AND assignee_id IS NULL`,
    [circleOf(circle).community],
  );
  return {
    mode: 'inbox',
    label,
    clients,
    open: open!.count,
    inbox_page_ms: spread(samples),
    cpu_ms_per_query: round(cpuMs, 2),
    load_average: load(),
  };
}

/** Open cases at their first stage, written by one statement: nobody tells their story, so they cost nothing but their place in the lists. */
export async function fill(house: House, { circle: name, upTo }: { circle: string; upTo: number }): Promise<void> {
  const circle = circleOf(name);
  const [have] = await house.rows<{ count: number }>(
    `SELECT count(*)::int AS count FROM task WHERE status = 'open' AND audience_unit = $1`,
    [circle.community],
  );
  const key = `${house.run}-fill-${upTo}`;
  await house.sql.query(
    `WITH opened AS (
       INSERT INTO "case" (case_no, process, natural_key, run, title, unit_code, starter_id, status, input, pinned, started_at, next_message_no)
       SELECT $1 || n, 'ht6', $1 || n, 1, '基准 ' || n, $2, (SELECT id FROM account WHERE user_name = $3), 'running', $4::jsonb, '{}', now(), 2 FROM generate_series(1, $5::int) AS n
       RETURNING id, case_no
     ), runs AS (
       INSERT INTO stage_run (case_id, stage, round, status, opened_at, due_at, seq) SELECT id, 'community', 1, 'open', now(), now() + interval '5 days', 1 FROM opened
     ), dues AS (
       INSERT INTO due (case_id, key, kind, stage, round, at) SELECT id, 'community/1/due', 'due', 'community', 1, now() + interval '5 days' FROM opened
     )
     INSERT INTO task (case_id, process, stage, round, status, audience_role, audience_unit, opened_at, due_at)
     SELECT id, 'ht6', 'community', 1, 'open', 'COMMUNITY_SECRETARY', $2, now(), now() + interval '5 days' + (hashtext(case_no) % 100000) * interval '1 second' FROM opened`,
    [key, circle.community, `${name}-starter-0`, JSON.stringify(form(house.people, circle, key, 1)), Math.max(0, upTo - have!.count)],
  );
  await house.sql.query('VACUUM ANALYZE');
}

const PAGE = 100;

/** A list of starts as one job: when all have their verdict, and when all are in the inbox. */
export async function batch(
  house: House,
  { circle: name, count, label }: { circle: string; count: number; label: string },
): Promise<object> {
  const circle = circleOf(name);
  const [starter, reader] = [house.people.of(`${name}-starter-0`), house.people.of(`${name}-community-0`)];
  const prefix = `${house.run}-${label}`;
  const items = Array.from({ length: count }, (_, i) => ({
    key: `${prefix}-${i}`,
    input: form(house.people, circle, `${prefix}-${i}`, i),
  }));
  const before = cpu(house.address.pids);
  const begin = performance.now();
  const seconds = () => round((performance.now() - begin) / 1000);
  const { jobId } = await starter.startMany(items);
  const taken = seconds();
  let job = await starter.job(jobId);
  for (; !job.finished; job = await starter.job(jobId)) await pause();
  if (job.started !== count) throw new Error(`${count - job.started} of ${count} starts were refused`);
  const accepted = seconds();
  const opened = async () =>
    (
      await house.rows<{ count: number }>(
        `SELECT count(*)::int AS count FROM start_job_item i JOIN task t ON t.case_id = i.case_id AND t.status = 'open' WHERE i.job_id = $1`,
        [jobId],
      )
    )[0]!.count;
  while ((await opened()) < count) await pause();
  const visible = seconds();
  const seen = new Set<string>();
  for (let after: string | undefined, more = true; more;) {
    const page = await reader.inbox({ limit: PAGE, after });
    for (const { caseId } of page.items) seen.add(caseId);
    after = page.next ?? undefined;
    more = page.next !== null;
  }
  const cpuMs = (spentOf(before, cpu(house.address.pids)) * 1000) / count;
  const cases = await house.rows<{ id: string }>(`SELECT case_id AS id FROM start_job_item WHERE job_id = $1`, [jobId]);
  const unseen = cases.filter(({ id }) => !seen.has(id)).length;
  return {
    mode: 'batch',
    label,
    count,
    taken_s: taken,
    accepted_s: accepted,
    all_visible_s: visible,
    unseen_in_inbox: unseen,
    cpu_ms_per_start: round(cpuMs, 1),
    load_average: load(),
  };
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
