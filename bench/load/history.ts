import type { House } from './house.ts';
import { round } from './spread.ts';

const STAGES = 4;

/** What a finished case leaves behind: events in its history (all of it, and for each stage), entries in the ledger, mails. */
export async function leftBehind(house: House, caseIds: readonly string[]): Promise<object> {
  const histories = await Promise.all(caseIds.map((id) => house.historyOf(id)));
  const kinds: Record<string, number> = {};
  for (const kind of histories.flat()) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const events = histories.flat().length / histories.length;
  const [rows] = await house.rows<{ entries: number; mails: number; messages: number }>(
    `SELECT (SELECT count(*)::int FROM ledger_entry WHERE case_id = ANY($1::uuid[])) AS entries, (SELECT count(*)::int FROM mail WHERE case_id = ANY($1::uuid[])) AS mails,
       (SELECT count(*)::int FROM message WHERE case_id = ANY($1::uuid[])) AS messages`,
    [caseIds],
  );
  const perCase = (n: number) => round(n / caseIds.length, 1);
  // what a case has before its first stage and after its last: started, told from the desk's memory, ended
  return {
    mode: 'history',
    cases: caseIds.length,
    events_per_case: round(events, 1),
    events_per_stage: round(events / STAGES, 1),
    ledger_entries_per_case: perCase(rows!.entries),
    mails_per_case: perCase(rows!.mails),
    messages_per_case: perCase(rows!.messages),
    kinds: Object.fromEntries(Object.entries(kinds).map(([kind, n]) => [kind, perCase(n)])),
  };
}

/** Bytes of a finished case, by table with its indexes, over all cases so far: as run, without a vacuum. */
export async function sizes(house: House): Promise<object> {
  const tables = await house.rows<{ name: string; bytes: number; rows: number }>(
    `SELECT relname AS name, pg_total_relation_size(relid)::float8 AS bytes, n_live_tup::float8 AS rows FROM pg_stat_user_tables ORDER BY 2 DESC LIMIT 14`,
  );
  const [cases] = await house.rows<{ ended: number; incidents: number }>(
    `SELECT (SELECT count(*)::int FROM "case" WHERE status = 'ended') AS ended, (SELECT count(*)::int FROM incident) AS incidents`,
  );
  return {
    mode: 'size',
    finished_cases: cases!.ended,
    incidents: cases!.incidents,
    bytes_per_case_by_table: Object.fromEntries(tables.map(({ name, bytes }) => [name, Math.round(bytes / Math.max(1, cases!.ended))])),
  };
}
