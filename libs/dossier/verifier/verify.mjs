// 卷宗核验。不需要苗圃系统、数据库或网络。
//   node verify.mjs                       核验本文件所在的文件夹（Node.js 18 以上）
//   node verify.mjs 卷宗.zip              核验一份卷宗
//   node verify.mjs 卷宗.zip --key 公钥.pem  用自己留存的公钥核验，而不用卷宗里的
// 或在浏览器里打开 verify.html，选卷宗文件。
//
// What it checks: every file against the manifest; the manifest against the ledger entry that was written when the dossier was made; each chain of
// entries from its first; each entry's path to the root of its seal; each seal's signature; each document against the entry that recorded it.

const isNode = typeof process !== 'undefined' && Boolean(process.versions?.node);
const webcrypto = isNode ? (await import('node:crypto')).webcrypto : globalThis.crypto;

const MANIFEST = 'manifest.json';
const LEDGER = 'ledger.json';
const KEY = 'public-key.pem';
/** What file managers lay into folders by themselves. */
const STRAY = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$|^__MACOSX\//;

const utf8 = new TextEncoder();
const bytesOf = (hex) =>
  Uint8Array.from(/^([0-9a-f]{2})*$/.test(hex) ? (hex.match(/../g) ?? []) : fail('不是十六进制'), (pair) => parseInt(pair, 16));
const hexOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const sha256 = async (...parts) => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await webcrypto.subtle.digest('SHA-256', whole));
};
function fail(text) {
  throw new Error(text);
}

/** SHA-256(0 ‖ previous ‖ place ‖ SHA-256(body)): an entry's fingerprint, and the RFC 6962 leaf of its seal. */
async function entryHash({ prevHash, seq, body }) {
  const place = new Uint8Array(8);
  new DataView(place.buffer).setBigInt64(0, BigInt(seq));
  return sha256(Uint8Array.of(0), bytesOf(prevHash), place, await sha256(utf8.encode(body)));
}

async function rootOf(leaf, position, count, path) {
  if (!Number.isInteger(position) || position < 0 || position >= count) return null;
  if (count === 1) return path.length === 0 ? leaf : null;
  const sibling = path.at(-1);
  if (!sibling) return null;
  const half = 2 ** (31 - Math.clz32(count - 1));
  const left = position < half;
  const below = await rootOf(leaf, left ? position : position - half, left ? half : count - half, path.slice(0, -1));
  return below && sha256(Uint8Array.of(1), ...(left ? [below, sibling] : [sibling, below]));
}

async function readKey(pem) {
  const body = /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=\n]+)-----END PUBLIC KEY-----\n?$/.exec(pem) ?? fail('不是公钥文件');
  const der = Uint8Array.from(atob(body[1].replaceAll('\n', '')), (sign) => sign.charCodeAt(0));
  const key = await webcrypto.subtle.importKey('spki', der, { name: 'Ed25519' }, false, ['verify']);
  return { key, keyId: hexOf(await sha256(der)).slice(0, 16) };
}

/** JSON as it was written, to the byte. */
function readJson(bytes) {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const value = JSON.parse(text);
  return JSON.stringify(value) === text ? value : fail('写法与生成时不同');
}

/** Files by path, to what was found: `faults` are empty for a sound dossier. `ownKey`: a public key that the reader trusts. */
export async function verifyDossier(files, ownKey = null) {
  const faults = [];
  const lines = [];
  const wrong = (file, text) => faults.push(`${file}：${text}`);
  const read = (file, how) => {
    const bytes = files.get(file);
    if (!bytes) return void wrong(file, '文件缺失');
    try {
      return how(bytes);
    } catch (error) {
      return void wrong(file, `内容无法读取，被改动过（${error.message}）`);
    }
  };
  const manifest = read(MANIFEST, readJson);
  const ledger = read(LEDGER, readJson);
  const pem = ownKey ?? read(KEY, (bytes) => new TextDecoder().decode(bytes));
  const signer = pem && (await readKey(pem).catch((error) => void wrong(ownKey ? '--key' : KEY, `公钥无法读取（${error.message}）`)));

  if (manifest) await checkFiles(files, manifest, wrong, lines);
  if (ledger) {
    const entries = await checkChains(ledger, wrong, lines);
    const sealed = await checkSeals(ledger, signer, wrong, lines);
    await checkPlaces(ledger, sealed, wrong, lines);
    if (manifest) {
      await checkReceipt(files.get(MANIFEST), ledger, entries, wrong, lines);
      checkDocuments(manifest, entries, wrong, lines);
    }
  }
  if (signer) lines.push(`公钥编号 ${signer.keyId}${ownKey ? '（自备）' : '：请与审计部门留存的公钥核对编号'}`);
  return { faults, lines, about: manifest?.about ?? null };
}

