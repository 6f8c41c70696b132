import fc from 'fast-check';
import { assertLedger } from '../../test/support/invariants.ts';
import { WalkHouse } from '../../test/support/walk/house.ts';
import { walkOf } from '../../test/support/walk/steps.ts';
import { Walk } from '../../test/support/walk/walk.ts';

// All verbs by all people in any order, the clock and losses of the engine between them: the invariants hold after each step.
// `npm run walk` goes further, or the same way again.
const STEPS_A_WALK = 60;
const steps = Number(process.env.WALK_STEPS ?? 5_000);
const seed = Number(process.env.WALK_SEED ?? 258_049_434);

let house: WalkHouse;
beforeAll(async () => {
  house = await WalkHouse.open();
});
afterAll(() => house.close());

test(`the desk holds what it promises on every way through a case (seed ${seed})`, async () => {
  const taken: Record<string, number> = {};
  const outcomes: Record<string, number> = {};
  const count = (counts: Record<string, number>, what: string) => (counts[what] = (counts[what] ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(walkOf(STEPS_A_WALK), async ({ steps: path, ...start }) => {
      let walk = await Walk.start(house, start);
      let afterwards = 0;
      for (const next of path) {
        await walk.go(next);
        count(taken, next.verb);
        // what has ended is tried a little longer
        if (!walk.over || (afterwards += 1) < 4) continue;
        count(outcomes, (await walk.main.outcome()) ?? '');
        [walk, afterwards] = [await Walk.start(house, start), 0];
      }
    }),
    { seed, numRuns: Math.ceil(steps / STEPS_A_WALK), endOnFailure: process.env.WALK_SHRINK === undefined },
  );
  await assertLedger(house.db);
  const inStead = await house.db.task.count({ where: { answeredForId: { not: null } } });
  const posted = await house.db.notice.count({ where: { postedAt: { not: null } } });
  const objections = await house.db.objection.groupBy({ by: ['outcome'], _count: true });
  const concluded = Object.fromEntries(objections.map(({ outcome, _count }) => [outcome ?? 'open', _count]));
  process.stdout.write(
    `walked from seed ${seed}: ${JSON.stringify(taken)}, ended ${JSON.stringify(outcomes)}, answered in another’s stead: ${inStead}, ` +
      `notices posted: ${posted}, objections: ${JSON.stringify(concluded)}\n`,
  );
}, 3_600_000);
