import type { RecruitmentRules } from './rules.ts';

export interface PostCount {
  code: string;
  /** 招聘计划数. */
  planned: number;
  /** Applicants who passed the initial check. */
  qualified: number;
}

export interface PostOpening extends PostCount {
  places: number;
  result: 'kept' | 'reduced' | 'cancelled';
}

/** 开考比例 of one post: places = min(planned, ⌊qualified / ratio⌋); none left cancels the post. */
export function openingOf(post: PostCount, { openRatio }: Pick<RecruitmentRules, 'openRatio'>): PostOpening {
  const places = Math.min(post.planned, Math.floor(post.qualified / openRatio));
  return { ...post, places, result: places === 0 ? 'cancelled' : places < post.planned ? 'reduced' : 'kept' };
}

/** 核减公告: one sentence of a post for the notice; null where it is kept. */
export function openingSentence(
  { code, planned, qualified, places, result }: PostOpening,
  { openRatio }: Pick<RecruitmentRules, 'openRatio'>,
) {
  if (result === 'kept') return null;
  const why = `计划 ${planned} 人，资格初审合格 ${qualified} 人，未达到 ${openRatio}:1 的开考比例`;
  return result === 'cancelled' ? `${code} 岗位${why}，取消招聘。` : `${code} 岗位${why}，核减为 ${places} 人。`;
}
