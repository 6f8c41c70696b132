import type { Db } from '../db.ts';
import type { Catalogue } from '../domain/contract.ts';
import { addMonths, formatDate, type IsoDate } from '../domain/dates.ts';
import { atWork } from '../people/at-work.ts';
import { staffingOn } from '../people/staffing.ts';
import type { ReportScope } from './scope.ts';
import { teamOn } from './team.ts';

export interface Deed {
  key: string;
  /** 选、育、护、用. */
  group: 'select' | 'grow' | 'care' | 'use';
  title: string;
  value: number;
  before: { value: number; on: IsoDate } | null;
  unit: string;
  decimals: number;
  /** What it was counted from, in words. */
  from: string;
}

/** Cases that came to a good end, by process: what each says of the work done. */
const endings = [
  { process: 'conversion', group: 'select', title: '完成认定套转', years: null },
  { process: 'application', group: 'select', title: '近三年公开招聘到岗', years: 3 },
  { process: 'probation', group: 'select', title: '试用期满转正', years: null },
  { process: 'secondment', group: 'grow', title: '完成东莞跟岗学习', years: null },
] as const;

/**
 * 选育护用数据 of a unit on a day: what was done, counted from what the product holds. A figure for which it holds nothing does not stand here.
 */
export async function deedsOf(db: Db, catalogue: Catalogue, scope: ReportScope, on: IsoDate): Promise<Deed[]> {
  const counted = await Promise.all(endings.map((ending) => countEnded(db, catalogue, scope, on, ending)));
  const [staffing, team, pay] = await Promise.all([staffingDeed(db, scope, on), teamDeeds(db, scope, on), payDeed(db, scope, on)]);
  return [...counted, ...staffing, ...team, ...pay]
    .filter((deed) => deed !== null)
    .sort((a, b) => ORDER.indexOf(a.group) - ORDER.indexOf(b.group));
}
const ORDER: readonly Deed['group'][] = ['select', 'grow', 'care', 'use'];

async function countEnded(
  db: Db,
  catalogue: Catalogue,
  { path }: ReportScope,
  on: IsoDate,
  { process, group, title, years }: (typeof endings)[number],
): Promise<Deed | null> {
  const contract = catalogue[process];
  if (!contract) return null;
  const good = Object.entries(contract.outcomes).flatMap(([name, { tone }]) => (tone === 'passed' ? [name] : []));
  const since = years === null ? null : addMonths(on, -12 * years);
  const [row] = await db.$queryRaw<[{ count: number }]>`
    SELECT count(*)::int AS count FROM "case" c JOIN unit u ON u.code = c.unit_code
    WHERE c.process = ${process} AND c.status = 'ended' AND c.outcome = ANY(${good}::text[]) AND starts_with(u.path, ${path})
      AND (c.ended_at AT TIME ZONE 'Asia/Shanghai')::date <= ${on}::date AND (${since}::date IS NULL OR (c.ended_at AT TIME ZONE 'Asia/Shanghai')::date > ${since}::date)`;
  if (row.count === 0) return null;
  const from = `“${contract.title}”${since === null ? '' : ` ${formatDate(since)}之后`}办结的办件，结果为${good.map((name) => contract.outcomes[name]!.title).join('、')}`;
  return { key: `ended/${process}`, group, title, value: row.count, before: null, unit: '人', decimals: 0, from };
}

/** People to residents, now and at the first day that residents are registered for: of the whole city, or of one county. */
async function staffingDeed(db: Db, { code, path }: ReportScope, on: IsoDate): Promise<Deed[]> {
  const ratioOn = async (day: IsoDate) => {
    const { counties, all } = await staffingOn(db, day);
    const whole =
      counties.length > 0 &&
      (await db.unit.count({ where: { code: { in: counties.map((county) => county.code) }, path: { startsWith: path } } }));
    return (whole === counties.length ? all : counties.find((county) => county.code === code))?.ratio ?? null;
  };
  const now = await ratioOn(on);
  if (now === null) return [];
  const [row] = await db.$queryRaw<[{ on: string | null }]>`
    SELECT max(first)::text AS on FROM (SELECT min(r.as_of) AS first FROM resident_figure r JOIN unit u ON u.code = r.county_code
      WHERE r.ended_at IS NULL AND starts_with(u.path, ${path}) GROUP BY r.county_code) AS firsts`;
  const then = row.on !== null && row.on < on ? await ratioOn(row.on) : null;
  const before = then === null || row.on === null ? null : { value: then / 100, on: row.on };
  const from = '在岗专职社区工作者与登记的城镇常住人口之比';
  return [{ key: 'staffing', group: 'select', title: '每万城镇常住人口配备', value: now / 100, before, unit: '人', decimals: 1, from }];
}

async function teamDeeds(db: Db, scope: ReportScope, on: IsoDate): Promise<Deed[]> {
  const { headcount, meanAge, college } = await teamOn(db, scope, on);
  if (headcount === 0) return [];
  const from = `${formatDate(on)}在岗 ${headcount.toLocaleString('zh-CN')} 人的花名册`;
  const one = { group: 'use' as const, before: null, from };
  return [
    { ...one, key: 'headcount', title: '在岗社区工作者', value: headcount, unit: '人', decimals: 0 },
    ...(meanAge === null ? [] : [{ ...one, key: 'meanAge', title: '平均年龄', value: meanAge, unit: '岁', decimals: 1 }]),
    ...(college === null ? [] : [{ ...one, key: 'college', title: '大专及以上', value: college / 100, unit: '%', decimals: 2 }]),
  ];
}

async function payDeed(db: Db, { path }: ReportScope, on: IsoDate): Promise<Deed[]> {
  const [row] = await db.$queryRaw<[{ count: number; mean: number | null }]>`
    SELECT count(*)::int AS count, avg((p.value ->> 'total')::numeric)::float / 100 AS mean
    FROM person_fact p JOIN (${atWork(on)}) AS here ON here.person_id = p.person_id
    WHERE p.kind = 'pay' AND p.ended_at IS NULL AND p.from_on <= ${on}::date AND (p.to_on IS NULL OR p.to_on >= ${on}::date) AND starts_with(here.path, ${path})`;
  if (row.mean === null) return [];
  const from = `${row.count.toLocaleString('zh-CN')} 人登记的薪酬，每月合计的平均数`;
  return [{ key: 'meanPay', group: 'care', title: '平均月薪', value: row.mean, before: null, unit: '元', decimals: 2, from }];
}
