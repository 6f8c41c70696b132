import type { IsoDate } from '../../../libs/domain/dates.ts';
import { answerOf } from '../../../libs/domain/form-words.ts';
import type { FormFacts } from '../../../libs/domain/official-form.ts';

// What the forms of a dismissal say in common.

/** 2025 年度不合格、2026 年度不合格; the first alone while the second is not known. */
export function failingYears({ input, events }: FormFacts): string {
  const next = events.rating?.values;
  return [input.year, ...(next?.rating === 'failed' ? [next.year] : [])].map((year) => `${String(year)} 年度不合格`).join('、');
}

/** When the contract ends, and how. */
export function heldEnd(facts: FormFacts): { lastOn: IsoDate; how: unknown } | null {
  const { agree } = facts.events;
  if (agree) return { lastOn: String(agree.values.endsOn), how: 'agreed' };
  const service = answerOf(facts, 'service');
  return service ? { lastOn: String(service.values.endsOn), how: service.values.how } : null;
}

/** By which rule the contract is ended. */
export const groundsOf = (facts: FormFacts): string =>
  answerOf(facts, 'eligibility')?.values.employmentForm === 'PUBLIC_INSTITUTION'
    ? '《事业单位人事管理条例》第十六条'
    : '《中华人民共和国劳动合同法》第四十条第二项';
