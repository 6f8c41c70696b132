import { createHash, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import yazl from 'yazl';
import { recordedActor } from '../access/actor.ts';
import type { Witnessed } from '../access/records.ts';
import { viewOf } from '../desk/case-view.ts';
import type { Tx } from '../db.ts';
import type { DeskRoom } from '../desk/room.ts';
import { lockCase, readCase } from '../desk/state.ts';
import { dateOf } from '../domain/dates.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import { append, type Appended } from '../ledger/append.ts';
import type { Chain } from '../ledger/entry.ts';
import { keyIdOf } from '../ledger/keys.ts';
import { proveChains } from '../ledger/proof.ts';
import { personAsOf } from '../people/people.ts';
import { aboutPage, casePage, verifyPage } from './case-page.ts';
import { personPage } from './person-page.ts';

/** Attachments of one dossier in all: it is put together in memory. */
const LARGEST = 200 * 1024 * 1024;
const CASES = 100;
const LOOK_MS = 200;
const LIMIT_MS = 60_000;

export interface DossierRoom extends DeskRoom {
  /** What seals are checked with. */
  publicKey: KeyObject;
  /** How long the entry about the dossier is waited for to be sealed; without a seal the dossier says so. */
  patienceMs: number;
}
export interface Dossier {
  name: string;
  bytes: Buffer;
}

interface Document {
  sha256: string;
  path: string;
  name: string;
  chain: string;
}
/** What a dossier is about, with everything that it holds but the ledger. */
interface Contents {
  about: { kind: 'case' | 'person'; id: string; title: string; number: string };
  chains: [Chain, ...Chain[]];
  pages: { title: string; path: string; text: string }[];
  documents: Document[];
}

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const extensionOf = (name: string): string => /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0].toLowerCase() ?? '';

/** The dossier of one case (卷宗). Who may have it is the caller's to check. `NotFound`, `DossierTooLarge`. */
export function caseDossier(room: DossierRoom, by: Witnessed, caseId: string): Promise<Refusal | Dossier> {
  return make(room, by, [caseId], async () => {
    const read = await readCasePage(room, by, caseId, { path: 'case.html', root: '' });
    if (!read) return refuse('NotFound', { what: '这一办件' });
    const { page, documents, caseNo } = read;
    return {
      about: { kind: 'case', id: caseId, title: page.title, number: caseNo },
      chains: [`case:${caseId}`],
      pages: [page],
      documents,
    };
  });
}

/** The dossier of a person: their record, and each of their cases whole. `NotFound`, `DossierTooLarge`. */
export async function personDossier(room: DossierRoom, by: Witnessed, personId: string): Promise<Refusal | Dossier> {
  const cases = await room.db.case.findMany({ where: { personId }, orderBy: { startedAt: 'asc' }, take: CASES, select: { id: true } });
  const ids = cases.map(({ id }) => id);
  return make(room, by, ids, async () => {
    const person = await personAsOf(room.db, personId, dateOf(by.at));
    if (!person) return refuse('NotFound', { what: '这名人员' });
    const read = [];
    for (const [n, id] of ids.entries()) {
      const one = await readCasePage(room, by, id, { path: `cases/${n + 1}.html`, root: '../' });
      if (one) read.push({ ...one, id });
    }
    const listed = read.map(({ page: { title, path }, caseNo }) => ({ title, path, caseNo }));
    const page = { title: person.name, path: 'person.html', text: personPage(person, listed) };
    return {
      about: { kind: 'person', id: personId, title: person.name, number: person.staffNo },
      chains: [`person:${personId}`, ...read.map(({ id }): Chain => `case:${id}`)],
      pages: [page, ...read.map((one) => one.page)],
      documents: read.flatMap(({ documents }) => documents),
    };
  });
}

async function readCasePage(room: DossierRoom, by: Witnessed, caseId: string, { path, root }: { path: string; root: string }) {
  const state = await readCase(room.db, caseId);
  if (!state) return null;
  const view = await viewOf(room, state, by.actor, by.at);
  const documents = view.attachments.map(({ sha256: hash, name }) => ({
    sha256: hash,
    name,
    path: `documents/${hash}${extensionOf(name)}`,
    chain: `case:${caseId}`,
  }));
  const pathOf = (hash: string) => documents.find((document) => document.sha256 === hash)?.path ?? '';
  return { caseNo: view.caseNo, documents, page: { title: view.title, path, text: casePage(view, pathOf, root) } };
}

/**
 * Puts the files together and writes the ledger entry that holds the manifest's fingerprint, under the locks of the cases: nobody hands anything in
 * meanwhile. Then it waits for the entry's seal and adds the ledger's part, which proves itself: whoever changes any of it later is found out by the
 * verifier that lies inside.
 */
