import { normaliseText } from '../domain/person-words.ts';

/** What a column of a roster may hold. Ratings are one field a year: `rating:2024`. */
export const rosterFields = [
  'seq',
  'county',
  'street',
  'community',
  'name',
  'sex',
  'ethnicity',
  'bornOn',
  'idNo',
  'politicalStatus',
  'education',
  'certificate',
  'postTitle',
  'joinedOn',
  'phone',
  'email',
  'note',
] as const;
export type PlainField = (typeof rosterFields)[number];
export type RosterField = PlainField | `rating:${number}`;

interface FieldWords {
  title: string;
  /** A row without it is refused, so a workbook without its column is not read at all. */
  required?: true;
  /** Spellings as `headerKey` leaves them, the likeliest first. */
  spellings: readonly string[];
  /** Headers that probably mean this, when nothing fits better. */
  looseness?: RegExp;
}

/** The columns of a roster: their titles, and how counties spell them. New spellings that an officer confirms are kept as data beside these. */
export const fieldWords: Record<PlainField, FieldWords> = {
  seq: { title: '序号', spellings: ['序号', '编号', '序列', 'no', '行号'] },
  county: {
    title: '区（县）',
    spellings: ['区县', '县区', '区', '县', '区县名称', '县市区', '区市县', '所在区县', '所属区县', '所在县区', '所属县区', '县级'],
    looseness: /^(所在|所属|工作)?.{0,2}[区县][市区县]{0,2}(名称)?$/,
  },
  street: {
    title: '街道（乡镇）',
    spellings: [
      '街道乡镇',
      '乡镇街道',
      '街道',
      '乡镇',
      '镇街',
      '镇街道',
      '街镇',
      '所在街道',
      '所属街道',
      '所在乡镇街道',
      '所属乡镇街道',
      '街道办',
      '街道办事处',
    ],
    looseness: /^(所在|所属|工作)?(乡镇|镇街|街道)(办事处|办|名称|乡镇|街道)*$/,
  },
  community: {
    title: '社区',
    required: true,
    spellings: [
      '社区',
      '社区名称',
      '所在社区',
      '所属社区',
      '工作社区',
      '任职社区',
      '社区居委会',
      '村社区',
      '社区村',
      '服务社区',
      '居委会',
      '社区居委会名称',
    ],
    looseness: /^(所在|所属|工作|任职|现任职|服务|现)?(村)?(社区|居委会)(村|居委会|名称|全称)*$/,
  },
  name: {
    title: '姓名',
    required: true,
    spellings: ['姓名', '名字', '人员姓名', '工作者姓名', '社区工作者姓名', '社工姓名', 'name'],
    looseness: /姓名$/,
  },
  sex: { title: '性别', spellings: ['性别', 'sex', 'gender'] },
  ethnicity: { title: '民族', spellings: ['民族', '族别', '民族成份', '民族成分'] },
  bornOn: {
    title: '出生年月',
    spellings: ['出生年月', '出生日期', '出生年月日', '出生时间', '生日', '出生'],
    looseness: /^出生(年|月|日|日期|时间)/,
  },
  idNo: {
    title: '身份证号',
    required: true,
    spellings: [
      '身份证号',
      '身份证号码',
      '公民身份号码',
      '身份证',
      '居民身份证号',
      '居民身份证号码',
      '公民身份证号码',
      '证件号码',
      '证件号',
      '身份号码',
    ],
    looseness: /身份证|身份号/,
  },
  politicalStatus: { title: '政治面貌', spellings: ['政治面貌', '政治面目', '党派', '政治身份'], looseness: /政治面/ },
  education: {
    title: '学历',
    spellings: ['学历', '最高学历', '文化程度', '学历层次', '现学历', '受教育程度', '教育程度', '全日制学历'],
    looseness: /学历|文化程度/,
  },
  certificate: {
    title: '职业资格',
    spellings: [
      '职业资格',
      '社会工作职业资格',
      '社工证',
      '职业水平证书',
      '社会工作者职业水平',
      '社会工作者证书',
      '社工证书',
      '社工职业资格',
      '职业资格证书',
      '社会工作职业水平证书',
      '资格证书',
      '证书',
      '社工证等级',
      '专业资格',
    ],
    looseness: /(社工|社会工作|职业).*(证|资格|水平)/,
  },
  postTitle: {
    title: '现任职务',
    required: true,
    spellings: [
      '现任职务',
      '职务',
      '岗位',
      '现任岗位',
      '担任职务',
      '社区职务',
      '工作岗位',
      '现职务',
      '岗位类别',
      '职务名称',
      '岗位名称',
      '人员类别',
      '职位',
      '身份类别',
    ],
    looseness: /职务|岗位/,
  },
  joinedOn: {
    title: '参加社区工作时间',
    required: true,
    spellings: [
      '参加社区工作时间',
      '参加社区工作日期',
      '参加社区工作年月',
      '到社区工作时间',
      '从事社区工作时间',
      '进入社区工作时间',
      '进社区工作时间',
      '社区工作起始时间',
      '任社区工作者时间',
      '到岗时间',
      '入职时间',
      '入职日期',
      '上岗时间',
      '参加工作时间',
      '参工时间',
      '参加工作年月',
    ],
    looseness: /(参加|从事|进入|到|进).*工作.*(时间|日期|年月)|入职|到岗/,
  },
  phone: {
    title: '联系电话',
    spellings: ['联系电话', '手机号码', '手机号', '手机', '电话', '联系方式', '移动电话', '电话号码', '联系手机'],
    looseness: /手机|电话|联系方式/,
  },
  email: {
    title: '电子邮箱',
    spellings: ['电子邮箱', '邮箱', '电子邮件', 'email', '邮箱地址', '电子邮箱地址', '邮件'],
    looseness: /邮箱|email/,
  },
  note: { title: '备注', spellings: ['备注', '说明', '备考', '其他'] },
};

