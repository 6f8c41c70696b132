import { formatDate, type IsoDate } from './dates.ts';
import type { FormAnswer, FormCell, FormFacts, FormPerson } from './official-form.ts';
import { postLabel, type Post } from './post-grade.ts';

// What official forms say in common.

export const answerOf = ({ answers }: FormFacts, stage: string): FormAnswer | undefined => answers[stage]?.[0];
export const day = (on: IsoDate | null | undefined): string => (on ? formatDate(on) : '');
export const streetOf = ({ units }: FormFacts): string => `${units.county ?? ''}${units.street ?? ''}`;

/** The term of the contract in force when the case was started. */
export function termOf({ person }: FormFacts): string {
  const term = person.facts.contract?.value as { startsOn: string; endsOn: string | null } | undefined;
  return term ? `${day(term.startsOn)}至${term.endsOn ? day(term.endsOn) : '无固定期限'}` : '';
}

export function postOf({ person }: FormFacts): { title: string; post: string } {
  const value = person.facts.employment?.value as { postTitle: string; post: Post } | undefined;
  return { title: value?.postTitle ?? '', post: value ? postLabel(value.post) : '' };
}

/** An opinion in its box; before it was given the box is empty, for ink. */
export const opinion = (answer: FormAnswer | undefined, words: string, signed: string, span = 5): FormCell => ({
  span,
  opinion: { words: answer ? words : '', signed, on: answer?.on ?? null },
});

/** Verdict and opinion in one. */
export const said = (answer: FormAnswer | undefined): string =>
  answer ? [answer.verdict, answer.words.opinion].filter(Boolean).join('。').replace(/。?$/, '。') : '';

/** Six columns, in pairs of a label and its box. */
export const WIDTHS = [15, 19, 14, 19, 14, 19] as const;

/** The first two lines of a table: who it is about. */
export const personHead = ({
  person,
}: {
  person: Pick<FormPerson, 'name' | 'sex' | 'bornOn' | 'idNoMasked' | 'politicalStatus'>;
}): FormCell[][] => [
  [
    { label: '姓　　名' },
    { text: person.name },
    { label: '性　　别' },
    { text: person.sex },
    { label: '出生年月' },
    { text: `${Number(person.bornOn.slice(0, 4))}年${Number(person.bornOn.slice(5, 7))}月` },
  ],
  [{ label: '身份证号' }, { text: person.idNoMasked, span: 3 }, { label: '政治面貌' }, { text: person.politicalStatus ?? '' }],
];
