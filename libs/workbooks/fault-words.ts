import { appraisalFaults } from './appraisal-faults.ts';
import { recruitmentFaults } from './recruitment-faults.ts';
import { rosterFaults } from './roster-faults.ts';

/** Values that a fault's words may name. */
export type FaultParams = Record<string, string | number>;

export interface FaultWords {
  /** `error`: the row is not imported. `check`: it is, once the officer has looked. */
  severity: 'error' | 'check';
  /** The heading under which faults of a kind are counted. */
  group:
    | '单位认不出、不符'
    | '日期不对、漏填'
    | '身份证号错误、重复'
    | '用词不在对照表'
    | '姓名、公式'
    | '与系统已有记录不符'
    | '联系方式'
    | '岗位不符'
    | '不符合报考条件'
    | '成绩、准考证号'
    | '考核评分';
  problem: (p: FaultParams) => string;
  fix: (p: FaultParams) => string;
}

/** Every fault of a row by its code. */
export const faultWords = { ...rosterFaults, ...recruitmentFaults, ...appraisalFaults } satisfies Record<string, FaultWords>;

export type FaultCode = keyof typeof faultWords;

/** Oddities that are understood and set right by themselves, shown as 已自动更正. */
export const correctionTitles = {
  'lower-case-x': '末位 x 改为 X',
  'full-width-digits': '全角数字改为半角',
  'id-spaces': '去掉身份证号中的空格',
  'padded-name': '去掉姓名中的空格',
  'rich-text': '去掉单元格内的字体格式',
  'formula-cell': '取公式算出的结果',
  'excel-date-cell': '日期单元格，按日期读取',
  'excel-serial': '日期序号，换算成日期',
  'date-slashed': '斜线日期',
  'date-dotted': '点号日期',
  'date-chinese': '汉字日期',
  'date-compact': '连写日期',
  'date-month': '只有年月',
  'education-synonym': '学历按对照表改写',
  'post-synonym': '职务按对照表改写',
  'certificate-synonym': '职业资格按对照表改写',
  'political-synonym': '政治面貌按对照表改写',
  'ethnicity-synonym': '民族按规范名称改写',
  'sex-synonym': '性别按规范写法改写',
  'rating-synonym': '考核等次按对照表改写',
  'unit-synonym': '单位按记住的对应关系改写',
  'unit-short-name': '单位补为全称',
  'from-id': '由身份证号推出',
} as const;
export type CorrectionKind = keyof typeof correctionTitles;
