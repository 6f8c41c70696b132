import type { FieldWords } from './roster-words.ts';

/** The columns of post tables, applicants and scores that no roster has. */
export const recruitmentWords = {
  postCode: {
    title: '岗位代码',
    spellings: ['岗位代码', '职位代码', '岗位编码', '岗位编号', '报考岗位代码', '报考职位代码', '报考代码', '代码'],
    looseness: /(岗位|职位).*(代码|编码|编号)/,
  },
  vacancy: { title: '岗位名称', spellings: ['岗位名称', '职位名称', '招聘岗位', '岗位'] },
  planned: {
    title: '招聘人数',
    spellings: ['招聘人数', '计划招聘人数', '招聘计划数', '计划数', '名额', '人数'],
    looseness: /(人数|计划数)$/,
  },
  choices: { title: '选岗社区', spellings: ['选岗社区', '选岗范围', '可选社区', '社区分配'] },
  ageMax: { title: '年龄上限', spellings: ['年龄上限', '年龄', '年龄要求', '最高年龄'], looseness: /年龄/ },
  localOnly: { title: '户籍要求', spellings: ['户籍要求', '户籍', '户籍或生源', '户籍范围'], looseness: /户籍/ },
  partyOnly: { title: '限中共党员', spellings: ['限中共党员', '是否限中共党员', '党员', '限党员'], looseness: /限.*党员/ },
  otherConditions: { title: '其他条件', spellings: ['其他条件', '其他要求', '其它条件', '专业及其他要求', '专业要求'] },
  fullTime: { title: '是否全日制', spellings: ['是否全日制', '全日制', '学习形式', '学历性质'], looseness: /全日制/ },
  school: { title: '毕业院校', spellings: ['毕业院校', '毕业学校', '院校', '毕业院校及专业'], looseness: /毕业.*(院校|学校)/ },
  major: { title: '所学专业', spellings: ['所学专业', '专业', '专业名称'] },
  household: { title: '户籍所在地', spellings: ['户籍所在地', '户籍地', '户口所在地', '户籍'], looseness: /户(籍|口)/ },
  origin: { title: '生源地', spellings: ['生源地', '生源', '入学前户籍'] },
  exceptions: { title: '放宽条件', spellings: ['放宽条件', '放宽情形', '人员类别', '优先条件'], looseness: /放宽/ },
  bonus: { title: '加分项', spellings: ['加分项', '加分代码', '加分'] },
  ticketNo: { title: '准考证号', spellings: ['准考证号', '准考证号码', '准考证', '考号', '面试号'], looseness: /准考证|考号/ },
  writtenScore: { title: '笔试成绩', spellings: ['笔试成绩', '笔试得分', '笔试', '成绩', '得分', '分数', '卷面成绩'], looseness: /笔试/ },
  interviewScore: {
    title: '面试成绩',
    spellings: ['面试成绩', '面试得分', '面试', '成绩', '得分', '分数'],
    looseness: /面试.*(成绩|得分)/,
  },
  extraScore: { title: '加试成绩', spellings: ['加试成绩', '加试面试成绩', '加试得分', '加试', '成绩', '得分', '分数'], looseness: /加试/ },
  examiner: {
    title: '考官（评卷人）',
    spellings: ['考官', '评卷人', '主考官', '考官评卷人', '阅卷人', '考官签字'],
    looseness: /考官|[评阅]卷/,
  },
} as const satisfies Record<string, FieldWords>;
