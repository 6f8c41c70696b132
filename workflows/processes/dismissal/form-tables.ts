import { answerOf, day, opinion, personHead, postOf, said, streetOf, termOf, WIDTHS } from '../../../libs/domain/form-words.ts';
import type { FormCell, FormContract, FormFacts } from '../../../libs/domain/official-form.ts';
import { formatMoney } from '../../../libs/domain/post-grade.ts';
import { failingYears, heldEnd } from './form-words.ts';
import { owedBy, workingOf } from './severance-form.ts';

/** Who it is about, with post and contract. */
const personRows = (facts: FormFacts): FormCell[][] => [
  ...personHead(facts),
  [
    { label: '所在社区' },
    { text: facts.units.community ?? '' },
    { label: '岗　　位' },
    { text: postOf(facts).title },
    { label: '学　　历' },
    { text: facts.person.education ?? '' },
  ],
  [{ label: '合同期限' }, { text: termOf(facts), span: 5 }],
];
const wide = (label: string, text: string | undefined): FormCell[] => [{ label }, { text: text ?? '', span: 5, left: true }];

export const talkForm: FormContract = {
  title: '谈话记录',
  after: ['warning'],
  build: (facts) => {
    const talk = answerOf(facts, 'warning');
    return {
      title: '社区工作者年度考核不合格告诫谈话记录',
      number: facts.caseNo,
      head: [`用人单位：${streetOf(facts)}`, `谈话日期：${day(talk?.values.talkedOn as string | undefined)}`],
      blocks: [
        {
          grid: {
            widths: WIDTHS,
            rows: [
              ...personRows(facts),
              [
                { label: '考核结果' },
                { text: `${String(facts.input.year)} 年度不合格`, span: 3 },
                { label: '谈 话 人' },
                { text: talk?.words.talkedBy ?? '' },
              ],
              wide('存在的\n问　题', talk?.words.matters),
              wide('改进目标\n和 措 施', talk?.words.plan),
              wide('本人表态', talk?.words.said ?? '无'),
              [
                { label: '签　　字' },
                opinion(
                  talk,
                  `${talk?.verdict ?? ''}。${talk?.words.witnesses ? `见证人：${talk.words.witnesses}。` : ''}`,
                  '谈话对象签名：　　　　　　谈话人签名：',
                ),
              ],
            ],
          },
        },
      ],
      copies: '本记录一式二份：用人单位、本人各一份。本人拒绝签字的，由两名见证人签名。',
    };
  },
};

export const trainingForm: FormContract = {
  title: '培训（调整岗位）记录',
  after: ['training'],
  build: (facts) => {
    const training = answerOf(facts, 'training');
    return {
      title: '社区工作者培训（调整岗位）记录',
      number: facts.caseNo,
      head: [`用人单位：${streetOf(facts)}`, `填表日期：${day(training?.on)}`],
      blocks: [
        {
          grid: {
            widths: WIDTHS,
            rows: [
              ...personRows(facts),
              [
                { label: '措　　施' },
                { text: training?.verdict ?? '' },
                { label: '开始日期' },
                { text: day(training?.values.fromOn as string | undefined) },
                { label: '结束日期' },
                { text: day(training?.values.toOn as string | undefined) },
              ],
              wide('内　　容', training?.words.content),
              wide('证　　据', training?.words.evidence),
              [{ label: '确　　认' }, opinion(training, '以上情况属实。', '本人签名：　　　　　　经办人签名：')],
            ],
          },
        },
      ],
      copies: '不能胜任工作，经过培训或者调整工作岗位（劳动合同法第四十条第二项）的证据，随卷保存。',
    };
  },
};

export const reviewForm: FormContract = {
  title: '改进情况复查表',
  after: ['midyear'],
  build: (facts) => {
    const [talk, review] = [answerOf(facts, 'warning'), answerOf(facts, 'midyear')];
    return {
      title: '社区工作者改进情况复查表',
      number: facts.caseNo,
      head: [`用人单位：${streetOf(facts)}`, `复查日期：${day(review?.on)}`],
      blocks: [
        {
          grid: {
            widths: WIDTHS,
            rows: [
              ...personRows(facts),
              wide('改进目标\n和 措 施', talk?.words.plan ?? '没有谈话记录'),
              [
                { label: '培训调岗' },
                { text: review?.words.carriedOut ?? '', span: 2 },
                { label: '改进情况' },
                { text: review?.verdict ?? '', span: 2 },
              ],
              [{ label: '复查情况' }, opinion(review, review?.words.findings ?? '', '复查人签名：　　　　　　本人签名：')],
            ],
          },
        },
      ],
    };
  },
};

/** How the committee voted: asked, voted, for, against, abstaining. */
function voted(facts: FormFacts): string {
  const votes = facts.answers.committee ?? [];
  if (votes.length === 0) return '';
  const count = (verdict: string) => votes.filter(({ values }) => values.result === verdict).length;
  const asked = facts.members.committee ?? votes.length;
  const resolved = count('pass') > asked / 2 ? '决定解聘' : '未通过解聘';
  return `经街道党（工）委集体研究，应到 ${asked} 人，已表决 ${votes.length} 人，同意 ${count('pass')} 人，不同意 ${count('fail')} 人，弃权 ${count('abstain')} 人。${resolved}。`;
}

