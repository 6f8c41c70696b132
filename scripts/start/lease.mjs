// One supervisor for one data folder, and the list of what it started, so that the next one can clear up after a kill -9.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endProcess, startTime, stillRuns } from '../processes.mjs';
import { Trouble } from '../trouble.mjs';

const read = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // missing, or cut short by a full disk
  }
};

/** What the product that runs on this data folder wrote down, if one runs. */
export function runningIn(data) {
  const record = read(path.join(data, 'supervisor.json'));
  return record && stillRuns(record) ? record : undefined;
}

/**
 * Takes the data folder, or refuses when another start holds it. Processes that a killed supervisor left are ended first.
 * `note` writes down a child as soon as it runs, `share` what commands need to know; `release` gives the folder back.
 */
export async function takeLease(data, address) {
  const file = path.join(data, 'supervisor.json');
  const mine = `${file}.${process.pid}`;
  const record = { pid: process.pid, start: startTime(process.pid), address, children: [] };
  const write = () => writeFileSync(mine, JSON.stringify(record), { mode: 0o600 });

  for (;;) {
    write();
    try {
      linkSync(mine, file); // fails when the file exists: only one can hold it
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    } finally {
      rmSync(mine, { force: true });
    }
    await clearAfter(file);
  }
  const save = () => {
    try {
      write();
      renameSync(mine, file);
    } finally {
      rmSync(mine, { force: true });
    }
  };
  const note = (child) => {
    record.children = [...record.children.filter(({ name }) => name !== child.name), child];
    save();
  };
  const share = (env) => {
    record.env = env;
    save();
  };
  return { note, share, release: () => rmSync(file, { force: true }) };
}

async function clearAfter(file) {
  const old = read(file);
  if (old && stillRuns(old)) {
    throw new Trouble(
      `苗圃已在运行：${old.address}（进程 ${old.pid}）。要另开一套，请另设 DATA_DIR 和 PORT。`,
      `Already running at ${old.address} (process ${old.pid}). For a second one set another DATA_DIR and PORT.`,
    );
  }
  for (const child of [...(old?.children ?? [])].reverse()) await endProcess(child, child.signal, 10_000);
  const stale = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, stale);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error; // another start was quicker: look again
  }
  rmSync(stale, { force: true });
}
