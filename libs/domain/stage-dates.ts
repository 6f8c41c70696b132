import { dueAt, isMissingYear, reminderMoments, type Allowance, type Calendar, type Held } from './calendar.ts';
import type { StageContract } from './contract.ts';
import { addDays, dateOf, endOfDay, instantOf, laterOf, startOfDay } from './dates.ts';
import type { StageAsk } from './story.ts';

export interface DueEntry {
  key: string;
  kind: 'reminder50' | 'reminder80' | 'due' | 'escalate' | 'legalEnd' | 'recount' | 'wait' | 'before' | 'noticeEnd';
  at: Date;
}

export interface StageDates {
  dueAt: Date | null;
  tentative: boolean;
  legalEndAt: Date | null;
  missingYear: number | null;
  entries: DueEntry[];
}

/** 挂起: while `to` is null the case is held still. */
export interface Hold {
  from: Date;
  to: Date | null;
}

/** 公示: posted at a moment, for so long; what its stage is counted by from then on. */
export interface Posted {
  at: Date;
  period: Allowance;
}

/**
 * All dates of a stage opened at a moment: its due moment (never after its legal end), its reminders still to come, and its legal end.
 * A stage that lapses gets its full time allowed even so, but never beyond `endsOn`. A year without a table gives no due date: it is counted again
 * on the morning after `at`, and the stage waits. Of `holds` (earliest first) the working days are added to a time in working days; while the case is held,
 * such a time has no end yet and nothing but the legal end falls due. A notice that is `posted` has its own end, at the close of business, instead of a due
 * moment and reminders.
 */
export function stageDates(
  calendar: Calendar,
  stage: StageContract,
  ask: StageAsk,
  openedAt: Date,
  at = openedAt,
  holds: readonly Hold[] = [],
  posted: Posted | null = null,
): StageDates {
  const key = `${ask.stage}/${ask.round}`;
  const event = posted ? posted.at : ask.countsFrom ? startOfDay(ask.countsFrom) : openedAt;
  const within = posted ? posted.period : stage.within;
  const over = { holds: holds.filter((hold): hold is Held => hold.to !== null) };
  const heldSince = holds.find(({ to }) => to === null)?.from;
  const due = dueAt(calendar, event, within, over);
  const endsAt = ask.endsOn ? endOfDay(ask.endsOn) : null;
  if (stage.awaitsObjections)
    return { dueAt: null, tentative: false, legalEndAt: endsAt, missingYear: null, entries: legalEnd(key, endsAt) };
  if (heldSince && (isMissingYear(due) || ('workingDays' in within && due.at > heldSince)))
    return { dueAt: null, tentative: false, legalEndAt: endsAt, missingYear: null, entries: legalEnd(key, endsAt) };
  if (isMissingYear(due)) {
    const again = instantOf(addDays(dateOf(at), 1), '09:00');
    return {
      dueAt: null,
      tentative: false,
      legalEndAt: endsAt,
      missingYear: due.missingYear,
      entries: [{ key: `${key}/recount/${dateOf(again)}`, kind: 'recount', at: again }, ...legalEnd(key, endsAt)],
    };
  }
  if (posted) {
    const end: DueEntry = { key: `${key}/noticeEnd`, kind: 'noticeEnd', at: due.at };
    return {
      dueAt: due.at,
      tentative: due.tentative,
      legalEndAt: endsAt,
      missingYear: null,
      entries: [...(heldSince ? [] : [end]), ...legalEnd(key, endsAt)],
    };
  }
  const lapsesAt = ask.lapsesOn ? endOfDay(laterOf(ask.lapsesOn, due.on)) : null;
  const legalEndAt = earliest(endsAt, lapsesAt);
  const dueBy = legalEndAt && legalEndAt < due.at ? legalEndAt : due.at;
  const common = { dueAt: dueBy, tentative: due.tentative, legalEndAt, missingYear: null };
  if (heldSince) return { ...common, entries: legalEnd(key, legalEndAt) };
  const reminders = reminderMoments(calendar, event, within, over);
  const entries: DueEntry[] = isMissingYear(reminders)
    ? []
    : reminders.reminders
        .filter(({ kind, at }) => kind !== 'due' && at > openedAt && at < dueBy)
        .map(({ kind, at }) => ({ key: `${key}/${kind}`, kind, at }));
  if (!legalEndAt || dueBy < legalEndAt) entries.push({ key: `${key}/due`, kind: 'due', at: dueBy });
  return { ...common, entries: [...entries, ...legalEnd(key, legalEndAt)] };
}

const legalEnd = (key: string, at: Date | null): DueEntry[] => (at ? [{ key: `${key}/legalEnd`, kind: 'legalEnd', at }] : []);
const earliest = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : (a ?? b));