/** Read and shown, and not imported. */
export const unusedFields: readonly RosterField[] = ['seq', 'note'];

export const isRatingField = (field: RosterField): field is `rating:${number}` => field.startsWith('rating:');
export const ratingYear = (field: `rating:${number}`): number => Number(field.slice('rating:'.length));
export const fieldTitle = (field: RosterField): string => (isRatingField(field) ? `${ratingYear(field)}年度考核` : fieldWords[field].title);
export const isRequired = (field: RosterField): boolean => !isRatingField(field) && fieldWords[field].required === true;
export const requiredFields = rosterFields.filter(isRequired);

/** Whether a text names a field, as requests and kept mappings do. */
export function readField(text: string): RosterField | null {
  if (/^rating:20\d\d$/.test(text)) return text as RosterField;
  return rosterFields.find((field) => field === text) ?? null;
}

/** No header is longer; a cell may hold 32,767 characters. */
export const LONGEST_HEADER = 120;

/** A header without what does not tell it from others: width, blanks, line breaks, signs, "（必填）". */
export function headerKey(text: string): string {
  return normaliseText(text.slice(0, LONGEST_HEADER))
    .toLowerCase()
    .replace(/[（(【[](必填|选填|可填|单选|下拉|文本|格式.*?|如.*?|例.*?|yyyy.*?)[)）】\]]/g, '')
    .replace(/[*＊:：、，,.。/\\|·\-—_()（）【】[\]<>《》?？!！]/g, '');
}

/** The same without anything in brackets: 联系电话（手机） is 联系电话. */
export const headerKeyWithoutBrackets = (text: string): string =>
  headerKey(
    text
      .slice(0, LONGEST_HEADER)
      .normalize('NFKC')
      .replace(/[(【[][^)】\]]*[)】\]]/g, ''),
  );

const RATING = /(20\d\d)(?:年)?(?:度)?.{0,6}(?:考核|考评|等次)|(?:考核|考评|等次).{0,6}?(20\d\d)/;

/** How surely a header means what an officer once said that it means. */
export const LEARNED = 0.99;

/** A field that a header may mean, and how surely: 1 is the field's own title. */
export interface Candidate {
  field: RosterField;
  confidence: number;
}

/** What a header may mean, the likeliest first. */
export function candidates(header: string, learned: ReadonlyMap<string, RosterField>): Candidate[] {
  const key = headerKey(header);
  const bare = headerKeyWithoutBrackets(header);
  if (key === '') return [];
  const taught = learned.get(key);
  if (taught) return [{ field: taught, confidence: LEARNED }];
  const year = RATING.exec(key);
  if (year) return [{ field: `rating:${Number(year[1] ?? year[2])}`, confidence: 0.95 }];
  const found: Candidate[] = [];
  for (const field of rosterFields) {
    const { spellings, looseness } = fieldWords[field];
    const confidence = Math.max(
      spelt(spellings, key),
      spelt(spellings, bare) - 0.02,
      looseness?.test(key) || looseness?.test(bare) ? 0.5 : 0,
    );
    if (confidence > 0) found.push({ field, confidence });
  }
  return found.sort((a, b) => b.confidence - a.confidence);
}

function spelt(spellings: readonly string[], key: string): number {
  const at = spellings.indexOf(key);
  return at < 0 ? 0 : 1 - at * 0.015;
}
