import { day } from '../../../libs/domain/form-words.ts';
import type { IsoDate } from '../../../libs/domain/dates.ts';
import type { FormFacts } from '../../../libs/domain/official-form.ts';
import { probationEnds, type Suspension } from './policy.ts';

// What the forms of a probation say in common.

export const lastDayOf = ({ input, events }: FormFacts): IsoDate =>
  probationEnds(String(input.startedOn), Number(input.probationMonths), events.suspend?.values as unknown as Suspension | undefined);
export const probationOf = (facts: FormFacts): string => `${day(String(facts.input.startedOn))}至${day(lastDayOf(facts))}`;
