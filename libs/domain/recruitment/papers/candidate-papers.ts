import { formatAllowance } from '../../calendar.ts';
import { formatDate, lastDayOfTerm, type IsoDate } from '../../dates.ts';
import { personHead, WIDTHS } from '../../form-words.ts';
import type { FormCell, OfficialForm } from '../../official-form.ts';
import type { ExamPlans } from '../announcement.ts';
import type { RecruitmentRules } from '../rules.ts';
import { formatMark, formatScore, type Mark } from '../score.ts';

/** What the papers of one application are filled from. */
export interface CandidatePaper {
  caseNo: string;
  batchTitle: string;
  county: string;
  issuer: string;
  contact: string;
  exams: ExamPlans;
  rules: RecruitmentRules;
  ticketNo: string;
  post: { code: string; title: string; unit: string };
  /** 选岗: the community; null where none was chosen. */
  chosen: string | null;
  person: {
    name: string;
    sex: string;
    bornOn: IsoDate;
    idNoMasked: string;
    politicalStatus: string | null;
    education: string;
    school: string | null;
    major: string | null;
    phone: string;
  };
  written: Mark | null;
  interview: Mark | null;
  total: number | null;
  rank: number | null;
  /** 体检、考察: passed or not, no more. */
  medical: boolean | null;
  review: boolean | null;
  on: IsoDate;
  /** 合同起始日, where it is agreed. */
  startsOn: IsoDate | null;
}

const examRow = (name: string, plan: ExamPlans['written']): FormCell[] => [
  { label: name },
  { text: plan ? `${formatDate(plan.on)} ${plan.from}—${plan.to}` : '另行通知', span: 2 },
  { label: '地点' },
  { text: plan?.place ?? '另行通知', span: 2 },
];

/** 准考证. */
export function ticketPaper({ caseNo, batchTitle, ticketNo, person, post, exams, contact }: CandidatePaper): OfficialForm {
  return {
    title: '准考证',
    number: caseNo,
    head: [batchTitle, ''],
    blocks: [
      {
        grid: {
          widths: WIDTHS,
          rows: [
            [{ label: '准考证号' }, { text: ticketNo, span: 3 }, { label: '性　　别' }, { text: person.sex }],
            [{ label: '姓　　名' }, { text: person.name }, { label: '身份证号' }, { text: person.idNoMasked, span: 3 }],
            [{ label: '报考岗位' }, { text: `${post.code} ${post.title}`, span: 2 }, { label: '用人单位' }, { text: post.unit, span: 2 }],
            examRow('笔　　试', exams.written),
            examRow('面　　试', exams.interview),
          ],
        },
      },
      {
        letter: {
          paragraphs: [
            '一、考试当日凭本准考证和有效居民身份证进入考场，缺一不可。开考 30 分钟后不得入场，迟到的视为放弃。',
            '二、除黑色签字笔、2B 铅笔和橡皮外，其他物品一律放在指定位置；手机关机。',
            '三、有作弊行为的，取消资格并记入诚信档案。',
            `四、咨询电话：${contact}。`,
          ],
          from: '',
          on: null,
        },
      },
    ],
  };
}

const passed = (value: boolean | null) => (value === null ? '' : value ? '合格' : '不合格');
const unitOf = ({ chosen, post }: CandidatePaper) => chosen ?? post.unit;

