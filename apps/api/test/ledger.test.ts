import { execFile } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { openLedgerKeys } from '../../../libs/ledger/keys.ts';
import { checkProof, type Proof } from '../../../libs/ledger/proof.ts';
import { sealOnce } from '../../../libs/ledger/sealer.ts';
import type { ApiClient } from './support/client.ts';
import { playScene, type Scene } from './support/scene.ts';
import { startServer, type Server } from './support/server.ts';

let server: Server;
let scene: Scene;
let auditor: ApiClient;
beforeAll(async () => {
  server = await startServer();
  scene = await playScene(server);
  auditor = await server.signIn(scene.users['AUDITOR here']!);
}, 240_000);
afterAll(() => server?.close());

const keysDir = () => path.join(server.dataDir, 'keys');
const seal = async () =>
  sealOnce(server.db, await openLedgerKeys({ dir: keysDir(), signingDir: path.join(server.dataDir, 'signing') }), new Date());
const proof = () => auditor.call('ledgerProof', { params: { id: scene.entry } });

test('the API has no signing key, and as long as there is no public one it proves nothing and says so', async () => {
  expect(await readdir(keysDir())).not.toContain('ledger-ed25519.pem');
  const [there, away] = [path.join(keysDir(), 'ledger-ed25519.pub.pem'), path.join(server.dataDir, 'away.pem')];
  await rename(there, away);
  expect((await proof()).code).toBe('Unavailable');
  expect((await auditor.call('verify')).code).toBe('Unavailable');
  expect((await auditor.call('caseDossier', { params: { id: scene.case } })).code).toBe('Unavailable');
  await rename(away, there);
});

test('an entry that no seal covers yet is told as it stands; once sealed, its proof holds for whoever has the public key', async () => {
  const early = (await proof()).body;
  expect(early).toMatchObject({ position: null, path: [], seal: null });
  await seal();
  const { publicKey, ...sealed } = (await proof()).body;
  expect(sealed.entry).toEqual(early.entry);
  expect(sealed.entry.chain).toBe(`case:${scene.case}`);
  expect(checkProof(sealed as Proof, createPublicKey(publicKey))).toBeNull();
  expect(checkProof({ ...(sealed as Proof), entry: { ...sealed.entry, seq: sealed.entry.seq + 1 } }, createPublicKey(publicKey))).toBe(
    'EntryHashWrong',
  );
});

test('the whole ledger verifies with the public key alone', async () => {
  expect(await auditor.ok('verify')).toMatchObject({ ok: true, broken: null });
});

test.each(['caseDossier', 'personDossier'] as const)('%s comes as a ZIP that verifies by itself, and stands in the ledger', async (id) => {
  const made = await auditor.call(id, { params: { id: id === 'caseDossier' ? scene.case : scene.person } });
  expect([made.status, made.headers.get('content-type')]).toEqual([200, 'application/zip']);
  const file = path.join(server.dataDir, `${id}.zip`);
  await writeFile(file, made.body as Uint8Array);
  const { stdout } = await promisify(execFile)(process.execPath, ['dist/libs/dossier/verifier/verify.mjs', file], { env: {} });
  expect(stdout).toMatch(/核验通过/);
  const { items } = await auditor.ok('ledger', { query: { verb: 'dossier.make' } });
  expect(items[0]).toMatchObject({
    title: '导出卷宗',
    accepted: true,
    [id === 'caseDossier' ? 'caseId' : 'personId']: id === 'caseDossier' ? scene.case : scene.person,
  });
});
