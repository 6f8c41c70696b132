import { placedLabel, type PayLine } from '../../../libs/domain/conversion.ts';
import type { FormCell, FormContract } from '../../../libs/domain/official-form.ts';
import { formatMoney } from '../../../libs/domain/post-grade.ts';
import { answerOf, day, opinion, said, streetOf, WIDTHS } from '../../../libs/domain/form-words.ts';
import { personRows, resultOf } from './form-words.ts';

export const surveyForm: FormContract = {
  title: '摸底登记表',
  after: ['survey'],
  build: (facts) => {
    const [survey, evidence] = [answerOf(facts, 'survey'), answerOf(facts, 'evidence')];
    return {
      title: '社区工作者摸底登记表',
      number: facts.caseNo,
      head: [`用人单位：${streetOf(facts)}`, `基准日：${day(facts.listed?.cutOffOn)}`],
      blocks: [
        {
          grid: {
            widths: WIDTHS,
            rows: [
              ...personRows(facts),
              [{ label: '证据和\n说　明' }, { text: survey?.words.remark ?? '与花名册和证明材料一致。', span: 5, left: true }],
              [{ label: '补正材料' }, { text: evidence?.words.evidence ?? '无', span: 5, left: true }],
              [{ label: '社　　区\n党 组 织\n核对意见' }, opinion(survey, `${survey?.verdict ?? ''}。`, '（盖章）　负责人签名：')],
            ],
          },
        },
      ],
      copies: '年限、学历、职业资格以基准日为准；证据不一致的，以能够证明的最晚日期为准。',
    };
  },
};

export const certificationForm: FormContract = {
  title: '认定审批表',
  after: ['preliminary', 'review', 'approval'],
  build: (facts) => {
    const [preliminary, review, appeal, approval] = (['preliminary', 'review', 'appealAnswer', 'approval'] as const).map((stage) =>
      answerOf(facts, stage),
    );
    const result = resultOf(facts);
    return {
      title: '社区工作者认定审批表',
      number: facts.caseNo,
      head: [`用人单位：${streetOf(facts)}`, `批次：${facts.listed?.batchNo ?? ''}`],
      blocks: [
        {
          grid: {
            widths: WIDTHS,
            rows: [
              ...personRows(facts),
              [
                { label: '拟定岗位\n等级档次' },
                { text: result?.label ?? '', span: 3 },
                { label: '基 准 日' },
                { text: day(facts.listed?.cutOffOn) },
              ],
              [{ label: '街　　道\n初步认定\n意　　见' }, opinion(preliminary, said(preliminary), '（盖章）　负责人签名：')],
              [{ label: '组织考察\n意　　见' }, opinion(review, said(review), '（盖章）　考察组组长签名：')],
              ...(appeal ? [[{ label: '复核结论' }, opinion(appeal, said(appeal), '（盖章）　负责人签名：')] satisfies FormCell[]] : []),
              [{ label: '县（区）委\n组 织 部\n审批意见' }, opinion(approval, said(approval), '（盖章）　负责人签名：')],
              [{ label: '备　　注' }, { text: facts.listed?.reason ?? '无', span: 5, left: true }],
            ],
          },
        },
      ],
      copies: '本表一式三份：用人单位、县（区）委组织部、本人档案各一份。',
    };
  },
};

const payRows: readonly [string, keyof PayLine][] = [
  ['岗位工资', 'postPay'],
  ['等级档次工资', 'gradePay'],
  ['绩效工资', 'performance'],
  ['学历津贴', 'educationAllowance'],
  ['职业资格津贴', 'certificateAllowance'],
  ['补足到保底标准', 'topUp'],
  ['保留差额', 'retained'],
  ['合　　计', 'total'],
];

/** Before, after and the difference, line by line: falls are as plain as rises. */
function payTable(before: PayLine | null, after: PayLine): FormCell[][] {
  const money = (amount: number) => formatMoney(amount);
  return [
    [{ label: '项目（元／月）', span: 2 }, { label: '套改前' }, { label: '套改后' }, { label: '增减', span: 2 }],
    ...payRows.map(([title, key]): FormCell[] => [
      { label: title, span: 2 },
      { text: before ? money(before[key]) : '—' },
      { text: money(after[key]) },
      { text: before ? money(after[key] - before[key]) : '—', span: 2 },
    ]),
  ];
}

export const conversionForm: FormContract = {
  title: '套改审批表',
  after: ['computation'],
  build: (facts) => {
    const [computation, confirm, approval] = (['computation', 'confirm', 'approval'] as const).map((stage) => answerOf(facts, stage));
    const result = resultOf(facts);
    const paid = facts.caused.pay ?? facts.caused['post-grade-step'];
    const steps = result?.steps;
    return {
      title: '社区工作者岗位等级套改审批表',
      number: facts.caseNo,
      head: [`用人单位：${streetOf(facts)}`, `基准日：${day(facts.listed?.cutOffOn)}`],
      blocks: [
        {
          grid: {
            widths: WIDTHS,
            rows: [
              ...personRows(facts),
              [
                { label: '套 改 前' },
                { text: placedLabel(result?.inputs.placed ?? null) ?? '未定级', span: 2 },
                { label: '套 改 后' },
                { text: `${result?.label ?? ''}${paid ? `（自${day(paid.fromOn)}起）` : ''}`, span: 2 },
              ],
              [
                { label: '档次计算' },
                {
                  text: steps
                    ? `满 ${result.inputs.years} 年，年限 ${steps.seniority} 档，学历 ${steps.education} 档，职业资格 ${steps.certificate} 档${steps.capped ? '，达到本岗位最高档' : ''}。`
                    : '',
                  span: 5,
                  left: true,
                },
              ],
              ...(result ? payTable(result.before, result.after) : []),
              [{ label: '测算核对' }, opinion(computation, said(computation), '核对人签名：')],
              [{ label: '本人确认' }, opinion(confirm, `${confirm?.verdict ?? ''}。${confirm?.words.remark ?? ''}`, '本人签名：')],
              [{ label: '审批意见' }, opinion(approval, said(approval), '（盖章）　负责人签名：')],
            ],
          },
        },
      ],
      copies: '薪酬按本批次所用标准测算；保证性薪酬不低于套改前，差额予以保留，随以后增资逐步冲销。',
    };
  },
};
