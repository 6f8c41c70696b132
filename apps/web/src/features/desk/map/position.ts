import { dateOf } from '../../../../../../libs/domain/dates.ts';
import type { CaseView } from '../../../shared/cases/cases.ts';

type StageNow = CaseView['stages'][number];
export type Round = StageNow['rounds'][number];
export type StageState = 'done' | 'now' | 'ahead' | 'skipped' | 'expired';

export interface StagePosition {
  stage: string;
  state: StageState;
  round: number;
  /** The day it was closed on, or is due on. */
  on: string | null;
  rounds: readonly Round[];
}

/** Where each stage of the map stands: what its last round says. */
export function positionsOf(order: readonly string[], { stages, status }: Pick<CaseView, 'stages' | 'status'>): Map<string, StagePosition> {
  const held = new Map(stages.map((one) => [one.stage, one.rounds]));
  return new Map(order.map((stage) => [stage, positionOf(stage, held.get(stage) ?? [], status === 'ended')]));
}

function positionOf(stage: string, rounds: readonly Round[], ended: boolean): StagePosition {
  const last = rounds.at(-1);
  const base = { stage, round: last?.round ?? 0, rounds };
  const day = (at: string | null | undefined) => (at ? dateOf(new Date(at)) : null);
  // a moment at midnight ends the day before it
  if (last?.status === 'open') return { ...base, state: 'now', on: last.due.at && dateOf(new Date(Date.parse(last.due.at) - 1)) };
  if (last?.status === 'closed') return { ...base, state: 'done', on: day(last.closedAt) };
  if (last?.status === 'expired') return { ...base, state: 'expired', on: day(last.closedAt) };
  return { ...base, state: ended ? 'skipped' : 'ahead', on: null };
}

export interface ReturnRoute {
  from: string;
  to: string;
  on: string;
}

/** The last return: from the stage that sent it back to the first one that was opened again. */
export function lastReturn({ stages, timeline }: Pick<CaseView, 'stages' | 'timeline'>): ReturnRoute | null {
  const returned = timeline
    .filter(({ tone, accepted, stage }) => tone === 'returned' && accepted && stage)
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .at(-1);
  if (!returned?.stage) return null;
  const from = stages.find(({ stage, title }) => stage === returned.stage || title === returned.stage)?.stage;
  const at = Date.parse(returned.at);
  const again = stages
    .flatMap(({ stage, rounds }) =>
      rounds.filter(({ round, openedAt }) => round > 1 && Date.parse(openedAt) >= at).map(({ openedAt }) => ({ stage, openedAt })),
    )
    .sort((a, b) => Date.parse(a.openedAt) - Date.parse(b.openedAt))[0];
  return from && again ? { from, to: again.stage, on: dateOf(new Date(returned.at)) } : null;
}