/** 聘用审批表. */
export function approvalPaper(paper: CandidatePaper): OfficialForm {
  const { caseNo, person, post, ticketNo, written, interview, total, rank, medical, review, rules, county } = paper;
  const opinion = (signed: string): FormCell => ({ span: 5, opinion: { words: '', signed, on: null } });
  return {
    title: '社区工作者聘用审批表',
    number: caseNo,
    head: [`用人单位：${unitOf(paper)}`, formatDate(paper.on)],
    blocks: [
      {
        grid: {
          widths: WIDTHS,
          rows: [
            ...personHead({ person }),
            [
              { label: '学　　历' },
              { text: person.education },
              { label: '毕业院校' },
              { text: person.school ?? '' },
              { label: '专　　业' },
              { text: person.major ?? '' },
            ],
            [{ label: '准考证号' }, { text: ticketNo, span: 2 }, { label: '报考岗位' }, { text: `${post.code} ${post.title}`, span: 2 }],
            [
              { label: '笔试成绩' },
              { text: written === null ? '' : formatMark(written) },
              { label: '面试成绩' },
              { text: interview === null ? '' : formatMark(interview) },
              { label: '总成绩／名次' },
              { text: total === null ? '' : `${formatScore(total)}／${rank ?? ''}` },
            ],
            [
              { label: '体　　检' },
              { text: passed(medical) },
              { label: '考　　察' },
              { text: passed(review) },
              { label: '聘　　期' },
              { text: `${rules.contractYears} 年` },
            ],
            [{ label: '街道（乡镇）意见' }, opinion('（盖章）')],
            [{ label: `${county}人社局意见` }, opinion('（盖章）')],
            [{ label: `${county}委组织部意见` }, opinion('（盖章）')],
          ],
        },
      },
    ],
    copies: '本表一式三份：组织部门、人社部门、街道（乡镇）各一份。',
  };
}

/** 报到通知书. */
export function reportInPaper(paper: CandidatePaper): OfficialForm {
  const { caseNo, batchTitle, person, rules, issuer, contact, on } = paper;
  const days = formatAllowance(rules.periods.reportIn);
  return {
    title: '报到通知书',
    number: caseNo,
    blocks: [
      {
        letter: {
          to: `${person.name}同志：`,
          paragraphs: [
            `根据《${batchTitle}》，经公示和审批，决定聘用你到${unitOf(paper)}工作。`,
            `请在收到本通知之日起${days}内，携带居民身份证、学历证书和本通知书到${unitOf(paper)}所属街道（乡镇）报到并签订劳动合同。无正当理由逾期不报到的，视为放弃。`,
            `联系电话：${contact}。`,
          ],
          from: issuer,
          on,
        },
      },
      {
        receipt: {
          title: '回 执',
          paragraphs: ['本人已收到《报到通知书》，将按时报到。'],
          signed: '签名：　　　　　　　　　日期：　　　　　　　　',
        },
      },
    ],
  };
}

/** 劳动合同: the clauses that the law asks for; what the parties agree beyond them they write in. */
export function contractPaper(paper: CandidatePaper): OfficialForm {
  const { caseNo, person, post, rules, county, startsOn } = paper;
  const months = rules.contractYears * 12;
  const term = startsOn
    ? `自${formatDate(startsOn)}起至${formatDate(lastDayOfTerm(startsOn, months))}止`
    : '自　　年　　月　　日起至　　年　　月　　日止';
  return {
    title: '劳动合同',
    number: caseNo,
    head: [`甲方（用人单位）：${county}${paper.post.unit}`, `乙方：${person.name}`],
    blocks: [
      {
        letter: {
          paragraphs: [
            `乙方：${person.name}，${person.sex}，居民身份证号 ${person.idNoMasked}（签订时补全），联系电话 ${person.phone}。`,
            '甲乙双方根据《中华人民共和国劳动合同法》，经平等自愿、协商一致，订立本合同。',
            `一、合同期限。固定期限 ${rules.contractYears} 年，${term}，其中试用期不超过六个月，包含在合同期限内。试用期工资全额发放。`,
            `二、工作内容和地点。乙方担任${post.title}，工作地点为${unitOf(paper)}。`,
            '三、工作时间和休息休假。执行标准工时制，依法享受法定节假日、年休假等假期。',
            '四、劳动报酬。按照本地社区工作者岗位等级薪酬办法执行，甲方每月以货币形式足额支付。',
            '五、社会保险和福利。甲方依法为乙方缴纳社会保险和住房公积金。',
            '六、劳动保护、劳动条件和职业危害防护。甲方依法提供。',
            '七、合同的变更、解除、终止，依照《中华人民共和国劳动合同法》办理。',
            '八、因本合同发生争议的，可以协商、调解，也可以依法申请仲裁、提起诉讼。',
            '九、双方约定的其他事项：　　　　　　　　　　　　　　　　　　　　　　　　　　',
            '本合同一式三份，甲乙双方各执一份，存入本人档案一份。甲方（盖章）：　　　　　　　　乙方（签名）：',
          ],
          from: '签订日期：',
          on: null,
        },
      },
    ],
  };
}
