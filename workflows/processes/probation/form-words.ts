import { formatDate, type IsoDate } from '../../../libs/domain/dates.ts';
import type { FormAnswer, FormFacts } from '../../../libs/domain/official-form.ts';
import { postLabel, type Post } from '../../../libs/domain/post-grade.ts';
import { probationEnds, type Suspension } from './policy.ts';

// What the forms of a probation say in common.

export const answerOf = ({ answers }: FormFacts, stage: string): FormAnswer | undefined => answers[stage]?.[0];
export const day = (on: IsoDate | null | undefined): string => (on ? formatDate(on) : '');
export const streetOf = ({ units }: FormFacts): string => `${units.county ?? ''}${units.street ?? ''}`;
export const lastDayOf = ({ input, events }: FormFacts): IsoDate =>
  probationEnds(String(input.startedOn), Number(input.probationMonths), events.suspend?.values as unknown as Suspension | undefined);
export const probationOf = (facts: FormFacts): string => `${day(String(facts.input.startedOn))}至${day(lastDayOf(facts))}`;
export function termOf({ person }: FormFacts): string {
  const term = person.facts.contract?.value as { startsOn: string; endsOn: string | null } | undefined;
  return term ? `${day(term.startsOn)}至${term.endsOn ? day(term.endsOn) : '无固定期限'}` : '';
}

export function postOf({ person }: FormFacts): { title: string; post: string } {
  const value = person.facts.employment?.value as { postTitle: string; post: Post } | undefined;
  return { title: value?.postTitle ?? '', post: value ? postLabel(value.post) : '' };
}
