// Drives the product through its ordinary door, by a plan: prints one JSON object a line into the file named by BENCH_OUT, and progress to the terminal.
import { appendFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { circleOf, circles, SIGNERS, STARTERS } from '../circles.ts';
import { anatomy } from './anatomy.ts';
import { drive } from './drive.ts';
import { leftBehind, sizes } from './history.ts';
import { House, type Address } from './house.ts';
import { batch, fill, inbox } from './lists.ts';
import { load } from './meter.ts';
import { oneCase } from './story.ts';

const house = new House(JSON.parse(process.env.BENCH_ADDRESS!) as Address);
const out = process.env.BENCH_OUT!;
const say = (text: string) => console.log(`[bench] ${text} (load ${load()})`);

function put(...lines: object[]): void {
  for (const line of lines) appendFileSync(out, `${JSON.stringify({ system: 'miaopu', ...line })}\n`);
}

async function signIn(names: readonly string[]): Promise<void> {
  say('people sign in');
  const officers = circles
    .filter(({ name }) => names.includes(name))
    .flatMap(({ name, users }) => [
      ...['community', 'street', 'county'].flatMap((post) => Array.from({ length: users }, (_, n) => `${name}-${post}-${n}`)),
      ...Array.from({ length: STARTERS }, (_, n) => `${name}-starter-${n}`),
    ]);
  await house.people.signIn([...officers, ...Array.from({ length: SIGNERS }, (_, n) => `signer-${n}`)]);
}

/** One case where all agree, one where a signer refuses: nobody else is asked then. */
async function check(): Promise<void> {
  const circle = circleOf('eight');
  await oneCase(house.people, circle, { key: `${house.run}-check-yes`, i: 1, me: 0 }, () => undefined);
  const caseId = await oneCase(house.people, circle, { key: `${house.run}-check-no`, i: 2, me: 0 }, () => undefined, 'refuse');
  const [{ outcome, open }] = (await house.rows<{ outcome: string; open: number }>(
    `SELECT outcome, (SELECT count(*)::int FROM task WHERE case_id = c.id AND (status = 'open' OR stage = 'county')) AS open FROM "case" c WHERE id = $1`,
    [caseId],
  )) as [{ outcome: string; open: number }];
  if (outcome !== 'refused' || open > 0) throw new Error(`A refused case ended as ${outcome} with ${open} tasks that should not be`);
}

async function rounds({
  names,
  count,
  seconds,
  warmUp,
}: {
  names: readonly string[];
  count: number;
  seconds: number;
  warmUp: number;
}): Promise<void> {
  say(`warm-up, ${warmUp} s`);
  put(await drive(house, { circle: 'eight', seconds: warmUp, label: 'warm-up' }));
  let sample: string[] = [];
  for (let round = 1; round <= count; round++) {
    for (const name of names) {
      say(`round ${round}, ${circleOf(name).users} users, ${seconds} s`);
      const line = (await drive(house, { circle: name, seconds, label: `round${round}` })) as { sample: string[] };
      if (line.sample.length > 0) sample = line.sample;
      put(line);
    }
  }
  put(await leftBehind(house, sample), await sizes(house));
}

async function lists({
  open,
  queries,
  starts,
  beside,
}: {
  open: readonly number[];
  queries: number;
  starts: number;
  beside: number;
}): Promise<void> {
  for (const upTo of open) {
    say(`${upTo} open tasks`);
    await fill(house, { circle: 'crowded', upTo });
    for (const clients of [1, 8]) put(await inbox(house, { circle: 'crowded', queries, clients, label: `open-${upTo}` }));
  }
  say(`${starts} starts as one job`);
  put(await batch(house, { circle: 'eight', count: starts, label: 'batch' }));
  if (beside > 0) {
    say(`8 users beside ${open.at(-1)} open tasks, ${beside} s`);
    put(await drive(house, { circle: 'crowded', seconds: beside, label: `beside-${open.at(-1)}-open` }));
  }
}

const plans: Record<string, () => Promise<void>> = {
  async full() {
    await signIn(circles.map(({ name }) => name));
    await check();
    await rounds({ names: ['one', 'eight', 'many'], count: 3, seconds: 20, warmUp: 30 });
    await lists({ open: [1_000, 100_000], queries: 200, starts: 1_324, beside: 20 });
  },
  async quick() {
    await signIn(['eight', 'crowded']);
    await check();
    await rounds({ names: ['eight'], count: 1, seconds: 15, warmUp: 12 });
    await lists({ open: [1_000], queries: 100, starts: 300, beside: 0 });
  },
  async acts() {
    await signIn(['eight']);
    await rounds({ names: ['eight'], count: 2, seconds: 20, warmUp: 25 });
  },
  async anatomy() {
    await signIn(['eight']);
    put(await drive(house, { circle: 'eight', seconds: 10, label: 'warm-up' }));
    say('every statement counted, one user');
    put(...(await anatomy(house, { circle: 'eight', cases: 40 })));
  },
};

await house.sql.connect();
put({ mode: 'machine', cores: availableParallelism(), node: process.version, at: new Date().toISOString() });
await plans[process.env.BENCH_PLAN ?? 'full']!();
await house.close();
