import { formatAllowance, isMissingYear, rollForward, type Calendar } from '../../libs/domain/calendar.ts';
import type { Audience, ProcessContract, StageContract } from '../../libs/domain/contract.ts';
import { addDays, dateOf, instantOf, type IsoDate } from '../../libs/domain/dates.ts';
import { noticeTold, periodOf } from '../../libs/domain/notice.ts';
import { stageAs } from '../../libs/domain/pinned.ts';
import { roleTitles } from '../../libs/domain/roles.ts';
import { stageDates, type StageDates } from '../../libs/domain/stage-dates.ts';
import { LAPSED, type Recalled, type StagesNow, type Told } from '../../libs/domain/story.ts';
import type { Activities, WorldResult } from './activities.ts';
import { tellStory, type Story } from './story.ts';

export interface RehearsalInput {
  process: string;
  input: Record<string, unknown>;
  pinned: Record<string, unknown>;
  calendar: Calendar;
  /** ISO instant of the start. */
  at: string;
}
export interface RehearsedDate {
  on: IsoDate;
  at: string | null;
  kind: 'stage' | 'reminder' | 'legal' | 'wait' | 'end';
  title: string;
  who: string | null;
  rule: string | null;
  tentative: boolean;
  unknown: boolean;
}
export interface Rehearsed {
  outcome: string;
  dates: RehearsedDate[];
}

// At a legal end nobody answers any more: the last answer comes a minute before.
const lastAnswer = ({ dueAt, legalEndAt }: StageDates): Date | null =>
  dueAt && dueAt.getTime() === legalEndAt?.getTime() ? new Date(dueAt.getTime() - 60_000) : dueAt;

const answeredAs = ({ rehearsed }: StageContract, at: Date): Told =>
  typeof rehearsed === 'function' ? rehearsed(dateOf(at)) : { ...rehearsed };

const whoReads = (audience: Audience): string =>
  'subject' in audience ? '本人' : 'named' in audience ? '指定人员' : roleTitles[audience.role];

/**
 * Makes the rehearsal workflow: it tells the real story of a process to a clock of its own and a desk where everyone answers on the due date, and
 * returns the dates. No timer, no activity: one workflow task. A deadline in a year without a calendar is `unknown`, and the clock goes on at its opening.
 */
