import {
  certificateWords,
  educationWords,
  politicalWords,
  postTitleWords,
  readRating,
  readTerm,
  sexWords,
  normaliseText,
  type Vocabulary,
} from './person-words.ts';

describe('the words of a roster', () => {
  test.each([
    [educationWords, '本科', '本科', false],
    [educationWords, '大学本科', '本科', true],
    [educationWords, '专科', '大专', true],
    [educationWords, '研究生', '研究生', false],
    [educationWords, '硕士研究生', '硕士', true],
    [educationWords, '高中(中专)', '高中及以下', true],
    [postTitleWords, '社区"两委"专职成员', '社区“两委”专职成员', false],
    [postTitleWords, '两委成员', '社区“两委”专职成员', true],
    [postTitleWords, '专职工作者', '社区专职工作人员', true],
    [postTitleWords, ' 社区专职工作人员 ', '社区专职工作人员', false],
    [certificateWords, '初级社会工作者', '助理社会工作师', true],
    [politicalWords, '党员', '中共党员', true],
    [politicalWords, '团员', '共青团员', true],
    [sexWords, '女', '女', false],
  ] as [Vocabulary, string, string, boolean][])('%# %s is read', (vocabulary, written, term, synonym) =>
    expect(readTerm(vocabulary, written)).toEqual({ term, synonym }),
  );

  test.each([
    [postTitleWords, '网格员（兼职）'],
    [postTitleWords, '网格员'],
    [educationWords, '本科在读'],
    [sexWords, ''],
  ] as [Vocabulary, string][])('%# an unknown word is not guessed', (vocabulary, written) =>
    expect(readTerm(vocabulary, written)).toBeNull(),
  );

  test('no spelling stands for two terms', () => {
    for (const vocabulary of [educationWords, postTitleWords, certificateWords, politicalWords, sexWords] as Vocabulary[]) {
      const spellings = Object.entries(vocabulary.terms).flatMap(([term, others]) => [term, ...others].map(normaliseText));
      expect(new Set(spellings).size).toBe(spellings.length);
    }
  });

  test.each([
    ['优秀', 'excellent'],
    ['合格', 'competent'],
    ['基本合格', 'basic'],
    ['不合格', 'failed'],
    ['不定等次', 'unrated'],
    [' 优 秀 ', 'excellent'],
    ['良好', null],
    ['', null],
  ])('the rating %s is read as %s', (written, rating) => expect(readRating(written)).toBe(rating));
});
