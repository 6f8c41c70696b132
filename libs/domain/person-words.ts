/** The official words of a roster: canonical term → other spellings that are read as it. `version` goes into what an import records. */
export interface Vocabulary<T extends string = string> {
  version: string;
  terms: Record<T, readonly string[]>;
}

/** Width, blanks and quotation marks do not tell two words apart. */
export function normaliseText(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u200B\uFEFF“”"‘’'「」『』]/g, '');
}

/** The canonical term for what was written, and whether another spelling was used; null when nobody knows the word. */
export function readTerm<T extends string>({ terms }: Vocabulary<T>, text: string): { term: T; synonym: boolean } | null {
  const written = normaliseText(text);
  for (const term of Object.keys(terms) as T[]) {
    if (normaliseText(term) === written) return { term, synonym: false };
  }
  for (const [term, others] of Object.entries(terms) as [T, readonly string[]][]) {
    if (others.some((other) => normaliseText(other) === written)) return { term, synonym: true };
  }
  return null;
}

const VERSION = '2026-01';

export type Sex = '男' | '女';
export const sexWords: Vocabulary<Sex> = { version: VERSION, terms: { 男: ['男性'], 女: ['女性'] } };

export const educations = ['高中及以下', '大专', '本科', '研究生', '硕士', '博士'] as const;
export type Education = (typeof educations)[number];
export const educationWords: Vocabulary<Education> = {
  version: VERSION,
  terms: {
    高中及以下: ['高中', '中专', '中技', '技校', '初中', '小学', '高中（中专）', '中专及以下'],
    大专: ['专科', '大学专科', '大学大专', '高职', '大专学历'],
    本科: ['大学本科', '大学', '全日制本科', '在职本科', '本科学历'],
    研究生: ['研究生学历'],
    硕士: ['硕士研究生', '研究生（硕士）'],
    博士: ['博士研究生', '研究生（博士）'],
  },
};

export const certificates = ['助理社会工作师', '社会工作师', '高级社会工作师'] as const;
export type Certificate = (typeof certificates)[number];
export const certificateWords: Vocabulary<Certificate> = {
  version: VERSION,
  terms: {
    助理社会工作师: ['初级', '初级社会工作者', '初级社会工作师', '助理社工师', '社会工作者（初级）'],
    社会工作师: ['中级', '中级社会工作者', '中级社会工作师', '社工师', '社会工作者（中级）'],
    高级社会工作师: ['高级', '高级社会工作者', '高级社工师', '社会工作者（高级）'],
  },
};

export const politicalStatuses = ['中共党员', '中共预备党员', '共青团员', '民主党派', '无党派人士', '群众'] as const;
export type PoliticalStatus = (typeof politicalStatuses)[number];
export const politicalWords: Vocabulary<PoliticalStatus> = {
  version: VERSION,
  terms: {
    中共党员: ['党员', '中国共产党党员', '中共正式党员'],
    中共预备党员: ['预备党员'],
    共青团员: ['团员'],
    民主党派: ['民主党派成员'],
    无党派人士: ['无党派'],
    群众: ['普通群众'],
  },
};

export const postTitles = [
  '社区党组织书记兼居委会主任',
  '社区党组织书记',
  '居委会主任',
  '社区“两委”专职成员',
  '社区专职工作人员',
  '专职网格员',
] as const;
export type PostTitle = (typeof postTitles)[number];
/** Part-time staff have no entry here: a roster holds full-time community workers only. */
export const postTitleWords: Vocabulary<PostTitle> = {
  version: VERSION,
  terms: {
    社区党组织书记兼居委会主任: [
      '书记主任一肩挑',
      '一肩挑',
      '书记兼主任',
      '社区书记兼主任',
      '党组织书记、居委会主任',
      '社区党组织书记、居委会主任',
    ],
    社区党组织书记: ['社区书记', '党组织书记', '社区党支部书记', '社区党总支书记', '社区党委书记'],
    居委会主任: ['社区主任', '社区居委会主任', '居民委员会主任'],
    '社区“两委”专职成员': ['两委成员', '两委专职成员', '社区两委成员', '两委委员', '社区两委委员'],
    社区专职工作人员: ['专职工作者', '专职工作人员', '社区专职工作者', '专职社区工作者', '社区专职人员'],
    专职网格员: ['社区专职网格员', '网格员（专职）'],
  },
};

export const ratings = ['excellent', 'competent', 'basic', 'failed', 'unrated'] as const;
export type Rating = (typeof ratings)[number];
export const ratingTitles: Record<Rating, string> = {
  excellent: '优秀',
  competent: '合格',
  basic: '基本合格',
  failed: '不合格',
  unrated: '不定等次',
};
const ratingWords: Vocabulary<'优秀' | '合格' | '基本合格' | '不合格' | '不定等次'> = {
  version: VERSION,
  terms: { 优秀: [], 合格: [], 基本合格: [], 不合格: [], 不定等次: ['不确定等次', '未定等次'] },
};

/** A yearly rating as written in a roster; null for a word that is none of the five. */
export function readRating(text: string): Rating | null {
  const found = readTerm(ratingWords, text);
  return found && (ratings.find((rating) => ratingTitles[rating] === found.term) ?? null);
}
