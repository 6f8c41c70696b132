import type { Tx } from '../db.ts';
import { addWorkingDays, isMissingYear } from '../domain/calendar.ts';
import { addDays, dateOf, instantOf } from '../domain/dates.ts';
import type { CaseState } from './state.ts';
import { calendarOf } from './when.ts';

/** An overdue stage is pressed again: the next working day at 09:00; without that year's calendar, the next day. */
export async function nextEscalation(
  tx: Tx,
  state: CaseState,
  { stage, round }: { stage: string; round: number },
  at: Date,
): Promise<void> {
  const today = dateOf(at);
  const next = addWorkingDays(await calendarOf(tx, state.unitCode), today, 1);
  const on = isMissingYear(next) ? addDays(today, 1) : next.on;
  await tx.$executeRaw`
    INSERT INTO due (case_id, key, kind, stage, round, at) VALUES (${state.id}::uuid, ${`${stage}/${round}/escalate/${on}`}, 'escalate', ${stage}, ${round}::int, ${instantOf(on, '09:00')})
    ON CONFLICT (case_id, key) DO NOTHING`;
}
