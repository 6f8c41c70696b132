import { addDays, formatDate, type IsoDate } from '../../../libs/domain/dates.ts';
import type { FormAnswer, FormCell, FormContract, FormFacts } from '../../../libs/domain/official-form.ts';
import { contractKindTitles, type ContractKind } from '../../../libs/domain/person.ts';
import { postLabel, type Post } from '../../../libs/domain/post-grade.ts';
import { probationEnds, type Suspension } from './policy.ts';

const answerOf = ({ answers }: FormFacts, stage: string): FormAnswer | undefined => answers[stage]?.[0];
const day = (on: IsoDate | null | undefined): string => (on ? formatDate(on) : '');
const streetOf = ({ units }: FormFacts): string => `${units.county ?? ''}${units.street ?? ''}`;
const lastDayOf = ({ input, events }: FormFacts): IsoDate =>
  probationEnds(String(input.startedOn), Number(input.probationMonths), events.suspend?.values as unknown as Suspension | undefined);
const probationOf = (facts: FormFacts): string => `${day(String(facts.input.startedOn))}至${day(lastDayOf(facts))}`;
const SCORED = ['political', 'skill', 'work', 'residents', 'discipline'] as const;
const scoreOf = (answer: FormAnswer | undefined): string =>
  answer ? `${SCORED.reduce((sum, field) => sum + Number(answer.values[field] ?? 0), 0)} 分` : '';

function termOf({ person }: FormFacts): string {
  const term = person.facts.contract?.value as { startsOn: string; endsOn: string | null } | undefined;
  return term ? `${day(term.startsOn)}至${term.endsOn ? day(term.endsOn) : '无固定期限'}` : '';
}

function postOf({ person }: FormFacts): { title: string; post: string } {
  const value = person.facts.employment?.value as { postTitle: string; post: Post } | undefined;
  return { title: value?.postTitle ?? '', post: value ? postLabel(value.post) : '' };
}

/** An opinion in its box; before it was given the box is empty, for ink. */
const opinion = (answer: FormAnswer | undefined, words: string, signed: string): FormCell => ({
  span: 5,
  opinion: { words: answer ? words : '', signed, on: answer?.on ?? null },
});

/** The head of both tables: who it is about. Six columns. */
function personRows(facts: FormFacts): FormCell[][] {
  const { person, units } = facts;
  return [
    [
      { label: '姓　　名' },
      { text: person.name },
      { label: '性　　别' },
      { text: person.sex },
      { label: '出生年月' },
      { text: monthOf(person.bornOn) },
    ],
    [{ label: '身份证号' }, { text: person.idNoMasked, span: 3 }, { label: '政治面貌' }, { text: person.politicalStatus ?? '' }],
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
const monthOf = (on: IsoDate): string => `${Number(on.slice(0, 4))}年${Number(on.slice(5, 7))}月`;
const WIDTHS = [15, 19, 14, 19, 14, 19] as const;

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

const approvalForm: FormContract = {
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

const appraisalForm: FormContract = {
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

const conditionsForm: FormContract = {
  title: '录用条件确认书',
  after: ['conditions'],
  build: (facts) => {
    const answer = answerOf(facts, 'conditions');
    const term = facts.person.facts.contract?.value as { kind: ContractKind } | undefined;
    return {
      title: '录用条件确认书',
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            to: `${streetOf(facts)}：`,
            paragraphs: [
              `本人${facts.person.name}，${facts.person.sex}，身份证号${facts.person.idNoMasked}，应聘${facts.units.community ?? ''}${postOf(facts).title}岗位（${postOf(facts).post}），合同期限${termOf(facts)}${term ? `（${contractKindTitles[term.kind]}）` : ''}，其中试用期${probationOf(facts)}。`,
              '用人单位已向本人书面告知该岗位的录用条件、考核办法、工作内容、劳动报酬和规章制度，并说明试用期内被证明不符合录用条件的，用人单位可以依照《中华人民共和国劳动合同法》第三十九条第一项解除劳动合同。',
              answer ? `本人确认：${answer.words.acknowledged ?? ''}。` : '',
              answer?.words.remark ? `需要说明的情况：${answer.words.remark}` : '',
            ].filter(Boolean),
            from: '确认人（签名）：',
            on: answer?.on ?? null,
          },
        },
      ],
      copies: '本确认书一式两份：用人单位、本人各一份。',
    };
  },
};

const passNotice: FormContract = {
  title: '转正通知书',
  after: ['filing'],
  build: (facts) => {
    const [filing, placed] = [answerOf(facts, 'filing'), facts.caused['post-grade-step']];
    const from = facts.caused.employment?.fromOn ?? addDays(lastDayOf(facts), 1);
    return {
      title: '试用期转正通知书',
      number: filing?.words.docNo ?? facts.caseNo,
      blocks: [
        {
          letter: {
            to: `${facts.person.name}同志：`,
            paragraphs: [
              `你的试用期为${probationOf(facts)}。经考核并报${facts.units.county ?? ''}委组织部备案，现通知你自${day(from)}起转为正式聘用。`,
              placed
                ? `岗位等级档次定为${placed.title}，自${day(placed.fromOn)}起执行。试用期薪酬已按正式聘用标准全额发放，转正后不作调整。`
                : '',
              '如对上述内容有疑问，请在收到本通知之日起向所在街道提出。',
            ].filter(Boolean),
            from: `${streetOf(facts)}（盖章）`,
            on: filing?.on ?? null,
          },
        },
        {
          receipt: {
            title: '送 达 回 执',
            paragraphs: [`本人已收到《试用期转正通知书》（编号：${filing?.words.docNo ?? facts.caseNo}）。`],
            signed: '收件人签名：　　　　　　　　　年　　月　　日',
          },
        },
      ],
    };
  },
};

const terminationNotice: FormContract = {
  title: '试用期解除通知书',
  after: ['committee', 'service'],
  build: (facts) => {
    const [service, union] = [answerOf(facts, 'service'), answerOf(facts, 'union')];
    const reasons = facts.answers.committee?.find(({ words }) => words.reasons)?.words.reasons ?? '';
    return {
      title: '试用期解除劳动合同通知书',
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            to: `${facts.person.name}同志：`,
            paragraphs: [
              `你与本单位订立的劳动合同期限为${termOf(facts)}，试用期为${probationOf(facts)}。经考核，你在试用期内被证明不符合录用条件：${reasons}`,
              `本单位已将解除理由事先通知工会${union ? `，工会于${day(union.on)}答复：${union.verdict}` : ''}。依照《中华人民共和国劳动合同法》第三十九条第一项、第二十一条的规定，现决定与你解除劳动合同，自本通知送达之日起生效。`,
              '请于十五日内办理工作交接。本单位将依照第五十条的规定出具解除劳动合同的证明，并在十五日内为你办理档案和社会保险关系转移手续。',
              '如有异议，可以自知道或者应当知道权利被侵害之日起一年内，依法向劳动人事争议仲裁委员会申请仲裁。',
            ],
            from: `${streetOf(facts)}（盖章）`,
            on: service ? String(service.values.servedOn) : null,
          },
        },
        {
          receipt: {
            title: '送 达 回 证',
            paragraphs: service
              ? [
                  `送达日期：${day(String(service.values.servedOn))}　　送达方式：${service.words.how ?? ''}`,
                  `送达证明：${service.words.proof ?? ''}`,
                ]
              : ['送达日期：　　　年　　月　　日　　送达方式：'],
            signed: '受送达人签名：　　　　　　　　　送达人签名：　　　　　　　　',
          },
        },
      ],
    };
  },
};

