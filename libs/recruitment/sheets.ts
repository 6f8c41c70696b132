import type { SheetKind } from '../workbooks/fields.ts';

/** What is uploaded into a batch of recruitment. */
export const uploadKinds = ['posts', 'applicants', 'written', 'interview', 'extra'] as const;
export type UploadKind = (typeof uploadKinds)[number];
export type ScoreKind = Exclude<UploadKind, 'posts' | 'applicants'>;

const scores = (score: 'writtenScore' | 'interviewScore' | 'extraScore'): SheetKind => ({
  fields: ['seq', 'ticketNo', 'name', 'postCode', score, 'examiner', 'note'],
  required: ['ticketNo', score],
  certain: 'ticketNo',
  likely: 'name',
  fewest: 2,
  ratings: false,
});

/** The columns of each. */
export const sheets: Record<UploadKind, SheetKind> = {
  posts: {
    fields: [
      'seq',
      'postCode',
      'vacancy',
      'county',
      'street',
      'community',
      'planned',
      'choices',
      'ageMax',
      'education',
      'localOnly',
      'partyOnly',
      'otherConditions',
      'note',
    ],
    required: ['postCode', 'vacancy', 'street', 'planned'],
    certain: 'postCode',
    likely: 'vacancy',
    fewest: 4,
    ratings: false,
  },
  applicants: {
    fields: [
      'seq',
      'postCode',
      'name',
      'sex',
      'ethnicity',
      'bornOn',
      'idNo',
      'politicalStatus',
      'education',
      'fullTime',
      'school',
      'major',
      'certificate',
      'household',
      'origin',
      'phone',
      'email',
      'exceptions',
      'bonus',
      'note',
    ],
    required: ['postCode', 'name', 'idNo', 'education', 'phone', 'email'],
    certain: 'idNo',
    likely: 'name',
    fewest: 4,
    ratings: false,
  },
  written: scores('writtenScore'),
  interview: scores('interviewScore'),
  extra: scores('extraScore'),
};
export const scoreField = { written: 'writtenScore', interview: 'interviewScore', extra: 'extraScore' } as const satisfies Record<
  ScoreKind,
  string
>;
