import { answerOf, day, opinion, personHead, postOf, streetOf, termOf, WIDTHS } from '../../../libs/domain/form-words.ts';
import type { FormAnswer, FormCell, FormContract, FormFacts } from '../../../libs/domain/official-form.ts';
import { probationOf } from './form-words.ts';

const SCORED = ['political', 'skill', 'work', 'residents', 'discipline'] as const;
const scoreOf = (answer: FormAnswer | undefined): string =>
  answer ? `${SCORED.reduce((sum, field) => sum + Number(answer.values[field] ?? 0), 0)} 分` : '';

/** The head of both tables: who it is about. Six columns. */
function personRows(facts: FormFacts): FormCell[][] {
  const { person, units } = facts;
  return [
    ...personHead(facts),
    [
      { label: '学　　历' },
      { text: person.education ?? '' },
      { label: '所在社区' },
      { text: units.community ?? '' },
      { label: '岗　　位' },
      { text: postOf(facts).title },
    ],
    [
      { label: '合同期限' },
      { text: termOf(facts), span: 3 },
      { label: '帮带导师' },
      { text: answerOf(facts, 'mentor')?.words.mentorId ?? '' },
    ],
  ];
}

/** How the committee voted, and what it resolved. */
function resolution(facts: FormFacts): string {
  const votes = facts.answers.committee ?? [];
  if (votes.length === 0) return '';
  const count = (verdict: string) => votes.filter(({ values }) => values.result === verdict).length;
  const [passed, failed] = [count('pass'), count('fail')];
  const asked = facts.members.committee ?? votes.length;
  const resolved = passed > asked / 2 ? '同意按期转正' : '认定试用期不符合录用条件，依法解除劳动合同';
  const reasons = passed > asked / 2 ? '' : `理由：${votes.find(({ words }) => words.reasons)?.words.reasons ?? ''}`;
  return `经街道党（工）委研究，应到 ${asked} 人，已表决 ${votes.length} 人，同意 ${passed} 人，不同意 ${failed} 人。${resolved}。${reasons}`;
}

/** 备注: what is out of the ordinary about how it was handled; said when there was nothing too. */
function remarks({ answers, outcome }: FormFacts): string {
  const given = Object.values(answers).flat();
  const rounds = Math.max(0, ...given.map(({ round }) => round - 1));
  const instead = given.filter(({ actingFor }) => actingFor).map(({ who, actingFor }) => `${who}代${actingFor}办理`);
  const lines = [rounds > 0 ? `退回重办 ${rounds} 次` : '无退回', instead.length > 0 ? [...new Set(instead)].join('、') : '无代理办理'];
  return `${lines.join('，')}。${outcome === 'converted' ? '试用期满未作结论，依法自动转正。' : ''}`;
}

export const approvalForm: FormContract = {
  title: '转正审批表',
  after: ['community', 'committee', 'filing'],
  build: (facts) => {
    const [summary, community, mentor, street, committee, filing] = (
      ['summary', 'community', 'mentorOpinion', 'street', 'committee', 'filing'] as const
    ).map((stage) => answerOf(facts, stage));
    const placed = facts.caused['post-grade-step'];
    const scores = street ? SCORED.map((field) => street.words[field] && `${street.words[field]} 分`) : [];
    return {
      title: '社区工作者试用期转正审批表',
      number: filing?.words.docNo ?? facts.caseNo,
      head: [`用人单位：${streetOf(facts)}`, `填表日期：${day(summary?.on ?? facts.startedOn)}`],
      blocks: [
        {
          grid: {
            widths: WIDTHS,
            rows: [
              ...personRows(facts),
              [{ label: '试 用 期' }, { text: probationOf(facts), span: 3 }, { label: '考核得分' }, { text: scoreOf(street) }],
              [
                { label: '岗位等级\n档　　次' },
                { text: placed ? `${placed.title}（自${day(placed.fromOn)}起）` : `${postOf(facts).post}，转正时定级`, span: 3 },
                { label: '考核结果' },
                { text: street?.verdict ?? '' },
              ],
              [{ label: '本人总结\n（摘要）' }, opinion(summary, brief(summary?.words.work), '本人签名：')],
              [{ label: '社　　区\n党 组 织\n意　　见' }, opinion(community, said(community), '负责人签名：')],
              [{ label: '帮带导师\n意　　见' }, opinion(mentor, said(mentor), '导师签名：')],
              [
                { label: '街　　道\n考核意见' },
                opinion(
                  street,
                  `经考核，政治素质 ${scores[0]}、业务能力 ${scores[1]}、工作实绩 ${scores[2]}、群众评价 ${scores[3]}、遵纪守规 ${scores[4]}，合计 ${scoreOf(street)}。${said(street)}`,
                  '考核人签名：',
                ),
              ],
              [{ label: '街道党工委\n意　　见' }, opinion(committee, resolution(facts), '（盖章）　负责人签名：')],
              [
                { label: '县（区）委\n组 织 部\n备案意见' },
                opinion(filing, filing ? `${filing.verdict}。${filing.words.opinion ?? ''}` : '', `（盖章）　经办人：${filing?.who ?? ''}`),
              ],
              [{ label: '备　　注' }, { text: remarks(facts), span: 5, left: true }],
            ],
          },
        },
      ],
      copies: '本表一式三份：用人单位、县（区）委组织部、本人档案各一份。',
    };
  },
};
const brief = (words: string | undefined): string =>
  words && words.length > 160 ? `${words.slice(0, 150)}……（全文见考核表）` : (words ?? '');
const said = (answer: FormAnswer | undefined): string => (answer ? `${answer.words.opinion ?? ''}意见：${answer.verdict}。` : '');

export const appraisalForm: FormContract = {
  title: '试用期考核表',
  after: ['midpoint', 'summary', 'street'],
  build: (facts) => {
    const [midpoint, summary, street] = (['midpoint', 'summary', 'street'] as const).map((stage) => answerOf(facts, stage));
    return {
      title: '社区工作者试用期考核表',
      number: facts.caseNo,
      head: [`用人单位：${streetOf(facts)}`, `试用期：${probationOf(facts)}`],
      blocks: [
        {
          grid: {
            widths: WIDTHS,
            rows: [
              ...personRows(facts),
              [
                { label: '中期检查' },
                opinion(midpoint, midpoint ? `${midpoint.verdict}。${midpoint.words.findings ?? ''}` : '', '检查人签名：'),
              ],
              [{ label: '试 用 期\n工作总结' }, opinion(summary, summary?.words.work ?? '', '本人签名：')],
              [{ label: '不 足 与\n打　　算' }, { text: summary?.words.shortcomings ?? '', span: 5, left: true }],
              [
                { label: '考核项目' },
                { label: '政治素质' },
                { label: '业务能力' },
                { label: '工作实绩' },
                { label: '群众评价' },
                { label: '遵纪守规' },
              ],
              [{ label: '满　　分' }, ...['20', '25', '25', '20', '10'].map((text) => ({ text }))],
              [{ label: '得　　分' }, ...SCORED.map((field) => ({ text: street?.words[field] ?? '' }))],
              [{ label: '合　　计' }, { text: scoreOf(street), span: 2 }, { label: '考核结果' }, { text: street?.verdict ?? '', span: 2 }],
              [
                { label: '考核意见' },
                opinion(
                  street,
                  street ? `${day(String(street.values.talkedOn))}进行考核谈话。${street.words.opinion ?? ''}` : '',
                  '考核人签名：',
                ),
              ],
            ],
          },
        },
      ],
    };
  },
};
