import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { startServer, type Server } from '../../api/test/support/server.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
}, 240_000);
afterAll(() => server?.close());

function cli(...args: string[]): { code: number | null; words: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/apps/cli/src/main.js', ...args], {
    env: { PATH: process.env.PATH ?? '', ...server.env },
    encoding: 'utf8',
  });
  return { code: status, words: stdout + stderr };
}

test('says what it can do when it is not told what to do', () => {
  expect(cli()).toMatchObject({ code: 2, words: expect.stringMatching(/seed \| import \| verify/) as string });
  expect(cli('destroy').code).toBe(2);
});

test('seeds as often as it is asked', async () => {
  const before = await server.db.account.count();
  expect(cli('seed')).toEqual({ code: 0, words: '' });
  expect(await server.db.account.count()).toBe(before);
});

describe('a roster', () => {
  const messy = () => {
    const folder = path.join(server.dataDir, 'upload');
    mkdirSync(folder, { recursive: true });
    copyFileSync('libs/roster/testdata/roster-messy.xlsx', path.join(folder, '花名册.xlsx'));
    return path.join(folder, '花名册.xlsx');
  };

  test('is imported as somebody who may', async () => {
    expect(cli('import', messy(), '--as', 'street-hr-520602001-1')).toMatchObject({
      code: 1,
      words: expect.stringContaining('没有导入名册的职务') as string,
    });
    expect(cli('import', messy(), '--as', 'nobody').code).toBe(1);
    expect(cli('import', messy()).code).toBe(2);
    expect(await server.db.person.count()).toBe(0);
  });

  test('with faults is told row by row, and nothing of it is written', async () => {
    const { code, words } = cli('import', messy(), '--as', 'city-org-5206-1');
    expect(code).toBe(1);
    expect(words).toMatch(/第 11 行/);
    expect(words).toContain('一行也没有写入');
    expect(await server.db.person.count()).toBe(0);
  });

  test('is taken over where its rows are good, and its people may sign in to the demonstration', async () => {
    const { code, words } = cli('import', messy(), '--as', 'city-org-5206-1', '--good-rows-only');
    expect([code, words.trim().split('\n').at(-1)]).toEqual([0, expect.stringMatching(/^新增 [\d,]+ 人/)]);
    const people = await server.db.person.count();
    expect(people).toBeGreaterThan(10);
    expect(await server.db.account.count({ where: { personId: { not: null }, status: 'active', demo: true } })).toBe(people);
    const { userName } = await server.db.account.findFirstOrThrow({ where: { personId: { not: null } } });
    expect((await (await server.signIn(userName)).ok('whoAmI')).posts.map(({ role }) => role)).toContain('WORKER');
    expect(cli('import', messy(), '--as', 'city-org-5206-1', '--good-rows-only').words).toMatch(/没有变化/);
    expect(await server.db.person.count()).toBe(people);
  });
});

test('verifies the ledger, and fails when somebody has touched it', async () => {
  const sound = cli('verify');
  expect([sound.code, sound.words.split('\n')[0]]).toEqual([0, '账本核验：通过']);
  await server.db.$executeRawUnsafe('ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_once');
  await server.db.$executeRawUnsafe(
    `UPDATE ledger_entry SET body = replace(body, '"accepted":true', '"accepted":false') WHERE id = (SELECT min(id) FROM ledger_entry WHERE accepted)`,
  );
  const touched = cli('verify');
  expect([touched.code, touched.words.split('\n')[0]]).toEqual([1, expect.stringMatching(/^账本核验：未通过/)]);
});
