import { conversionFacts, factsAfter, type Conversion, type ConversionFacts } from '../../../libs/domain/conversion.ts';
import { answerOf, day, personHead } from '../../../libs/domain/form-words.ts';
import type { FormCell, FormFacts } from '../../../libs/domain/official-form.ts';

// What the forms of a conversion say in common.

export const resultOf = ({ listed }: FormFacts): Conversion | null => (listed?.result ?? null) as Conversion | null;

/** What counts for a person: the roster at the cut-off date, with what the survey and later evidence have put right. */
export function knownOf(facts: FormFacts): ConversionFacts | null {
  const computed = resultOf(facts)?.inputs;
  if (computed) return computed;
  const roster = conversionFacts.safeParse(facts.listed?.roster);
  const surveys = [answerOf(facts, 'survey'), answerOf(facts, 'evidence')].flatMap((answer) => (answer ? [answer.values] : []));
  return roster.success ? factsAfter(roster.data, surveys) : null;
}

/** The head of each table: who it is about, and what counts for them. Six columns. */
export function personRows(facts: FormFacts): FormCell[][] {
  const { units } = facts;
  const known = knownOf(facts);
  return [
    ...personHead(facts),
    [
      { label: '所在社区' },
      { text: units.community ?? '' },
      { label: '现任职务' },
      { text: known?.postTitle ?? '' },
      { label: '学　　历' },
      { text: known?.education ?? '' },
    ],
    [{ label: '参加社区\n工作时间' }, { text: day(known?.joinedOn), span: 3 }, { label: '职业资格' }, { text: known?.certificate ?? '无' }],
  ];
}
