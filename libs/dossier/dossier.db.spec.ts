import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { inviteCast, type Cast, type Worker } from '../../test/support/cast.ts';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { catalogue } from '../../workflows/catalogue.ts';
import { createDesk, type Desk } from '../desk/desk.ts';
import { isRefusal } from '../domain/refusal.ts';
import { newKeys } from '../ledger/ledger.fixture.ts';
import type { LedgerKeys } from '../ledger/keys.ts';
import { sealOnce } from '../ledger/sealer.ts';
import { openCase } from '../openings/open-case.ts';
import { caseDossier, personDossier, type Dossier } from './dossier.ts';
import { unzip } from './verifier/verify.mjs';

const at = new Date('2026-03-02T02:00:00Z');
const verifier = path.resolve('libs/dossier/verifier/verify.mjs');
let database: TestDatabase;
let desk: Desk;
let cast: Cast;
let worker: Worker;
let keys: LedgerKeys;
let dir: string;
let caseId: string;
const files = new Map<string, Buffer>();

const room = () => ({ db: database.db, catalogue, publicKey: keys.publicKey });
const auditor = async () => ({ ...(await cast.by(cast.ids.auditor, at)), origin: 'test' });
/** Makes one while the sealer is at work, as in the running system. */
async function sealed(making: Promise<Dossier | object>): Promise<Dossier> {
  const done = making.then((made) => ((over = true), made));
  let over = false;
  while (!over) {
    await sealOnce(database.db, keys, at);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const made = await done;
  if (isRefusal(made)) throw new Error(made.refused);
  return made as Dossier;
}

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'dossier-'));
  keys = newKeys(dir);
  database = await freshDatabase();
  cast = await inviteCast(database.db, at, { years: 2 });
  worker = await cast.worker({ startedOn: '2026-01-05' });
  desk = createDesk({ db: database.db, catalogue });
  const starter = await cast.by(cast.ids.countyHr, at);
  const started = await database.db.$transaction((tx) =>
    openCase(tx, { desk, catalogue }, { ...starter, process: 'probation', input: { personId: worker.personId } }),
  );
  if (isRefusal(started)) throw new Error(started.refused);
  ({ caseId } = started);
  await desk.openStages({ caseId, at, stages: [{ stage: 'street', round: 1 }] });
  const street = await cast.by(cast.ids.street, at);
  for (const name of ['谈话记录.pdf', '考核表.PDF'])
    await desk.attach({ ...street, caseId, name, bytes: Buffer.from(`%PDF-1.7\n${name}`), requestKey: randomUUID() });
  await desk.comment({ ...street, caseId, text: '<script>alert(1)</script>' });
  const made = await sealed(caseDossier({ ...room(), patienceMs: 20_000 }, await auditor(), caseId));
  for (const [name, bytes] of unzip(made.bytes)) files.set(name, Buffer.from(bytes));
  await writeFile(path.join(dir, 'dossier.zip'), made.bytes);
}, 120_000);
afterAll(async () => {
  await database.close();
  await rm(dir, { recursive: true });
});

interface Found {
  code: number;
  text: string;
}
/** Runs the single file as somebody without our system would: in a process of its own, with nothing but the dossier. */
const verify = (...args: string[]): Promise<Found> =>
  promisify(execFile)(process.execPath, [verifier, ...args], { env: {}, cwd: dir }).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: { code: number; stdout: string }) => ({ code: error.code, text: error.stdout }),
  );
/** The same files with some changed, in a folder. */
async function folderWith(changed: ReadonlyMap<string, Buffer | null>): Promise<string> {
  const folder = await mkdtemp(path.join(dir, 'changed-'));
  for (const [name, bytes] of new Map<string, Buffer | null>([...files, ...changed])) {
    if (!bytes) continue;
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), bytes);
  }
  return folder;
}
const flipped = (bytes: Buffer, position: number, bit = 1): Buffer => {
  const copy = Buffer.from(bytes);
  copy[position] = copy[position]! ^ bit;
  return copy;
};

test('the single file verifies the ZIP and its unpacked files, by its own key or the one that the reader keeps', async () => {
  const zip = await verify('dossier.zip');
  expect(zip).toMatchObject({ code: 0 });
  expect(zip.text).toMatch(/核验通过/);
  expect(zip.text).not.toMatch(/尚未封存/);
  expect((await verify(await folderWith(new Map()))).code).toBe(0);
  const own = path.join(dir, 'own.pem');
  await writeFile(own, keys.publicKey.export({ type: 'spki', format: 'pem' }));
  expect(await verify('dossier.zip', '--key', own)).toMatchObject({ code: 0 });
  await writeFile(own, newKeys(dir).publicKey.export({ type: 'spki', format: 'pem' }));
  expect((await verify('dossier.zip', '--key', own)).text).toMatch(/不是用这把公钥的密钥签署/);
});

test('it lies in the dossier and verifies the folder in which it lies', async () => {
  const folder = await folderWith(new Map());
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(folder, 'verify.mjs')], { env: {} });
  expect(stdout).toMatch(/核验通过/);
  expect(files.get('verify.html')!.toString()).toContain(files.get('verify.mjs')!.toString());
});

test('one flipped byte in any part is found and the part is named', async () => {
  for (const [name, bytes] of files) {
    for (const part of [0, 0.13, 0.37, 0.5, 0.71, 0.99]) {
      const position = Math.min(bytes.length - 1, Math.floor(bytes.length * part));
      const { code, text } = await verify(await folderWith(new Map([[name, flipped(bytes, position)]])));
      expect({ name, position, code }).toEqual({ name, position, code: 1 });
      expect(text).toContain(`${name}：`);
    }
  }
}, 120_000);

