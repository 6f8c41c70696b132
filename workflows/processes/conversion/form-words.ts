import { conversionFacts, factsAfter, type Conversion, type ConversionFacts } from '../../../libs/domain/conversion.ts';
import { formatDate, type IsoDate } from '../../../libs/domain/dates.ts';
import type { FormAnswer, FormCell, FormFacts } from '../../../libs/domain/official-form.ts';

// What the forms of a conversion say in common.

export const answerOf = ({ answers }: FormFacts, stage: string): FormAnswer | undefined => answers[stage]?.[0];
export const day = (on: IsoDate | null | undefined): string => (on ? formatDate(on) : '');
export const streetOf = ({ units }: FormFacts): string => `${units.county ?? ''}${units.street ?? ''}`;
export const resultOf = ({ listed }: FormFacts): Conversion | null => (listed?.result ?? null) as Conversion | null;

/** What counts for a person: the roster at the cut-off date, with what the survey and later evidence have put right. */
export function knownOf(facts: FormFacts): ConversionFacts | null {
  const computed = resultOf(facts)?.inputs;
  if (computed) return computed;
  const roster = conversionFacts.safeParse(facts.listed?.roster);
  const surveys = [answerOf(facts, 'survey'), answerOf(facts, 'evidence')].flatMap((answer) => (answer ? [answer.values] : []));
  return roster.success ? factsAfter(roster.data, surveys) : null;
}

/** An opinion in its box; before it was given the box is empty, for ink. */
export const opinion = (answer: FormAnswer | undefined, words: string, signed: string, span = 5): FormCell => ({
  span,
  opinion: { words: answer ? words : '', signed, on: answer?.on ?? null },
});
export const said = (answer: FormAnswer | undefined): string =>
  answer ? [answer.verdict, answer.words.opinion].filter(Boolean).join('。').replace(/。?$/, '。') : '';

export const WIDTHS = [15, 19, 14, 19, 14, 19] as const;

/** The head of each table: who it is about, and what counts for them. Six columns. */
export function personRows(facts: FormFacts): FormCell[][] {
  const { person, units } = facts;
  const known = knownOf(facts);
  return [
    [
      { label: '姓　　名' },
      { text: person.name },
      { label: '性　　别' },
      { text: person.sex },
      { label: '出生年月' },
      { text: `${Number(person.bornOn.slice(0, 4))}年${Number(person.bornOn.slice(5, 7))}月` },
    ],
    [{ label: '身份证号' }, { text: person.idNoMasked, span: 3 }, { label: '政治面貌' }, { text: person.politicalStatus ?? '' }],
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
