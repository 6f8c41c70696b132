import { catalogue } from '../../../../../workflows/catalogue.ts';
import { ownWord } from '../../shared/cases/cases.ts';

export interface ListStage {
  /** Whose turn it is: each person's own word (to write or to confirm), a verdict on each, or nobody's by themselves: the list is handed in as a whole. */
  turn: 'fill' | 'confirm' | 'verdict' | 'whole';
  sendsBack: boolean;
}

/** What can be done with the people of a batch at one of its list stages, by what their contract says. */
export function listStage(process: string, stage: string): ListStage {
  const people = catalogue[catalogue[process]?.people ?? ''];
  const own = people?.stages[stage];
  if (!people || !own) return { turn: 'whole', sendsBack: false };
  const turn = ownWord(people.name, stage) ?? (own.withBatch ? 'verdict' : 'whole');
  const { sendsBackTo, notice } = people.listed ?? {};
  const isEarly = notice === undefined || people.order.indexOf(stage) < people.order.indexOf(notice.after);
  return { turn, sendsBack: turn === 'verdict' && sendsBackTo !== undefined && isEarly };
}

/** Whether roles that people take up meanwhile are registered on a batch's list. */
export const takesRoles = (process: string): boolean => catalogue[catalogue[process]?.people ?? '']?.listed?.roleCountsFrom !== undefined;