test('the last, unused bits of the key are part of it too', async () => {
  const pem = files.get('public-key.pem')!;
  const last = pem.indexOf('=') - 1;
  for (const bit of [1, 2])
    expect((await verify(await folderWith(new Map([['public-key.pem', flipped(pem, last, bit)]])))).text).toContain('public-key.pem：');
});

test.each([
  ['a document that is left out', (name: string) => name.startsWith('documents/')],
  ['the manifest left out', (name: string) => name === 'manifest.json'],
  ['the ledger left out', (name: string) => name === 'ledger.json'],
])('%s is named', async (_, which) => {
  const name = [...files.keys()].find(which)!;
  const { code, text } = await verify(await folderWith(new Map([[name, null]])));
  expect(code).toBe(1);
  expect(text).toContain(`${name}：`);
});

test('a file that was laid in later is named; what file managers lay in is not', async () => {
  const { code, text } = await verify(await folderWith(new Map([['documents/extra.pdf', Buffer.from('%PDF')]])));
  expect([code, text.includes('documents/extra.pdf：')]).toEqual([1, true]);
  expect((await verify(await folderWith(new Map([['documents/.DS_Store', Buffer.from('x')]])))).code).toBe(0);
});

describe('somebody who makes the parts fit one another again', () => {
  const manifest = () => JSON.parse(files.get('manifest.json')!.toString()) as { files: { path: string; sha256: string; size: number }[] };
  const ledger = () =>
    JSON.parse(files.get('ledger.json')!.toString()) as {
      chains: { entries: { seq: number; seal: object | null }[] }[];
      seals: { no: number }[];
    };
  const json = (value: object) => Buffer.from(JSON.stringify(value));

  test('cannot change a page and the manifest with it', async () => {
    const page = Buffer.from('<p>另一页</p>');
    const { createHash } = await import('node:crypto');
    const changed = manifest();
    Object.assign(
      changed.files.find(({ path: name }) => name === 'case.html')!,
      {
        sha256: createHash('sha256').update(page).digest('hex'),
        size: page.length,
      },
    );
    const { text } = await verify(
      await folderWith(
        new Map([
          ['case.html', page],
          ['manifest.json', json(changed)],
        ]),
      ),
    );
    expect(text).toMatch(/manifest.json：清单与账本中登记的指纹不符/);
  });

  test.each([
    ['take an entry out of the middle', (of: ReturnType<typeof ledger>) => of.chains[0]!.entries.splice(1, 1)],
    ['take the last entry off', (of: ReturnType<typeof ledger>) => of.chains[0]!.entries.pop()],
    ['take a seal out', (of: ReturnType<typeof ledger>) => of.seals.shift()],
  ])('cannot %s', async (_, change) => {
    const changed = ledger();
    change(changed);
    const { code, text } = await verify(await folderWith(new Map([['ledger.json', json(changed)]])));
    expect([code, text.includes('ledger.json：')]).toEqual([1, true]);
  });
});

test('the page needs nothing from outside, and shows words as words', () => {
  for (const name of ['index.html', 'case.html', 'verify.html']) {
    const page = files.get(name)!.toString();
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(page.replace(/<script type="module">[^]*<\/script>/, '')).not.toContain('<script');
  }
  const page = files.get('case.html')!.toString();
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  for (const [, href] of page.matchAll(/href="([^"]+)"/g)) expect(files.has(href!)).toBe(true);
  expect([...files.keys()].filter((name) => name.startsWith('documents/'))).toHaveLength(2);
});

test('it holds no full ID number, and making it stands in the ledger', async () => {
  const whole = [...files.values()].map((bytes) => bytes.toString()).join('');
  expect(whole).not.toMatch(/\b520690\d{11}[\dX]\b/);
  const [entry] = await database.db.ledgerEntry.findMany({ where: { caseId, verb: 'dossier.make' } });
  expect(entry).toMatchObject({ accountId: cast.ids.auditor, accepted: true, chain: `case:${caseId}` });
});

test('without a sealer it is made all the same, and the verifier says what is not yet sealed', async () => {
  const made = await caseDossier({ ...room(), patienceMs: 0 }, await auditor(), caseId);
  await writeFile(path.join(dir, 'early.zip'), (made as Dossier).bytes);
  const { code, text } = await verify('early.zip');
  expect(code).toBe(0);
  expect(text).toMatch(/注意：1 条记录在生成卷宗时尚未封存/);
});

test("a person's dossier holds their record and each case whole, and verifies", async () => {
  const made = await sealed(personDossier({ ...room(), patienceMs: 20_000 }, await auditor(), worker.personId));
  await writeFile(path.join(dir, 'person.zip'), made.bytes);
  expect(await verify('person.zip')).toMatchObject({ code: 0 });
  const names = [...unzip(made.bytes).keys()];
  expect(names).toEqual(expect.arrayContaining(['index.html', 'person.html', 'cases/1.html']));
  expect(names.filter((name) => name.startsWith('documents/'))).toHaveLength(2);
});

test('what is not there is refused', async () => {
  expect(await caseDossier({ ...room(), patienceMs: 0 }, await auditor(), randomUUID())).toMatchObject({ refused: 'NotFound' });
  expect(await personDossier({ ...room(), patienceMs: 0 }, await auditor(), randomUUID())).toMatchObject({ refused: 'NotFound' });
});
