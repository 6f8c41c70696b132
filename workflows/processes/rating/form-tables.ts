import { answerOf, day, opinion, personHead, said, streetOf, WIDTHS } from '../../../libs/domain/form-words.ts';
import type { FormAnswer, FormCell, FormContract } from '../../../libs/domain/official-form.ts';
import { ratingWords, resultOf, rosterOf, scoreWords, yearWords } from './form-words.ts';

const decided = (answer: FormAnswer | undefined): string => (answer ? said(answer) : '');
const box = (label: string, answer: FormAnswer | undefined, signed: string): FormCell[] => [
  { label },
  opinion(answer, decided(answer), signed),
];

export const yearForm: FormContract = {
  title: '年度考核登记表',
  after: ['selfReport', 'scoring', 'committee', 'review'],
  build: (facts) => {
    const [report, scoring, committee, review, recheck] = (['selfReport', 'scoring', 'committee', 'review', 'recheck'] as const).map(
      (stage) => answerOf(facts, stage),
    );
    const roster = rosterOf(facts);
    const host = resultOf(facts)?.hostOpinion;
    return {
      title: `社区工作者${yearWords(facts)}考核登记表`,
      number: facts.caseNo,
      head: [`用人单位：${streetOf(facts)}`, `年度：${yearWords(facts)}`],
      blocks: [
        {
          grid: {
            widths: WIDTHS,
            rows: [
              ...personHead(facts),
              [
                { label: '所在社区' },
                { text: facts.units.community ?? '' },
                { label: '现任职务' },
                { text: roster?.postTitle ?? '' },
                { label: '在岗起始' },
                { text: day(roster?.workedFrom) },
              ],
              [{ label: '个人述职' }, { text: report?.words.duties ?? '未按时提交，按平时工作情况考核。', span: 5, left: true }],
              [{ label: '突出成绩' }, { text: report?.words.results ?? '无', span: 5, left: true }],
              [{ label: '不　　足\n改进打算' }, { text: report?.words.shortcomings ?? '', span: 5, left: true }],
              [{ label: '测评得分' }, { text: scoreWords(facts), span: 5, left: true }],
              ...(host ? [[{ label: '跟岗单位\n意　　见' }, { text: host, span: 5, left: true }] satisfies FormCell[]] : []),
              box('街　　道\n评定意见', scoring, '（盖章）　负责人签名：'),
              box('党(工)委\n审定意见', committee, '（盖章）　负责人签名：'),
              box('县（区）\n审核意见', review, '（盖章）　负责人签名：'),
              ...(recheck ? [box('异议核定', recheck, '（盖章）　负责人签名：')] : []),
              [{ label: '考核等次' }, { text: ratingWords(facts), span: 5 }],
            ],
          },
        },
      ],
      copies: '本表一式三份：用人单位、县（区）委组织部、本人档案各一份。',
    };
  },
};