export const approvalForm: FormContract = {
  title: '解聘呈报（审批）表',
  after: ['eligibility', 'legal', 'committee', 'county'],
  build: (facts) => {
    const [found, legal, proposal, statement, union, reply, committee, county] = (
      ['eligibility', 'legal', 'proposal', 'statement', 'union', 'unionReply', 'committee', 'county'] as const
    ).map((stage) => answerOf(facts, stage));
    return {
      title: '社区工作者解聘呈报（审批）表',
      number: county?.words.docNo ?? facts.caseNo,
      head: [`用人单位：${streetOf(facts)}`, `填表日期：${day(found?.on ?? facts.startedOn)}`],
      blocks: [
        {
          grid: {
            widths: WIDTHS,
            rows: [
              ...personRows(facts),
              [
                { label: '考核结果' },
                { text: failingYears(facts), span: 2 },
                { label: '用工形式' },
                { text: found?.words.employmentForm ?? '', span: 2 },
              ],
              wide('条件核查', found ? `${found.verdict ?? ''}。${found.words.findings ?? ''}` : ''),
              wide('事实理由', proposal ? `${proposal.words.facts ?? ''}${proposal.words.reasons ?? ''}` : ''),
              wide(
                '本人陈述',
                statement ? (statement.words.statement ?? `${statement.verdict ?? ''}。`) : proposal ? '期限内没有陈述。' : '',
              ),
              [{ label: '合 法 性\n审核意见' }, opinion(legal, said(legal), '（盖章）　审核人签名：')],
              [
                { label: '工会意见' },
                opinion(union, `${said(union)}${reply ? `研究答复：${reply.verdict ?? ''}。` : ''}`, '（盖章）　负责人签名：'),
              ],
              [{ label: '街道党工委\n意　　见' }, opinion(committee, voted(facts), '（盖章）　负责人签名：')],
              [{ label: '县（区）委\n组 织 部\n审查意见' }, opinion(county, said(county), '（盖章）　负责人签名：')],
            ],
          },
        },
      ],
      copies: '本表一式三份：用人单位、县（区）委组织部、本人档案各一份。',
    };
  },
};

export const severanceForm: FormContract = {
  title: '经济补偿计算表',
  after: ['severance'],
  build: (facts) => {
    const answer = answerOf(facts, 'severance');
    const end = heldEnd(facts);
    const owed = answer && end ? owedBy(answer.values, { ...end, employmentForm: answer.values.employmentForm }) : null;
    const yuan = (amount: number | undefined) => (amount === undefined ? '' : `${formatMoney(amount)} 元`);
    const pair = (label: string, text: string, other: string, otherText: string): FormCell[] => [
      { label },
      { text, span: 2 },
      { label: other },
      { text: otherText, span: 2 },
    ];
    return {
      title: '解除劳动合同经济补偿计算表',
      number: facts.caseNo,
      head: [`用人单位：${streetOf(facts)}`, `计算日期：${day(answer?.on)}`],
      blocks: [
        {
          grid: {
            widths: WIDTHS,
            rows: [
              ...personRows(facts),
              pair('工作起始', day(answer?.values.startedOn as string | undefined), '解除日期', day(end?.lastOn)),
              pair(
                '工作年限',
                owed ? `折合 ${owed.severance.halfYears / 2} 个月工资` : '',
                '计发月数',
                owed ? `${owed.severance.paidHalfYears / 2}` : '',
              ),
              pair(
                '应得工资\n合　　计',
                answer ? `${answer.words.paidTotal ?? ''} 元（${answer.words.paidMonths ?? ''} 个月）` : '',
                '月平均工资',
                yuan(owed?.severance.average),
              ),
              pair(
                '上年度职工\n月平均工资',
                answer ? `${answer.words.cityAverage ?? ''} 元` : '',
                '最低工资',
                answer ? `${answer.words.minimumWage ?? ''} 元` : '',
              ),
              pair('计发基数', yuan(owed?.severance.base), '三倍封顶', owed ? (owed.severance.capped ? '是' : '否') : ''),
              wide(
                '计　　算',
                owed
                  ? owed.due === 0
                    ? '公益性岗位，不支付经济补偿（劳动合同法实施条例第十二条）。'
                    : `${workingOf(owed.severance)}。`
                  : '',
              ),
              pair('经济补偿', yuan(owed?.due), '代通知金', yuan(owed?.inLieu)),
              pair('应付合计', yuan(owed ? owed.due + owed.inLieu : undefined), '经 办 人', answer?.who ?? ''),
              [{ label: '本人确认' }, opinion(answer, '', '本人签名：')],
            ],
          },
        },
      ],
      copies: '依据：劳动合同法第四十七条，劳动合同法实施条例第二十、二十七条。办结工作交接时支付。',
    };
  },
};

export const handoverForm: FormContract = {
  title: '工作交接单',
  after: ['handover'],
  build: (facts) => {
    const handover = answerOf(facts, 'handover');
    return {
      title: '社区工作者工作交接单',
      number: facts.caseNo,
      head: [`用人单位：${streetOf(facts)}`, `交接日期：${day(handover?.values.handedOn as string | undefined)}`],
      blocks: [
        {
          grid: {
            widths: WIDTHS,
            rows: [
              ...personRows(facts),
              wide('交接事项', handover?.words.items),
              [
                { label: '接 收 人' },
                { text: handover?.words.receiver ?? '', span: 2 },
                { label: '支付日期' },
                { text: day(handover?.values.paidOn as string | undefined) || '无应付款项', span: 2 },
              ],
              wide('支付凭证', handover?.words.proof ?? '无'),
              [{ label: '签　　字' }, opinion(handover, '以上事项已交接清楚。', '移交人：　　　　接收人：　　　　监交人：')],
            ],
          },
        },
      ],
    };
  },
};
