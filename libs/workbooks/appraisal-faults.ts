import type { FaultWords } from './fault-words.ts';

const evaluations = '考核评分';
const error = (problem: FaultWords['problem'], fix: string): FaultWords => ({
  severity: 'error',
  group: evaluations,
  problem,
  fix: () => fix,
});
const check = (problem: FaultWords['problem'], fix: string): FaultWords => ({
  severity: 'check',
  group: evaluations,
  problem,
  fix: () => fix,
});

/** Faults of evaluations in the annual appraisal. */
export const appraisalFaults = {
  'missing-staff-no': error(() => '工号没有填', '补上工号；模板里已经按名册填好'),
  'staff-not-listed': error((p) => `本单位的考核名册里没有工号“${p.staffNo}”`, '对照名册改正；不属于本单位的删去这一行'),
  'staff-other-name': error((p) => `这个工号是“${p.name}”的`, '核对工号和姓名'),
  'duplicate-staff': error((p) => `与第 ${p.row} 行的工号相同`, '只留正确的一行'),
  'evaluation-missing': error((p) => `${p.source}没有得分`, '补上得分'),
  'evaluation-text': error(() => '得分应为数字', '改为 0 至 100 的分数'),
  'evaluation-decimals': error(() => '得分多于两位小数', '保留两位小数'),
  'evaluation-range': error(() => '得分应在 0 至 100 之间', '对照测评表改正'),
  'raters-missing': error((p) => `${p.source}没有填参评人数`, '补上参评人数'),
  'raters-unreadable': error(() => '人数应为整数', '只填数字'),
  'raters-few': error((p) => `${p.source}只有 ${p.raters} 人参评，至少 ${p.least} 人才有效`, '补充测评后再填'),
  'leave-unreadable': error(() => '请假天数应为 0 至 366 的整数', '只填数字；没有请假的留空'),
  'evaluation-barred': error(() => '不能登记本人、亲属或应当回避的人员的得分', '交由其他办理人登记'),
  'evaluation-ended': error(() => '此人的考核已经结束', '删去这一行'),
  'unrated-evaluated': check((p) => `此人${p.why}，不定等次，得分只留存`, '核对无误可保留'),
  'evaluation-corrects': check((p) => `已登记的总分是 ${p.total}，确认后作为更正，原得分保留`, '核对无误可保留'),
} as const satisfies Record<string, FaultWords>;