async function checkFiles(files, manifest, wrong, lines) {
  const listed = new Set([MANIFEST, LEDGER]);
  try {
    for (const { path, sha256: hash, size } of manifest.files) {
      listed.add(path);
      const bytes = files.get(path);
      if (!bytes) wrong(path, '文件缺失');
      else if (bytes.length !== size || hexOf(await sha256(bytes)) !== hash) wrong(path, '内容与清单中的指纹不符，文件被改动过');
    }
  } catch (error) {
    wrong(MANIFEST, `清单无法读取（${error.message}）`);
  }
  for (const path of files.keys()) if (!listed.has(path) && !STRAY.test(path)) wrong(path, '清单中没有这个文件，是后加的');
  lines.push(`文件 ${listed.size} 个，逐个与清单核对`);
}

/** Every entry by its chain, in order; what is readable of each. */
async function checkChains({ chains }, wrong, lines) {
  const all = [];
  for (const { chain, entries } of chains ?? []) {
    let before = { hash: '00'.repeat(32), seq: 0 };
    for (const entry of entries) {
      const name = `链 ${chain} 第 ${entry.seq} 条`;
      if (entry.seq !== before.seq + 1) wrong(LEDGER, `${name} 编号不连续，有记录被删除、插入或改号`);
      if (entry.prevHash !== before.hash) wrong(LEDGER, `${name} 与前一条不衔接`);
      const hash = await entryHash(entry).then(hexOf, () => null);
      if (hash !== entry.hash) wrong(LEDGER, `${name} 的内容与其指纹不符，被改动过`);
      before = entry;
      try {
        const act = JSON.parse(entry.body);
        if (act.chain !== chain) wrong(LEDGER, `${name} 属于另一条链`);
        all.push({ ...entry, chain, name, act });
      } catch {
        wrong(LEDGER, `${name} 的正文无法读取`);
      }
    }
  }
  lines.push(`账本记录 ${all.length} 条，逐条相符、首尾相接`);
  return all;
}

/** Seals whose statement and signature hold, by number. */
async function checkSeals({ seals }, signer, wrong, lines) {
  const sound = new Map();
  for (const seal of seals ?? []) {
    const { at, count, keyId, no, prevHash, root, hash, signature } = seal;
    const statement = utf8.encode(JSON.stringify({ at, count, keyId, no, prevHash, root, v: 1 }));
    const signed = async () => signer && (await webcrypto.subtle.verify('Ed25519', signer.key, bytesOf(signature), statement));
    if (hexOf(await sha256(statement)) !== hash) wrong(LEDGER, `第 ${no} 号封存的内容与其指纹不符`);
    else if (signer && keyId !== signer.keyId) wrong(LEDGER, `第 ${no} 号封存不是用这把公钥的密钥签署的（${keyId}）`);
    else if (!(await signed().catch(() => false))) wrong(LEDGER, `第 ${no} 号封存的签名无效`);
    else sound.set(no, seal);
  }
  lines.push(`封存 ${sound.size} 号，签名有效`);
  return sound;
}

async function checkPlaces({ chains, seals }, sound, wrong, lines) {
  const used = new Set();
  let open = 0;
  for (const { chain, entries } of chains ?? []) {
    for (const { seq, hash, seal } of entries) {
      if (!seal) {
        open += 1;
        continue;
      }
      used.add(seal.no);
      const stated = sound.get(seal.no);
      const root = stated && (await rootOf(bytesOf(hash), seal.position, stated.count, seal.path.map(bytesOf)).catch(() => null));
      if (stated && (!root || hexOf(root) !== stated.root)) wrong(LEDGER, `链 ${chain} 第 ${seq} 条不在第 ${seal.no} 号封存之下`);
      if (!stated && !(seals ?? []).some(({ no }) => no === seal.no))
        wrong(LEDGER, `链 ${chain} 第 ${seq} 条所称的第 ${seal.no} 号封存缺失`);
    }
  }
  for (const { no } of seals ?? []) if (!used.has(no)) wrong(LEDGER, `第 ${no} 号封存不含本卷宗的任何记录`);
  if (open > 0) lines.push(`注意：${open} 条记录在生成卷宗时尚未封存，没有签名保护`);
}