// oxlint-disable-next-line max-lines-per-function -- the tools of a story over one clock that they all move
export function rehearse(
  stories: Record<string, { contract: ProcessContract; story: Story }>,
): (input: RehearsalInput) => Promise<Rehearsed> {
  // oxlint-disable-next-line max-lines-per-function -- as above
  return async ({ process, input, pinned, calendar, at }) => {
    const { contract, story } = stories[process]!;
    let clock = new Date(at);
    const dates: RehearsedDate[] = [];
    const besides = new Map<string, Date>();
    const nothing: StagesNow = { told: {}, wakeAt: null, overtaken: false };
    const note = (date: Partial<RehearsedDate> & Pick<RehearsedDate, 'on' | 'kind' | 'title'>) =>
      dates.push({ at: null, who: null, rule: null, tentative: false, unknown: false, ...date });
    const changed = async (): Promise<WorldResult> => ({ done: true });

    const doors: Activities = {
      async openStages({ stages, beside }) {
        const told: Record<string, Told> = {};
        let latest = clock;
        for (const ask of stages) {
          const stage = stageAs(contract, ask.stage, pinned);
          const answersAt = besides.get(ask.stage);
          if (answersAt) {
            told[ask.stage] = answeredAs(stage, answersAt);
            if (answersAt > latest) latest = answersAt;
            continue;
          }
          const days = stageDates(calendar, stage, ask, clock);
          const rule = formatAllowance(stage.within);
          const answered = lastAnswer(days) ?? clock;
          note({
            on: dateOf(answered),
            at: days.dueAt?.toISOString() ?? null,
            kind: 'stage',
            title: stage.title,
            who: whoReads(stage.audience),
            rule,
            tentative: days.tentative,
            unknown: days.dueAt === null,
          });
          for (const entry of days.entries) {
            if (entry.kind === 'reminder50' || entry.kind === 'reminder80')
              note({
                on: dateOf(entry.at),
                at: entry.at.toISOString(),
                kind: 'reminder',
                title: `提醒：${stage.title}`,
                who: whoReads(stage.audience),
                tentative: days.tentative,
              });
          }
          if (stage.notice) {
            // nobody objects in a rehearsal: the notice goes by its period alone
            const end = stageDates(calendar, stage, ask, clock, answered, [], {
              at: answered,
              period: periodOf(contract, ask.stage, pinned),
            });
            const over = end.dueAt ?? answered;
            note({
              on: dateOf(over),
              at: end.dueAt?.toISOString() ?? null,
              kind: 'wait',
              title: `${stage.title}期满`,
              rule: formatAllowance(periodOf(contract, ask.stage, pinned)),
              tentative: end.tentative,
              unknown: end.dueAt === null,
            });
            told[ask.stage] = noticeTold([]);
            if (over > latest) latest = over;
          } else if (stage.awaitsObjections) told[ask.stage] = noticeTold([]);
          else if (beside) besides.set(ask.stage, answered);
          else if (days.legalEndAt && clock >= days.legalEndAt) told[ask.stage] = LAPSED;
          else {
            told[ask.stage] = answeredAs(stage, answered);
            if (answered > latest) latest = answered;
          }
        }
        clock = latest;
        return { ...nothing, told };
      },
      async waitUntil({ key, title, until }) {
        clock = new Date(until);
        note({ on: dateOf(clock), at: until, kind: 'wait', title });
        const told = contract.events[key]?.rehearsed?.(input);
        if (told) memory.events[key] = { told, on: dateOf(clock) };
        return nothing;
      },
      async setDates({ dates: kept }) {
        for (const { title, on, remindBefore = [] } of kept) {
          note({ on, kind: 'legal', title });
          for (const days of remindBefore) {
            const moment = instantOf(addDays(on, -days), '09:00');
            if (moment > clock)
              note({ on: dateOf(moment), at: moment.toISOString(), kind: 'reminder', title: `提醒：${title}前 ${days} 天` });
          }
        }
        return nothing;
      },
      async endCase({ outcome }) {
        note({ on: dateOf(clock), kind: 'end', title: `办结：${contract.outcomes[outcome]?.title ?? outcome}` });
      },
      recall: () => Promise.reject(new Error('A rehearsal recalls nothing')),
      messagesAfter: async () => [],
      whatIsDue: async () => nothing,
      confirmEmployment: changed,
      endEmployment: changed,
      openPeople: changed,
      computeList: changed,
      beginStories: changed,
      listNotice: changed,
      passNotice: changed,
      releaseHeld: changed,
      computePerson: changed,
      convertPerson: changed,
      concludeObjection: changed,
      startCase: changed,
      checkReduction: changed,
      reinstate: changed,
      bookHost: changed,
      recordStay: async ({ toOn }) => {
        const moved = rollForward(calendar, toOn);
        return isMissingYear(moved) ? { done: true } : { done: true, on: moved.on };
      },
      concludeStay: changed,
      appraiseListed: changed,
      recordRating: async () => ({ done: true, rating: 'competent' }),
      moveRecruitment: changed,
      endApplications: changed,
      leaveRecruitment: changed,
      hire: changed,
      raiseIncident: changed,
      undoSteps: async () => undefined,
    };
    const memory: Recalled = {
      status: 'running',
      outcome: null,
      input,
      pinned,
      rounds: {},
      told: {},
      steps: {},
      events: {},
      lastMessageNo: 0,
    };
    const outcome = await tellStory(
      { doors, now: () => clock, nextMessage: () => Promise.reject(new Error('Nobody speaks in a rehearsal')) },
      'rehearsal',
      memory,
      story,
    );
    return { outcome, dates: dates.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)) };
  };
}
