import type { FaultWords } from './fault-words.ts';

const posts = '岗位不符';
const scores = '成绩、准考证号';
const terms = '用词不在对照表';
const conditions = '不符合报考条件';
const known = '与系统已有记录不符';
const error = (group: FaultWords['group'], problem: FaultWords['problem'], fix: string): FaultWords => ({
  severity: 'error',
  group,
  problem,
  fix: () => fix,
});

/** Faults of post tables, applicants and scores, beside those of a roster. */
export const recruitmentFaults = {
  'missing-post-code': error(posts, () => '岗位代码没有填', '补上岗位表中的岗位代码'),
  'no-such-post': error(posts, (p) => `岗位表中没有代码“${p.code}”`, '改为岗位表中的岗位代码'),
  'duplicate-post-code': error(posts, (p) => `与第 ${p.row} 行的岗位代码相同`, '改为另一个代码，或删去重复的行'),
  'missing-cell': error(posts, (p) => `${p.title}没有填`, '补上这一格'),
  'post-rule': error(posts, (p) => `${p.why}`, '按填写说明改正'),
  'choices-unreadable': error(posts, (p) => `认不出“${p.part}”`, '写成 北门社区2、东门社区1 这样的社区和人数'),
  'number-unreadable': error(posts, () => '应为整数', '只填数字'),
  'yes-or-no': error(terms, () => '应填“是”或“否”', '改为 是 或 否'),
  'unknown-scope': error(terms, () => '户籍要求认不出', '改为 不限 / 本市 / 本县（区）'),
  'unknown-place': error(terms, (p) => `没有“${p.name}”这个区县`, '填本市区县的名称，市外的填“市外”'),
  'unknown-exception': error(terms, (p) => `放宽条件“${p.part}”不在对照表里`, '改为公告所列的放宽条件，几项用顿号隔开'),
  'unknown-bonus': error(terms, (p) => `本批次没有加分项“${p.part}”`, '改为公告所列的加分项，几项用顿号隔开'),
  'not-eligible': error(conditions, (p) => `${p.why}`, '核对所填情况；确不符合的，删去这一行并告知本人'),
  'missing-phone': error(conditions, () => '联系电话没有填', '补上 11 位手机号'),
  'missing-email': error(conditions, () => '电子邮箱没有填', '补上邮箱，准考证和通知发到这里'),
  'missing-education': error(conditions, () => '学历没有填', '补上学历'),
  'other-post': error(known, (p) => `此人已报考岗位 ${p.code}，每人限报一个岗位`, '删去这一行'),
  'application-decided': error(known, () => '此人的报名已在办理，不能再用导入改动', '需要更正的，另行办理'),
  'missing-ticket': error(scores, () => '准考证号没有填', '补上准考证号'),
  'unknown-ticket': error(scores, () => '本批次没有这个准考证号', '对照准考证改正'),
  'ticket-other-name': error(scores, (p) => `这个准考证号是“${p.name}”的`, '核对准考证号和姓名'),
  'duplicate-ticket': error(scores, (p) => `与第 ${p.row} 行的准考证号相同`, '只留正确的一行'),
  'missing-score': error(scores, () => '成绩没有填', '补上成绩；没有参加考试的填“缺考”'),
  'score-text': error(scores, () => '成绩应为数字，没有参加考试的填“缺考”', '改为 0 至 100 的分数，或 缺考'),
  'score-decimals': error(scores, () => '成绩多于两位小数', '保留两位小数'),
  'score-range': error(scores, () => '成绩应在 0 至 100 之间', '对照试卷或评分表改正'),
  'not-in-exam': error(scores, (p) => `此人没有进入${p.exam}`, '核对准考证号；确未参加的删去这一行'),
  'score-corrects': {
    severity: 'check',
    group: scores,
    problem: (p) => `已登记的是 ${p.value}，确认后作为更正，原成绩保留`,
    fix: () => '核对无误可保留，并填写更正原因',
  },
} as const satisfies Record<string, FaultWords>;
