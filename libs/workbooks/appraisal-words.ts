import type { FieldWords } from './roster-words.ts';

/** The columns of evaluations that no other workbook has. */
export const appraisalWords = {
  staffNo: { title: '工号', spellings: ['工号', '人员编号', '职工号', '人员工号'], looseness: /工号/ },
  streetScore: {
    title: '街道评价得分',
    spellings: ['街道评价得分', '街道评价', '街道评分', '街道得分', '街道考评', '组织评价'],
    looseness: /街道.*(分|评价)$/,
  },
  streetRaters: {
    title: '街道评价人数',
    spellings: ['街道评价人数', '街道评分人数', '街道参评人数', '考评组人数'],
    looseness: /(街道|考评组).*人数/,
  },
  residentsScore: {
    title: '居民评议得分',
    spellings: ['居民评议得分', '居民评议', '居民评分', '群众评议', '群众评议得分', '居民测评'],
    looseness: /(居民|群众).*(分|评议|测评)$/,
  },
  residentsRaters: {
    title: '居民评议人数',
    spellings: ['居民评议人数', '居民参评人数', '群众评议人数', '居民测评人数'],
    looseness: /(居民|群众).*人数/,
  },
  communityScore: {
    title: '社区测评得分',
    spellings: ['社区测评得分', '社区测评', '社区评分', '同事互评', '民主测评', '民主测评得分'],
    looseness: /(社区|互评|民主).*(分|测评|评)$/,
  },
  communityRaters: {
    title: '社区测评人数',
    spellings: ['社区测评人数', '社区参评人数', '民主测评人数', '互评人数'],
    looseness: /(社区|互评|民主).*人数/,
  },
  leaveDays: {
    title: '请假天数',
    spellings: ['请假天数', '全年请假天数', '累计请假天数', '累计请假', '请假'],
    looseness: /请假/,
  },
  hostOpinion: { title: '跟岗单位意见', spellings: ['跟岗单位意见', '跟岗评价', '接收单位意见', '跟岗意见'], looseness: /跟岗|接收单位/ },
} as const satisfies Record<string, FieldWords>;
