import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { sealLine, type Seal } from './seal.ts';

/** What a line of the log says of a seal; `hash` in hex. */
export interface LoggedSeal {
  no: number;
  hash: string;
}

const TAIL = 64 * 1024;

/** Length of the log now; 0 when there is none. */
export const sizeOfLog = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return 0;
    },
  );

/** The seal with the highest number among the log's last lines. */
export async function lastLogged(file: string): Promise<LoggedSeal | null> {
  const size = await sizeOfLog(file);
  if (size === 0) return null;
  let last: LoggedSeal | null = null;
  for await (const line of linesOf(file, Math.max(0, size - TAIL), size)) {
    const logged = parseLine(line);
    if (logged && (!last || logged.no > last.no)) last = logged;
  }
  return last;
}

/** Appends lines and returns when they are on the disk. A line that a crash tore off is closed first and stays as it is. */
export async function appendToLog(file: string, seals: readonly Seal[]): Promise<void> {
  if (seals.length === 0) return;
  const handle = await open(file, 'a+', 0o644);
  try {
    const { size } = await handle.stat();
    const torn = size > 0 && (await handle.read(Buffer.alloc(1), 0, 1, size - 1)).buffer[0] !== 0x0a;
    await handle.appendFile((torn ? '\n' : '') + seals.map((seal) => `${sealLine(seal)}\n`).join(''));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * The log's seals up to `size` bytes, in the order written; a seal may stand there twice. A torn line is passed over if it is the last one
 * or if a whole line that begins with it comes later; any other unreadable line is yielded as such.
 */
export async function* readLog(file: string, size: number): AsyncGenerator<LoggedSeal | { unreadable: string }> {
  if (size === 0) return;
  let torn: string | null = null;
  for await (const line of linesOf(file, 0, size)) {
    if (line === '') continue;
    const logged = parseLine(line);
    if (logged && torn !== null) {
      if (!line.startsWith(torn)) yield { unreadable: torn };
      torn = null;
    }
    if (logged) yield logged;
    else if (torn !== null) yield { unreadable: torn };
    if (!logged) torn = line;
  }
}

const linesOf = (file: string, start: number, size: number) =>
  createInterface({ input: createReadStream(file, { start, end: size - 1, encoding: 'utf8' }), crlfDelay: Infinity });

function parseLine(line: string): LoggedSeal | null {
  try {
    const { no, hash } = JSON.parse(line) as Partial<LoggedSeal>;
    return Number.isInteger(no) && typeof hash === 'string' ? { no: no!, hash } : null;
  } catch {
    return null;
  }
}
