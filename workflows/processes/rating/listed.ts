import { appraisalResult, ratingNow } from '../../../libs/domain/appraisal/result.ts';
import type { ListedContract, OnTheList } from '../../../libs/domain/listed.ts';
import { ratings, ratingTitles } from '../../../libs/domain/person-words.ts';
import { formatScore } from '../../../libs/domain/recruitment/score.ts';

interface Roster {
  postTitle: string;
  joinedOn: string | null;
  education: string | null;
  certificate: string | null;
}
const resultOf = ({ result }: OnTheList) => appraisalResult.safeParse(result).data ?? null;

/** The list of a year's appraisal: everybody in post on its last day; of whom those rated 优秀 are made public. */
export const listed: ListedContract = {
  belongs: 'employed',
  done: { outcomes: [...ratings], title: '结果已确定' },
  notice: {
    stage: 'notice',
    after: 'review',
    row: ({ roster, told, ...person }) => {
      const rating = ratingNow(resultOf({ ...person, roster }), told);
      return rating === 'excellent' ? { post: (roster as Roster).postTitle, detail: ratingTitles.excellent } : null;
    },
    tells: true,
  },
  line: (person) => {
    const { postTitle, joinedOn, education, certificate } = person.roster as Roster;
    const found = resultOf(person);
    const label = found?.proposed
      ? `${ratingTitles[found.proposed]}${found.total === null ? '' : `（${formatScore(found.total)} 分）`}`
      : '待测评';
    return {
      postTitle,
      joinedOn,
      education,
      certificate,
      result: found && { label, before: null, total: null, change: null, retained: 0 },
    };
  },
};
