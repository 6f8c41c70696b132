import { answerOf, day, opinion, personHead, postOf, said, streetOf, WIDTHS } from '../../../libs/domain/form-words.ts';
import type { FormCell, FormContract, FormFacts } from '../../../libs/domain/official-form.ts';
import { weeks } from './stages-stay.ts';

const wide = (label: string, words: string | undefined): FormCell[] => [{ label }, { text: words ?? '', span: 5, left: true }];
const hostOf = (facts: FormFacts): string => answerOf(facts, 'match')?.words.hostId ?? '';
const placeRows = (facts: FormFacts): FormCell[][] => [
  [{ label: '所在社区' }, { text: facts.units.community ?? '', span: 2 }, { label: '职　　务' }, { text: postOf(facts).title, span: 2 }],
];
const hostRows = (facts: FormFacts): FormCell[][] => [
  ...placeRows(facts),
  [
    { label: '接收社区' },
    { text: hostOf(facts), span: 2 },
    { label: '报到日期' },
    { text: day(answerOf(facts, 'arrival')?.values.arrivedOn as string | undefined), span: 2 },
  ],
];

export const nominationForm: FormContract = {
  title: '跟岗学习推荐表',
  after: ['nomination'],
  build: (facts) => {
    const [nomination, consent] = [answerOf(facts, 'nomination'), answerOf(facts, 'consent')];
    return {
      title: '社区党组织书记赴东莞跟岗学习推荐表',
      number: facts.caseNo,
      head: [`推荐单位：${streetOf(facts)}`, `选派年度：${String(facts.input.year)}`],
      blocks: [
        {
          grid: {
            widths: WIDTHS,
            rows: [
              ...personHead(facts),
              ...placeRows(facts),
              wide('推荐理由', nomination?.words.reasons),
              [
                { label: '学习意向' },
                { text: nomination?.words.wants ?? '', span: 2 },
                { label: '代理书记' },
                { text: nomination?.words.acting ?? '', span: 2 },
              ],
              [
                { label: '两委意见' },
                opinion(
                  nomination,
                  `经${day(nomination?.values.studiedOn as string | undefined)}集体研究，同意推荐。`,
                  '社区党组织（盖章）',
                ),
              ],
              [{ label: '本人意见' }, opinion(consent, said(consent), '本人签名')],
              [{ label: '县（区）\n审核意见' }, opinion(answerOf(facts, 'review'), said(answerOf(facts, 'review')), '组织部（盖章）')],
              [
                { label: '市　级\n审批意见' },
                opinion(answerOf(facts, 'approval'), said(answerOf(facts, 'approval')), '市委组织部（盖章）'),
              ],
            ],
          },
        },
      ],
      copies: '本表一式三份：市、县（区）组织部门和街道（乡镇）各一份。',
    };
  },
};

export const planForm: FormContract = {
  title: '跟岗学习计划',
  after: ['plan'],
  outside: true,
  build: (facts) => {
    const plan = answerOf(facts, 'plan');
    return {
      title: '跟岗学习计划',
      number: facts.caseNo,
      blocks: [
        {
          grid: {
            widths: WIDTHS,
            rows: [
              [{ label: '姓　　名' }, { text: facts.person.name, span: 5 }],
              ...hostRows(facts),
              wide('学习目标', plan?.words.goals),
              wide('学习安排', plan?.words.steps),
              wide('支持事项', plan?.words.wanted ?? '无'),
              [{ label: '带 教 人' }, { text: answerOf(facts, 'acceptance')?.words.mentor ?? '', span: 5 }],
            ],
          },
        },
      ],
    };
  },
};

export const logForm: FormContract = {
  title: '跟岗学习周记录',
  after: weeks,
  outside: true,
  build: (facts) => ({
    title: '跟岗学习周记录',
    number: facts.caseNo,
    head: [`姓名：${facts.person.name}`, `接收社区：${hostOf(facts)}`],
    blocks: [
      {
        grid: {
          widths: [14, 16, 35, 35],
          rows: [
            [{ label: '周　　次' }, { label: '填写日期' }, { label: '本周工作' }, { label: '学习收获' }],
            ...weeks.flatMap((stage, i): FormCell[][] => {
              const log = answerOf(facts, stage);
              return log
                ? [
                    [
                      { text: `第 ${i + 1} 周` },
                      { text: day(log.on) },
                      { text: log.words.done ?? '', left: true },
                      { text: log.words.learned ?? '', left: true },
                    ],
                  ]
                : [];
            }),
          ],
        },
      },
    ],
  }),
};

export const appraisalForm: FormContract = {
  title: '跟岗学习鉴定表',
  after: ['appraisal'],
  outside: true,
  build: (facts) => {
    const [midterm, appraisal] = [answerOf(facts, 'midterm'), answerOf(facts, 'appraisal')];
    const recall = facts.events.recall;
    return {
      title: '跟岗学习鉴定表',
      number: facts.caseNo,
      blocks: [
        {
          grid: {
            widths: WIDTHS,
            rows: [
              [{ label: '姓　　名' }, { text: facts.person.name, span: 5 }],
              ...hostRows(facts),
              wide('期　　限', recall ? `提前召回，至${day(String(recall.values.lastOn))}` : '期满'),
              wide('中期评价', midterm ? said(midterm) : '没有中期评价'),
              [
                { label: '鉴定等次' },
                { text: appraisal?.verdict ?? '', span: 2 },
                { label: '缺勤天数' },
                { text: String(appraisal?.values.daysAbsent ?? ''), span: 2 },
              ],
              [{ label: '鉴定意见' }, opinion(appraisal, appraisal?.words.opinion ?? '', '接收社区党组织（盖章）')],
            ],
          },
        },
      ],
      copies: '本表一式三份：接收地、派出地组织部门各一份，本人档案一份；期满后两周内填写。',
    };
  },
};

export const followUpForm: FormContract = {
  title: '跟岗学习成果跟踪表',
  after: ['followUp3'],
  build: (facts) => {
    const [first, second] = [answerOf(facts, 'followUp3'), answerOf(facts, 'followUp6')];
    return {
      title: '跟岗学习成果跟踪表',
      number: facts.caseNo,
      blocks: [
        {
          grid: {
            widths: WIDTHS,
            rows: [
              [{ label: '姓　　名' }, { text: facts.person.name, span: 5 }],
              ...hostRows(facts),
              wide('拟推广的\n做　　法', answerOf(facts, 'summary')?.words.measures),
              [{ label: '三 个 月' }, opinion(first, `${first?.verdict ?? ''}。${first?.words.findings ?? ''}`, '组织部（盖章）')],
              [{ label: '六 个 月' }, opinion(second, `${second?.verdict ?? ''}。${second?.words.findings ?? ''}`, '组织部（盖章）')],
            ],
          },
        },
      ],
    };
  },
};
