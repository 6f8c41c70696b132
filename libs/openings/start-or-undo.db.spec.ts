import { exercise } from '../../test/support/exercise.ts';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { seedReference } from '../../prisma/seed/reference.ts';
import { eventually } from '../../scripts/processes.mjs';
import { createDesk } from '../desk/desk.ts';
import { isRefusal, refusalText, type Refusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import { indexOf, personKeysFrom } from '../people/keys.ts';
import { confirm } from '../roster/confirm.ts';
import { dryRun } from '../roster/dry-run.ts';
import { idNumber, line, officer, workbookOf } from '../roster/roster.fixture.ts';
import { undo } from '../roster/undo.ts';
import { openCase } from './open-case.ts';

// An import is taken back while a case about one of its people is being started: the one or the other, never both.
const keys = personKeysFrom('0123456789abcdef'.repeat(4));
const at = new Date('2026-11-24T02:00:00Z');
const importer = { actor: officer(), withinPath: '5206/', at };
const starter: Actor = {
  ...officer(2),
  posts: [{ role: 'COUNTY_HR', unitCode: '520602', unitPath: '5206/520602/', unitName: '碧江区', title: null }],
};
const catalogue = { exercise };

let testing: TestDatabase;
beforeAll(async () => {
  testing = await freshDatabase({ connections: 8 });
  await seedReference(testing.db);
});
afterAll(() => testing.close());

function sound<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(refusalText(answer));
  return answer as T;
}
async function imported(n: number): Promise<{ batchId: string; personId: string }> {
  const { db } = testing;
  const { id: batchId } = sound(await dryRun(db, keys, { ...importer, bytes: await workbookOf([line(n)]), fileName: '花名册.xlsx' }));
  sound(await confirm(db, keys, { ...importer, batchId, goodRowsOnly: false }));
  const { id: personId } = await db.person.findUniqueOrThrow({ where: { idNoIndex: indexOf(keys, idNumber(n)) } });
  return { batchId, personId };
}
const takesBack = (batchId: string) => undo(testing.db, { ...importer, batchId, reason: '传错了文件' });
const starts = (personId: string, before: () => Promise<void> = async () => undefined) =>
  testing.db.$transaction(async (tx) => {
    const started = await openCase(
      tx,
      { desk: createDesk({ db: testing.db, catalogue }), catalogue },
      { process: 'exercise', input: { personId }, actor: starter, at },
    );
    await before();
    return started;
  });
const there = async (personId: string) => [
  await testing.db.person.count({ where: { id: personId } }),
  await testing.db.case.count({ where: { personId } }),
];
const waits = async () => {
  const [row] = await testing.db.$queryRaw<[{ waiting: number }]>`
    SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row.waiting > 0;
};

test('a start under way is waited for, and then the import stays', async () => {
  const { batchId, personId } = await imported(2);
  let undoing: ReturnType<typeof takesBack> | undefined;
  const started = await starts(personId, async () => {
    undoing = takesBack(batchId);
    const over = undoing.then(() => true);
    expect(await Promise.race([over, eventually(waits, 20_000).then(() => false)])).toBe(false);
  });
  expect(isRefusal(started)).toBe(false);
  const refused = await undoing!;
  expect(isRefusal(refused) && refusalText(refused)).toContain('已有办件');
  expect(await there(personId)).toEqual([1, 1]);
});

test('both at once, twenty times: the one or the other', async () => {
  for (let n = 4; n < 44; n += 2) {
    const { batchId, personId } = await imported(n);
    const [undone, started] = await Promise.all([takesBack(batchId), starts(personId)]);
    expect([isRefusal(undone), isRefusal(started)].filter(Boolean)).toHaveLength(1);
    expect(await there(personId)).toEqual(isRefusal(undone) ? [1, 1] : [0, 0]);
  }
});
