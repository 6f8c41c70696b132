import { routes } from '../../../../../libs/domain/api/routes.ts';
import { formatDate } from '../../../../../libs/domain/dates.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Empty, Failed, Waiting } from '../../shared/ui/states.tsx';
import type { Asked } from './reports-page.tsx';
import css from './reports.module.css';

const words = text.reports.deeds;
const groups = ['select', 'grow', 'care', 'use'] as const;

const written = (value: number, decimals: number) =>
  value.toLocaleString('zh-CN', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** 选育护用数据: what was done, each figure with what it was counted from; what the product holds nothing of does not stand here. */
export function DeedsTab({ asked: { unit, on } }: { asked: Asked }) {
  const deeds = useRoute(routes.reportDeeds, { query: { on, ...(unit && { unit }) } }, { keep: true });
  if (deeds.isPending) return <Waiting rows={12} />;
  if (!deeds.data) return <Failed error={deeds.error} retry={() => void deeds.refetch()} />;
  const { data } = deeds;
  if (data.deeds.length === 0) return <Empty>{words.empty}</Empty>;
  return (
    <>
      {groups.map((group) => {
        const own = data.deeds.filter((deed) => deed.group === group);
        if (own.length === 0) return null;
        return (
          <Card key={group} title={words.groups[group]} note={text.reports.as(data.unit.name, on)}>
            <dl className={css.figures}>
              {own.map(({ key, title, value, before, unit: measure, decimals, from }) => (
                <div key={key} className={css.figure}>
                  <dt>{title}</dt>
                  <dd className={css.value}>
                    {before && `${written(before.value, decimals)} → `}
                    {written(value, decimals)} {measure}
                  </dd>
                  <dd className={css.from}>
                    {words.from(from)}
                    {before && words.since(formatDate(before.on))}
                  </dd>
                </div>
              ))}
            </dl>
          </Card>
        );
      })}
    </>
  );
}
