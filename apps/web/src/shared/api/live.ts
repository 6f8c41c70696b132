import type { Query, QueryClient } from '@tanstack/react-query';
import { BEAT_MS, type LiveEvents } from '../../../../../libs/domain/api/live.ts';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { api } from './client.ts';

/** Nothing heard for so long: the line is dead, whatever the browser thinks. */
const SILENT_MS = 3 * BEAT_MS;
const AGAIN_MS = [1_000, 2_000, 5_000, 10_000];
/** However much changes, the lists are read no more often than this. */
const LISTS_EVERY_MS = 2_000;
/** Whoever works at the page tells the server so now and then: hearing alone keeps no session. */
const AT_WORK_EVERY_MS = 5 * 60_000;
const VERSIONS_KEPT = 500;

const { tasks, cases, copies, workbench, batches, batch, batchPeople } = routes;
const lists = [tasks, cases, copies, workbench, batches, batch, batchPeople].map(({ id }) => id);

// ── Whether changes are heard ────────────────────────────────────────────────

const tellers = new Set<() => void>();
let hears = false;
function set(now: boolean): void {
  if (hears === now) return;
  hears = now;
  for (const tell of tellers) tell();
}

/** Whether changes are heard as they happen. */
export const live = {
  read: () => hears,
  subscribe: (tell: () => void) => {
    tellers.add(tell);
    return () => void tellers.delete(tell);
  },
};

// ── Versions that the page has caught up with by itself ──────────────────────

const versions = new Map<string, number>();

/** The page has acted in the case or followed it to this version, and reads again by itself. */
export function caughtUp(caseId: string, version: number): void {
  if (versions.size >= VERSIONS_KEPT) versions.clear();
  versions.set(caseId, Math.max(version, versions.get(caseId) ?? 0));
}

/** The version up to which the page itself has moved or followed the case. */
export const ownVersion = (caseId: string): number => versions.get(caseId) ?? -1;

// ── Listening ────────────────────────────────────────────────────────────────

/** Runs at once, and then at the end of each pause while it is asked for. */
function paced(work: () => void, pause: number): () => void {
  let resting: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const run = () => {
    again = false;
    work();
    resting = setTimeout(() => {
      resting = undefined;
      if (again) run();
    }, pause);
  };
  return () => {
    if (resting === undefined) run();
    else again = true;
  };
}

/** Whether what a case or task page shows is older than what was heard. */
function isBehind({ queryKey: [route], state }: Query, moved: ReadonlyMap<string, number>): boolean {
  if (route !== routes.case.id && route !== routes.task.id) return false;
  const shown = state.data as { id: string; caseId?: string; version: number } | undefined;
  if (!shown) return true;
  return (moved.get(shown.caseId ?? shown.id) ?? -1) > shown.version;
}

type Takes = { [K in keyof LiveEvents]: (data: LiveEvents[K]) => void };

/** The line to the server: what comes over it goes to `takes`; lost, it is opened again, later each time. */
function lineTo(takes: Takes): { open: () => void; close: () => void; lose: () => void } {
  let source: EventSource | null = null;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  const close = () => {
    clearTimeout(silence);
    clearTimeout(again);
    source?.close();
    source = null;
    set(false);
  };
  const lose = () => {
    close();
    // not all windows of a county at one moment
    again = setTimeout(open, AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)]! * (1 + Math.random()));
    tries += 1;
  };
  function open() {
    close();
    if (document.visibilityState === 'hidden') return;
    const stream = new EventSource(routes.live.path);
    source = stream;
    for (const [event, take] of Object.entries(takes))
      stream.addEventListener(event, ({ data }: MessageEvent<string>) => {
        tries = 0;
        set(true);
        clearTimeout(silence);
        silence = setTimeout(lose, SILENT_MS);
        take(JSON.parse(data) as never);
      });
    stream.addEventListener('error', lose);
  }
  return { open, close, lose };
}

/** What is heard, as the pages of cases and tasks take it. */
function readAgainAt(client: QueryClient, line: () => ReturnType<typeof lineTo>): Takes {
  const readLists = paced(() => {
    for (const id of lists) void client.invalidateQueries({ queryKey: [id] });
  }, LISTS_EVERY_MS);
  return {
    look: () => void client.invalidateQueries(),
    cases: ({ cases }) => {
      const moved = new Map(cases.filter(({ id, version }) => version > ownVersion(id)).map(({ id, version }) => [id, version]));
      if (moved.size === 0) return;
      void client.invalidateQueries({ predicate: (query) => isBehind(query, moved) });
      readLists();
    },
    beat: () => undefined,
    end: ({ why }) => {
      if (why === 'restart') return line().lose();
      line().close();
      if (why === 'signedOut') touchSession();
    },
  };
}

/** Asks who is signed in: that nobody is any more, the gate hears; and whoever asks is at work. */
const touchSession = () => void api.call(routes.whoAmI, {}).catch(() => undefined);

/**
 * Keeps what is shown up to date for as long as the page is looked at; ends with the function returned. A window in the background holds no line: a
 * browser has few of them for all its windows, and coming back it looks again.
 */
export function listen(client: QueryClient): () => void {
  const line = lineTo(readAgainAt(client, () => line));
  let atWork = Date.now();
  const works = () => {
    if (Date.now() - atWork < AT_WORK_EVERY_MS) return;
    atWork = Date.now();
    touchSession();
  };
  line.open();
  document.addEventListener('visibilitychange', line.open);
  document.addEventListener('pointerdown', works);
  document.addEventListener('keydown', works);
  return () => {
    document.removeEventListener('visibilitychange', line.open);
    document.removeEventListener('pointerdown', works);
    document.removeEventListener('keydown', works);
    line.close();
  };
}
