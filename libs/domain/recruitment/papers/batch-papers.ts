import { formatDate, type IsoDate } from '../../dates.ts';
import { WIDTHS } from '../../form-words.ts';
import type { FormBlock, FormCell, OfficialForm } from '../../official-form.ts';
import type { ExamPlans } from '../announcement.ts';
import { bornBetween } from '../eligibility.ts';
import type { Gap } from '../gap.ts';
import { householdTitles, type RecruitmentPost } from '../posts.ts';
import { exceptionTitles, negativeTitles, type RecruitmentRules } from '../rules.ts';
import { formatMark, formatScore, type Mark } from '../score.ts';

/** A line of the post table as papers print it. */
export interface PostLine extends Omit<RecruitmentPost, 'communities'> {
  unit: string;
  communities: { name: string; number: number }[];
  places: number | null;
  openingReason: string | null;
}

/** Somebody on a list: by ticket and post, names only where they are proposed. */
export interface Listed {
  ticketNo: string;
  name: string;
  postCode: string;
  postTitle: string;
  unit: string;
  written: Mark | null;
  interview: Mark | null;
  total: number | null;
  rank: number | null;
}

/** What the papers of a batch are filled from. */
export interface BatchPaper {
  caseNo: string;
  title: string;
  county: string;
  issuer: string;
  documentNo: string | null;
  postedOn: IsoDate | null;
  cutOffOn: IsoDate | null;
  registrationFrom: IsoDate | null;
  registrationTo: IsoDate | null;
  contact: string;
  exams: ExamPlans;
  rules: RecruitmentRules;
  posts: PostLine[];
  /** Everybody with a ticket, by post and rank. */
  listed: Listed[];
  /** 拟聘. */
  proposed: Listed[];
  need: (Gap & { residents: number; active: number; asked: number }) | null;
  noticeDays: number;
  on: IsoDate;
}

const box = (text: string, left = false): FormCell => (left ? { text, left } : { text });
const labels = (titles: readonly string[]): FormCell[] => titles.map((label) => ({ label }));
const grid = (widths: readonly number[], titles: readonly string[], rows: FormCell[][]): FormBlock => ({
  grid: { widths, rows: [labels(titles), ...rows] },
});
const list = (texts: readonly string[]): string => texts.join('；');
const exam = (name: string, plan: ExamPlans['written']): string =>
  plan ? `${name}定于 ${formatDate(plan.on)} ${plan.from}—${plan.to}，地点：${plan.place}。` : `${name}时间、地点另行通知。`;

function conditionWords({ ageMax, education, household, party, other }: RecruitmentPost['requirements']): string {
  return list([
    ...(ageMax ? [`${ageMax} 周岁以下`] : []),
    ...(education ? [`${education}及以上`] : []),
    ...(household === 'any' ? [] : [householdTitles[household]]),
    ...(party ? ['中共党员（含预备党员）'] : []),
    ...(other ? [other] : []),
  ]);
}

const postTable = (posts: readonly PostLine[]): FormBlock =>
  grid(
    [11, 20, 21, 8, 40],
    ['岗位代码', '岗位名称', '用人单位', '人数', '岗位条件和选岗范围'],
    posts.map(({ code, title, unit, planned, places, communities, requirements }) => [
      box(code),
      box(title),
      box(unit),
      box(String(places ?? planned)),
      box(
        [
          conditionWords(requirements) || '按公告条件',
          communities.length > 0 ? `选岗：${communities.map(({ name, number }) => `${name} ${number} 人`).join('、')}` : '',
        ]
          .filter(Boolean)
          .join('。'),
        true,
      ),
    ]),
  );

/** 招聘公告 with its 岗位表. */
export function announcementPaper(paper: BatchPaper): OfficialForm {
  const { rules, cutOffOn, posts, county, registrationFrom, registrationTo } = paper;
  const { ages, education, weights, interviewRatio, openRatio, passLines } = rules;
  const born = cutOffOn && bornBetween(ages.min, ages.max, cutOffOn);
  const places = posts.reduce((sum, { planned }) => sum + planned, 0);
  const extended = ages.extendedFor.map((one) => exceptionTitles[one]).join('、');
  return {
    title: paper.title,
    number: paper.documentNo ?? paper.caseNo,
    blocks: [
      {
        letter: {
          paragraphs: [
            `为加强城市社区工作者队伍建设，${county}面向社会公开招聘社区工作者 ${places} 人。现将有关事项公告如下。`,
            `一、招聘岗位。共 ${posts.length} 个岗位，详见后附《岗位表》。聘期 ${rules.contractYears} 年。`,
            `二、报考条件。具有中华人民共和国国籍，拥护中华人民共和国宪法和中国共产党领导，品行良好，身体健康；年龄 ${ages.min} 至 ${ages.max} 周岁${born ? `（${formatDate(born.from)}至${formatDate(born.to)}期间出生，含当日）` : ''}，${extended}可放宽到 ${ages.extendedMax} 周岁；${education.minimum}及以上学历，${education.loweredFor.map((one) => exceptionTitles[one]).join('、')}可放宽到${education.loweredTo}。岗位另有要求的，从其要求。`,
            `三、有下列情形之一的，不得报考：${list(rules.negatives.map((one) => negativeTitles[one]))}。`,
            `四、报名。${registrationFrom && registrationTo ? `时间：${formatDate(registrationFrom)}至${formatDate(registrationTo)}。` : ''}在本系统“招聘公告”页面填写报名表，每人限报一个岗位。报名不收取任何费用。`,
            `五、开考。资格初审合格人数与招聘人数之比不低于 ${openRatio}:1；达不到的，相应核减或者取消岗位。`,
            `六、考试。笔试、面试各按百分制，总成绩 = 笔试 × ${weights.written}% + 面试 × ${weights.interview}%，按 1:${interviewRatio} 确定面试人选，末位同分的一并进入${passLines.interview === null ? '' : `；面试成绩低于 ${passLines.interview} 分的不予聘用`}。${exam('笔试', paper.exams.written)}`,
            '七、体检、考察按 1:1 进行；不合格或者放弃的，按成绩依次等额递补。体检参照公务员录用体检通用标准。',
            `八、公示和聘用。拟聘人员公示 ${paper.noticeDays} 个工作日。经审批后按规定签订劳动合同。咨询电话：${paper.contact}。`,
          ],
          from: paper.issuer,
          on: paper.postedOn,
        },
      },
      postTable(posts),
    ],
  };
}