/** The manifest's fingerprint stands in the entry that was written when the dossier was made. */
async function checkReceipt(bytes, { receipt }, entries, wrong, lines) {
  const hash = hexOf(await sha256(bytes));
  const found = entries.find(({ chain, seq }) => chain === receipt?.chain && seq === receipt?.seq);
  if (found?.act.verb !== 'dossier.make') return wrong(LEDGER, '没有生成本卷宗的记录');
  if (found.act.detail?.manifest !== hash) return wrong(MANIFEST, '清单与账本中登记的指纹不符，清单被改动过');
  if (entries.some(({ chain, seq }) => chain === receipt.chain && seq > receipt.seq))
    return wrong(LEDGER, '生成本卷宗的记录不是链上最后一条');
  lines.push(`清单的指纹已登记在账本：${found.act.at}，${found.act.actor?.name ?? '系统'}${found.seal ? '' : '（尚未封存）'}`);
}

/** Each document was recorded when it was handed in, and nothing that was recorded is left out. */
function checkDocuments({ documents, files }, entries, wrong, lines) {
  const handedIn = entries.filter(({ act }) => act.verb === 'case.attach' && act.accepted);
  const there = new Map((files ?? []).map(({ path, sha256: hash }) => [path, hash]));
  for (const { name, act } of handedIn)
    if (!(documents ?? []).some(({ sha256: hash, chain }) => hash === act.detail?.sha256 && chain === act.chain))
      wrong(MANIFEST, `${name} 登记的附件“${act.detail?.name ?? ''}”不在卷宗内`);
  for (const { path, sha256: hash, chain } of documents ?? []) {
    if (there.get(path) !== hash) wrong(path, '文件名与指纹不符');
    if (!handedIn.some(({ act }) => act.detail?.sha256 === hash && act.chain === chain)) wrong(path, '账本中没有交来这个附件的记录');
  }
  lines.push(`附件 ${(documents ?? []).length} 份，均与交来时的记录相符`);
}

/** The files of a ZIP whose entries are stored as they are. */
export function unzip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) fail('不是 ZIP 文件，或已损坏');
  const files = new Map();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(at, true) !== 0x02014b50) fail('ZIP 目录已损坏');
    const [size, nameLength, extra, comment, local] = [
      view.getUint32(at + 20, true),
      view.getUint16(at + 28, true),
      view.getUint16(at + 30, true),
      view.getUint16(at + 32, true),
      view.getUint32(at + 42, true),
    ];
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    if (view.getUint16(at + 10, true) !== 0) fail(`${name}：卷宗被重新压缩过，请先解压，再核验文件夹`);
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (!name.endsWith('/')) files.set(name, bytes.subarray(from, from + size));
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

const report = ({ faults, lines, about }) => [
  ...(about ? [`卷宗：${about.title}（${about.number}）`] : []),
  faults.length === 0 ? '核验通过' : `核验未通过：${faults.length} 处`,
  ...(faults.length === 0 ? lines : faults),
];

async function inNode() {
  const { readFile, readdir, stat } = await import('node:fs/promises');
  const { fileURLToPath } = await import('node:url');
  const path = await import('node:path');
  const args = process.argv.slice(2);
  const keyAt = args.indexOf('--key');
  const ownKey = keyAt < 0 ? null : await readFile(args.splice(keyAt, 2)[1], 'utf8');
  const given = path.resolve(args[0] ?? path.dirname(fileURLToPath(import.meta.url)));
  const folder = (await stat(given)).isDirectory();
  const files = folder ? new Map() : unzip(new Uint8Array(await readFile(given)));
  if (folder)
    for (const entry of await readdir(given, { withFileTypes: true, recursive: true })) {
      const file = path.join(entry.parentPath ?? entry.path, entry.name);
      if (entry.isFile()) files.set(path.relative(given, file).split(path.sep).join('/'), new Uint8Array(await readFile(file)));
    }
  const found = await verifyDossier(files, ownKey);
  for (const line of report(found)) console.log(line);
  process.exitCode = found.faults.length === 0 ? 0 : 1;
}

function inBrowser() {
  const shown = document.getElementById('report');
  document.getElementById('file').addEventListener('change', ({ target }) => {
    shown.textContent = '正在核验…';
    void target.files[0]
      .arrayBuffer()
      .then((buffer) => verifyDossier(unzip(new Uint8Array(buffer))))
      .then(report, (error) => [`无法核验：${error.message}`, '如果浏览器太旧，请改用 Node.js：node verify.mjs 卷宗.zip'])
      .then((lines) => (shown.textContent = lines.join('\n')));
  });
}

if (!isNode) inBrowser();
else if (
  process.argv[1] &&
  import.meta.url === (await import('node:url')).pathToFileURL((await import('node:fs')).realpathSync(process.argv[1])).href
) {
  await inNode().catch((error) => {
    console.log(`无法核验：${error.message}`);
    process.exitCode = 1;
  });
}
