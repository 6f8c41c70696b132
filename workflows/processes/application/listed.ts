import type { ListedContract } from '../../../libs/domain/listed.ts';
import { formatScore } from '../../../libs/domain/recruitment/score.ts';

/** What is known of an applicant when they are put on the list, and where the exams have put them since. */
export interface ApplicantOnList {
  postCode: string;
  postTitle: string;
  education: string;
  certificate: string | null;
}
export interface Ranked {
  total: number | null;
  rank: number | null;
  writtenRank: number | null;
}

function rankedLine({ total, rank, writtenRank }: Ranked): string | null {
  if (total !== null) return `总成绩 ${formatScore(total)}${rank === null ? '' : `，第 ${rank} 名`}`;
  return writtenRank === null ? null : `笔试第 ${writtenRank} 名`;
}

/** The list of a batch of recruitment: everybody who has registered. */
export const listed: ListedContract = {
  belongs: 'applicants',
  done: { outcomes: ['hired'], title: '已聘用' },
  apart: { rejected: '资格初审不合格', reserve: '候补', retest: '复检', out: '已止步' },
  notice: {
    stage: 'notice',
    after: 'review',
    row: ({ roster, result }) => {
      const { postCode, postTitle } = roster as ApplicantOnList;
      return { post: `${postTitle}（${postCode}）`, detail: rankedLine(result as Ranked) ?? '' };
    },
  },
  line: ({ roster, result }) => {
    const { postCode, postTitle, education, certificate } = roster as ApplicantOnList;
    const label = result === null ? null : rankedLine(result as Ranked);
    return {
      postTitle: `${postCode} ${postTitle}`,
      joinedOn: null,
      education,
      certificate,
      result: label === null ? null : { label, before: null, total: null, change: null, retained: 0 },
    };
  },
};