/** 成绩公告: by ticket, post by post; nobody is named. */
export function scoresPaper({ caseNo, title, issuer, listed, rules, on }: BatchPaper): OfficialForm {
  return {
    title: '成绩公告',
    number: caseNo,
    blocks: [
      {
        letter: {
          paragraphs: [
            `${title}的考试成绩公布如下。总成绩 = 笔试 × ${rules.weights.written}% + 面试 × ${rules.weights.interview}%，保留 ${rules.decimals} 位小数。`,
            '对成绩有疑问的，可以自公布之日起两个工作日内书面申请核分。',
          ],
          from: issuer,
          on,
        },
      },
      grid(
        [14, 24, 15, 15, 17, 15],
        ['岗位代码', '准考证号', '笔试', '面试', '总成绩', '名次'],
        listed.map(({ postCode, ticketNo, written, interview, total, rank }) => [
          box(postCode),
          box(ticketNo),
          box(written === null ? '' : formatMark(written)),
          box(interview === null ? '' : formatMark(interview)),
          box(total === null ? '' : formatScore(total)),
          box(rank === null ? '' : String(rank)),
        ]),
      ),
    ],
  };
}

/** 拟聘公示. */
export function hiresPaper({ caseNo, title, issuer, proposed, contact, noticeDays, on }: BatchPaper): OfficialForm {
  return {
    title: '拟聘用人员公示',
    number: caseNo,
    blocks: [
      {
        letter: {
          paragraphs: [
            `根据《${title}》，经报名、资格审查、笔试、面试、体检、考察，拟聘用以下 ${proposed.length} 人，现予公示。`,
            `公示期 ${noticeDays} 个工作日。对公示人员有异议的，请在公示期内向招聘单位反映，联系电话：${contact}。反映问题应当实事求是。`,
          ],
          from: issuer,
          on,
        },
      },
      grid(
        [8, 16, 24, 26, 26],
        ['序号', '姓名', '准考证号', '岗位', '用人单位'],
        proposed.map(({ name, ticketNo, postCode, postTitle, unit }, index) => [
          box(String(index + 1)),
          box(name),
          box(ticketNo),
          box(`${postCode} ${postTitle}`),
          box(unit),
        ]),
      ),
    ],
  };
}

const hundredth = (value: number | null) => (value === null ? '' : (value / 100).toFixed(2));

/** 用人需求表. */
export function needPaper({ caseNo, county, need, posts, rules, on }: BatchPaper): OfficialForm {
  const figure = (value: number | undefined) => box(value === undefined ? '' : String(value));
  return {
    title: '社区工作者用人需求表',
    number: caseNo,
    head: [`填报单位：${county}（盖章）`, `填报日期：${formatDate(on)}`],
    blocks: [
      {
        grid: {
          widths: WIDTHS,
          rows: [
            [
              { label: '城镇常住人口' },
              figure(need?.residents),
              { label: '配备标准' },
              box(`每万人 ${rules.standard.per10000} 人`),
              { label: '应配人数' },
              figure(need?.required),
            ],
            [
              { label: '在岗人数' },
              figure(need?.active),
              { label: '现有缺口' },
              figure(need?.gap),
              { label: '本次招聘' },
              figure(need?.asked),
            ],
            [
              { label: '招聘前每万人' },
              box(hundredth(need?.ratio ?? null)),
              { label: '招聘后每万人' },
              box(hundredth(need?.ratioAfter ?? null)),
              { label: '是否超标准' },
              box(need ? (need.above ? '是，另附说明' : '否') : ''),
            ],
            [{ label: '县（区）委组织部意见' }, { span: 5, opinion: { words: '', signed: '（盖章）', on: null } }],
            [{ label: '市委组织部意见' }, { span: 5, opinion: { words: '', signed: '（盖章）', on: null } }],
          ],
        },
      },
      postTable(posts),
    ],
  };
}
