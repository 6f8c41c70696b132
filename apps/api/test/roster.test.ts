import { readFileSync } from 'node:fs';
import type { ApiClient } from './support/client.ts';
import { startServer, type Server } from './support/server.ts';

const bytesOf = (name: string) => new Uint8Array(readFileSync(`libs/roster/testdata/${name}`));
/** What each row of the messy roster must come to: `reject:…`, or good. */
const rejected = readFileSync('libs/roster/testdata/roster-messy.expected.csv', 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',') as [string, string])
  .filter(([, outcome]) => outcome.startsWith('reject'))
  .map(([row]) => Number(row));

let server: Server;
let officer: ApiClient;
beforeAll(async () => {
  server = await startServer({ env: { UPLOAD_LIMIT_MB: '1' } });
  officer = await server.signIn('city-org-5206-1');
}, 240_000);
afterAll(() => server?.close());

const upload = (client = officer, name = 'roster-messy.xlsx') =>
  client.ok('checkRoster', { file: { name, bytes: bytesOf('roster-messy.xlsx') } });

test('a messy roster is checked row by row, and the marked workbook comes back', async () => {
  const batch = await upload();
  expect(batch.summary.refusedRows).toBe(new Set(rejected).size);
  const rows = new Set<number>();
  for (let after: string | null = ''; after !== null;) {
    const page: { items: { row: number; message: string }[]; next: string | null } = await officer.ok('rosterFaults', {
      params: { id: batch.id },
      query: { severity: 'error', limit: 50, ...(after && { after }) },
    });
    for (const { row, message } of page.items) {
      rows.add(row);
      expect(message).toMatch(/^第 \d+ 行/);
    }
    after = page.next;
  }
  expect([...rows].sort((a, b) => a - b)).toEqual([...new Set(rejected)].sort((a, b) => a - b));
  const marked = await officer.call('markedRoster', { params: { id: batch.id } });
  expect(marked.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"; filename\*=UTF-8''/);
  expect(
    Buffer.from(marked.body as Uint8Array)
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
});

test('one faulty row keeps all out, which is recorded; the good rows alone come in, once, and can be taken back', async () => {
  const { id, summary } = await upload();
  const whole = await officer.call('confirmRoster', { params: { id }, body: {} });
  expect([whole.status, whole.code]).toEqual([409, 'ImportHasFaults']);
  expect(await server.db.person.count()).toBe(0);
  expect(await server.db.ledgerEntry.count({ where: { verb: 'roster.import', accepted: false } })).toBe(1);
  const [first, second] = await Promise.all(
    [1, 2].map(() => officer.ok('confirmRoster', { params: { id }, body: { goodRowsOnly: true } })),
  );
  expect(second).toEqual(first);
  expect(first).toMatchObject({ added: summary.added, left: summary.refusedRows });
  expect(await server.db.person.count()).toBe(summary.added);
  const undone = await officer.ok('undoRoster', { params: { id }, body: { reason: '传错了文件' } });
  expect(undone.removed).toBe(summary.added);
  expect(await server.db.person.count()).toBe(0);
  expect((await officer.call('undoRoster', { params: { id }, body: { reason: '传错了文件' } })).code).toBe('ImportNotUndoable');
});

test('another county’s officer neither sees a batch nor acts on it', async () => {
  const here = await server.signIn('county-org-520602-1');
  const there = await server.signIn('county-org-520603-1');
  const { id } = await upload(here);
  for (const answer of [
    await there.call('rosterImport', { params: { id } }),
    await there.call('confirmRoster', { params: { id }, body: { goodRowsOnly: true } }),
    await there.call('markedRoster', { params: { id } }),
  ])
    expect(answer.code).toBe('NotFound');
  expect((await officer.ok('rosterImport', { params: { id } })).id).toBe(id);
  expect((await there.ok('rosterImports')).items).toEqual([]);
  expect((await here.ok('rosterImports')).items.map((one) => one.id)).toEqual([id]);
});

test.each([
  ['no file', new Uint8Array(), 'WorkbookEmpty'],
  ['text', new TextEncoder().encode('姓名,身份证号\n'), 'WorkbookIsText'],
  ['a program', new TextEncoder().encode('MZ\u0090\u0000 and so on'), 'WorkbookIsProgram'],
  ['more than is taken', new Uint8Array(1_100_000).fill(65), 'TooLarge'],
])('%s is refused as what it is', async (_, bytes, code) => {
  expect((await officer.call('checkRoster', { file: { name: '花名册.xlsx', bytes } })).code).toBe(code);
});

test('a form without a file is told so by its place', async () => {
  const form = new FormData();
  form.append('mapping', '{}');
  const { status, body } = await officer.raw('POST', '/api/roster/imports', { body: form });
  expect([status, (body as { errors: { path: string }[] }).errors[0]!.path]).toEqual([400, 'body.file']);
});

test('the template is a workbook', async () => {
  const { body } = await officer.call('rosterTemplate');
  expect(
    Buffer.from(body as Uint8Array)
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
});
