import type { Db } from '../db.ts';
import type { Catalogue } from '../domain/contract.ts';
import { formatDate, formatMoment, type IsoDate } from '../domain/dates.ts';
import { ratings, ratingTitles } from '../domain/person-words.ts';
import { roleTitles, type Role } from '../domain/roles.ts';
import { deedsOf } from './deeds.ts';
import { overdueAt } from './overdue.ts';
import { ratingsOf } from './ratings.ts';
import type { ReportScope } from './scope.ts';
import { teamOn } from './team.ts';
import { timesOf } from './times.ts';
import type { Sheet } from './workbook.ts';

const percent = (tenThousandths: number | null): number | null => (tenThousandths === null ? null : tenThousandths / 100);

/** Every report of a unit as tables: what the pages show, with the day or the period in the title. */
export async function reportSheets(
  db: Db,
  catalogue: Catalogue,
  scope: ReportScope,
  { on, from, to, at }: { on: IsoDate; from: IsoDate; to: IsoDate; at: Date },
): Promise<Sheet[]> {
  const [team, times, overdue, rated, deeds] = await Promise.all([
    teamOn(db, scope, on),
    timesOf(db, scope, { from, to }),
    overdueAt(db, scope, at),
    ratingsOf(db, scope),
    deedsOf(db, catalogue, scope, on),
  ]);
  const { name } = scope;
  return [
    {
      name: '队伍结构',
      title: `${name}社区工作者队伍结构（${formatDate(on)}）`,
      head: ['单位', '在岗', '平均年龄', '大专及以上（%）'],
      rows: [...team.units, { name: '合计', ...team }].map((unit) => [unit.name, unit.headcount, unit.meanAge, percent(unit.college)]),
    },
    {
      name: '办理用时',
      title: `${name}办理用时（${formatDate(from)}至${formatDate(to)}办结，工作日，不含挂起）`,
      head: ['流程', '环节', '办结', '一半在此之内', '九成在此之内'],
      rows: times.processes.flatMap(({ process, stages, ...all }) => [
        [catalogue[process]?.title ?? process, '全程', all.count, all.p50, all.p90],
        ...stages.map(({ stage, count, p50, p90 }) => [
          catalogue[process]?.title ?? process,
          catalogue[process]?.stages[stage]?.title ?? stage,
          count,
          p50,
          p90,
        ]),
      ]),
    },
    {
      name: '超期',
      title: `${name}待办与超期（${formatMoment(at)}）`,
      head: ['单位', '岗位', '待办', '超期', '最早的办理期限'],
      rows: overdue.map(({ unit, role, open, overdue: late, oldestDueAt }) => [
        unit.name,
        role === null ? '点名到人' : (roleTitles[role as Role] ?? role),
        open,
        late,
        oldestDueAt && formatMoment(oldestDueAt),
      ]),
    },
    {
      name: '考核等次',
      title: `${name}${rated.year ?? ''}年度考核等次`,
      head: ['单位', ...ratings.map((rating) => ratingTitles[rating])],
      rows: [...rated.units, { name: '合计', counts: rated.counts }].map((unit) => [
        unit.name,
        ...ratings.map((rating) => unit.counts[rating] ?? 0),
      ]),
    },
    {
      name: '选育护用',
      title: `${name}选育护用数据（${formatDate(on)}）`,
      head: ['数据', '数值', '单位', '此前', '由什么算出'],
      rows: deeds.map(({ title, value, unit, before, from: source }) => [title, value, unit, before?.value ?? null, source]),
    },
  ];
}
