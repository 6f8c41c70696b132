import { calendarDays, workingDays } from '../../libs/domain/calendar.ts';
import { defaultEntryPolicy, defaultPayPolicy, defaultRolePosts } from '../../libs/domain/post-grade.ts';
import {
  defaultRules as appraisalRules,
  ruleKeys as appraisalKeys,
  ruleSources as appraisalSources,
} from '../../libs/domain/appraisal/rules.ts';
import { defaultSecondmentRules } from '../../libs/domain/secondment-rules.ts';
import { defaultRules, ruleKeys, ruleSources } from '../../libs/domain/recruitment/rules.ts';
import type { NewPolicy } from '../../libs/policies/policies.ts';

/** From here on; earlier days are not dealt with. */
const FROM = '2025-01-01';
const stated = (key: string, value: unknown, source: string): NewPolicy => ({
  key,
  unitCode: '',
  effectiveFrom: FROM,
  value,
  assumed: false,
  source,
});
/** A default of ours: no document of the city that we have read fixes it. Shown as 假定 wherever it is used. */
const assumed = (key: string, value: unknown, source: string): NewPolicy => ({
  key,
  unitCode: '',
  effectiveFrom: FROM,
  value,
  assumed: true,
  source,
});

/** The policies that the product starts with. Legal limits are not among them: they stand in each process's code and no policy lifts them. */
export const policies: readonly NewPolicy[] = [
  assumed('probation.months', 6, '合同期三年以上的法定上限（劳动合同法第十九条）；外地通行做法'),
  stated('probation.payShare', 1, '试用期按正式聘用人员薪资待遇全额发放'),
  assumed('probation.reviewBefore', 30, '期满前 30 日启动考核；本系统假定'),
  assumed('probation.reminders', [30, 15, 7, 3], '期满前 30、15、7、3 日提醒；本系统假定'),
  assumed('probation.committee', { share: 0.5, quorum: 0.5, minMembers: 3 }, '党（工）委票决：到会过半数、赞成过半数；本系统假定'),
  assumed(
    'probation.within',
    {
      conditions: workingDays(5),
      mentor: workingDays(10),
      midpoint: workingDays(5),
      summary: workingDays(5),
      community: workingDays(3),
      mentorOpinion: workingDays(3),
      street: workingDays(5),
      committee: workingDays(3),
      union: workingDays(3),
      service: workingDays(2),
      certificate: calendarDays(15),
      filing: workingDays(5),
      notice: workingDays(5),
    },
    '各环节办理时限；离职证明和档案转移十五日为劳动合同法第五十条，其余为本系统假定',
  ),
  assumed(
    'dismissal.days',
    { finalBy: '01-31', midyear: '06-30', archiveMonths: 12 },
    '考核结果 1 月 31 日前确定、年中复查 6 月 30 日为本系统假定；归档等候一年为劳动争议调解仲裁法第二十七条的仲裁时效',
  ),
  assumed('dismissal.committee', { share: 0.5, quorum: 0.5, minMembers: 3 }, '党（工）委票决：到会过半数、赞成过半数；本系统假定'),
  assumed(
    'dismissal.within',
    {
      warning: calendarDays(30),
      training: calendarDays(30),
      midyear: workingDays(10),
      eligibility: workingDays(5),
      legal: workingDays(5),
      proposal: workingDays(5),
      statement: workingDays(5),
      union: workingDays(5),
      unionReply: workingDays(5),
      committee: workingDays(5),
      county: workingDays(10),
      service: workingDays(5),
    },
    '谈话和培训 30 日、陈述申辩和工会各 5 个工作日、县级审查 10 个工作日；本系统假定',
  ),
  assumed(
    'secondment.rules',
    defaultSecondmentRules,
    '东莞跟岗两个月、一人对接一个社区为公开报道；名额、延长一个月、三个月和六个月跟踪为本系统假定',
  ),
  assumed(
    'secondment.within',
    {
      nomination: workingDays(10),
      consent: workingDays(3),
      review: workingDays(5),
      approval: workingDays(5),
      match: workingDays(5),
      acceptance: workingDays(5),
      dispatch: workingDays(5),
      arrival: workingDays(1),
      plan: workingDays(5),
      appraisal: calendarDays(14),
      returned: workingDays(3),
      summary: calendarDays(14),
      sharing: workingDays(10),
    },
    '鉴定和总结两周内为外地通行做法；其余为本系统假定',
  ),
  stated('staffing.standard', { per10000: 18 }, '每万城镇常住人口配备 18 名社区工作者'),
  assumed('notice.days', workingDays(5), '公示期 3 至 15 个工作日，各地多为 5 个工作日；本系统假定'),
  assumed(
    'objection.within',
    { check: workingDays(2), investigate: workingDays(10), reply: workingDays(5) },
    '异议调查 10 个工作日、实名答复 5 个工作日；核对 2 个工作日为本系统假定',
  ),
  assumed('postGrade.entry', defaultEntryPolicy, '五岗二十级四十档；起点档次由年限、学历、职业资格确定，系数参照外省做法'),
  assumed('postGrade.roles', defaultRolePosts, '职务与岗位对照表；四岗、五岗的划分为本系统假定，各区县可另行制定'),
  assumed('pay', defaultPayPolicy, '示例金额，不是铜仁市标准；职业资格津贴和绩效占比参照外省做法'),
  ...ruleKeys
    .filter((key) => ruleSources[key].policy.startsWith('recruitment.'))
    .map((key) => assumed(ruleSources[key].policy, defaultRules[key], ruleSources[key].source)),
  ...appraisalKeys.map((key) => assumed(appraisalSources[key].policy, appraisalRules[key], appraisalSources[key].source)),
];