const unionLetter: FormContract = {
  title: '工会意见函',
  after: ['union'],
  build: (facts) => {
    const union = answerOf(facts, 'union');
    const reasons = facts.answers.committee?.find(({ words }) => words.reasons)?.words.reasons ?? '';
    return {
      title: '工会意见函',
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            to: `${streetOf(facts)}：`,
            paragraphs: [
              `你单位关于拟与${facts.person.name}同志解除劳动合同的理由收悉（${reasons}）。依照《中华人民共和国劳动合同法》第四十三条、《中华人民共和国工会法》第二十二条的规定，经研究，答复如下：`,
              union ? `${union.verdict}。${union.words.opinion ?? ''}` : '',
            ].filter(Boolean),
            from: `${facts.units.street ?? ''}工会（盖章）`,
            on: union?.on ?? null,
          },
        },
      ],
    };
  },
};

const leavingCertificate: FormContract = {
  title: '离职证明',
  after: ['certificate'],
  build: (facts) => {
    const certificate = answerOf(facts, 'certificate');
    const ended = facts.caused.employment;
    const joined = (facts.person.facts.employment?.value as { joinedOn?: string } | undefined)?.joinedOn;
    return {
      title: '解除（终止）劳动合同证明书',
      number: facts.caseNo,
      blocks: [
        {
          letter: {
            paragraphs: [
              `兹证明${facts.person.name}（身份证号${facts.person.idNoMasked}）与本单位订立的劳动合同期限为${termOf(facts)}，工作岗位为${facts.units.community ?? ''}${postOf(facts).title}，自${day(joined)}起在本单位工作，劳动合同已于${ended ? day(addDays(ended.fromOn, -1)) : ''}${facts.outcome === 'resigned' ? '因本人提出' : '依法'}解除。`,
              '本证明依照《中华人民共和国劳动合同法》第五十条、《中华人民共和国劳动合同法实施条例》第二十四条出具。',
              certificate ? `档案和社会保险关系已于${day(String(certificate.values.transferredOn))}办理转移。` : '',
            ].filter(Boolean),
            from: `${streetOf(facts)}（盖章）`,
            on: certificate ? String(certificate.values.issuedOn) : null,
          },
        },
      ],
      copies: '本证明一式三份：用人单位、本人、本人档案各一份。',
    };
  },
};

/** The forms of P3 (domain: 录用条件确认书, 试用期考核表, 转正审批表, 试用期解除通知书, 工会意见函, 离职证明), and the notice of a passed probation. */
export const forms = {
  conditions: conditionsForm,
  appraisal: appraisalForm,
  approval: approvalForm,
  passed: passNotice,
  union: unionLetter,
  termination: terminationNotice,
  certificate: leavingCertificate,
} satisfies Record<string, FormContract>;