async function make(
  room: DossierRoom,
  by: Witnessed,
  caseIds: readonly string[],
  read: () => Promise<Refusal | Contents>,
): Promise<Refusal | Dossier> {
  const made = await room.db.$transaction(
    async (tx) => {
      for (const caseId of [...caseIds].sort()) await lockCase(tx, caseId);
      const contents = await read();
      return isRefusal(contents) ? contents : record(tx, room, by, contents);
    },
    { timeout: LIMIT_MS },
  );
  if (isRefusal(made)) return made;
  const { about, files, receipt, chains } = made;
  await untilSealed(room, receipt.id);
  files.set('ledger.json', Buffer.from(await ledgerOf(room, chains, receipt)));
  return { name: `卷宗-${about.number}-${about.title}.zip`.replace(/[\\/:*?"<>|\s]+/g, '_'), bytes: await zip(files, by.at) };
}

async function record(tx: Tx, room: DossierRoom, by: Witnessed, contents: Contents) {
  const { about, chains } = contents;
  const documents = await readDocuments(room, contents.documents);
  if (!documents) return refuse('DossierTooLarge', { limitMb: LARGEST / 1024 / 1024 });
  const files = new Map([...(await ownFiles(contents, by, room.publicKey)), ...documents]);
  const manifest = JSON.stringify({
    v: 1,
    about,
    madeAt: by.at.toISOString(),
    files: [...files].map(([path, bytes]) => ({ path, sha256: sha256(bytes), size: bytes.length })),
    documents: contents.documents,
  });
  const receipt = await append(tx, {
    chain: chains[0],
    verb: 'dossier.make',
    accepted: true,
    at: by.at,
    actor: recordedActor(by.actor),
    origin: by.origin,
    ...(about.kind === 'case' ? { caseId: about.id } : { personId: about.id }),
    detail: { manifest: sha256(manifest), files: files.size },
  });
  files.set('manifest.json', Buffer.from(manifest));
  return { about, files, receipt, chains };
}

async function untilSealed({ db, patienceMs }: DossierRoom, entryId: bigint): Promise<void> {
  for (let waited = 0; waited < patienceMs; waited += LOOK_MS) {
    if (await db.ledgerSealItem.findUnique({ where: { entryId } })) return;
    await delay(LOOK_MS);
  }
}

/** The chains up to the entry about this dossier, and the seals over them; what was written since stands in the next one. */
async function ledgerOf({ db }: DossierRoom, names: readonly string[], receipt: Appended): Promise<string> {
  const { chains, seals } = await proveChains(db, names);
  for (const { chain, entries } of chains) if (chain === receipt.chain) entries.splice(receipt.seq);
  const used = new Set(chains.flatMap(({ entries }) => entries.flatMap(({ seal }) => seal?.no ?? [])));
  return JSON.stringify({
    v: 1,
    receipt: { chain: receipt.chain, seq: receipt.seq },
    chains,
    seals: seals.filter(({ no }) => used.has(no)),
  });
}

/** Contents by path, each once; null when they are too large together. */
async function readDocuments({ db }: DossierRoom, documents: readonly Document[]): Promise<Map<string, Buffer> | null> {
  const paths = new Map(documents.map(({ path, sha256: hash }) => [path, hash]));
  const hashes = [...new Set(paths.values())];
  const size = await db.fileContent.aggregate({ where: { sha256: { in: hashes } }, _sum: { size: true } });
  if ((size._sum.size ?? 0) > LARGEST) return null;
  const kept = new Map(
    (await db.fileContent.findMany({ where: { sha256: { in: hashes } }, select: { sha256: true, bytes: true } })).map((row) => [
      row.sha256,
      row.bytes,
    ]),
  );
  return new Map([...paths].flatMap(([path, hash]) => (kept.has(hash) ? [[path, Buffer.from(kept.get(hash)!)] as const] : [])));
}

async function ownFiles({ about, pages }: Contents, by: Witnessed, publicKey: KeyObject): Promise<[string, Buffer][]> {
  const verifier = await readFile(new URL('./verifier/verify.mjs', import.meta.url), 'utf8');
  const index = aboutPage({ ...about, madeAt: by.at, madeBy: by.actor.name, keyId: keyIdOf(publicKey), pages });
  const texts: [string, string][] = [
    ['index.html', index],
    ...pages.map(({ path, text }): [string, string] => [path, text]),
    ['public-key.pem', publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    ['verify.mjs', verifier],
    ['verify.html', verifyPage(verifier)],
  ];
  return texts.map(([path, text]) => [path, Buffer.from(text)]);
}

/** Stored as they are, so that the verifier needs nothing to unpack them. */
async function zip(files: ReadonlyMap<string, Buffer>, at: Date): Promise<Buffer> {
  const archive = new yazl.ZipFile();
  for (const [path, bytes] of files) archive.addBuffer(bytes, path, { compress: false, mtime: at });
  archive.end();
  const chunks: Buffer[] = [];
  for await (const chunk of archive.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
