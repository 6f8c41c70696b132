import { Select } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { ratings, ratingTitles, type Rating } from '../../../../../libs/domain/person-words.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Bars } from '../../shared/ui/bars.tsx';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Empty, Failed, Waiting } from '../../shared/ui/states.tsx';
import type { Asked } from './reports-page.tsx';
import css from './reports.module.css';

const words = text.reports.ratings;
type Counts = Partial<Record<Rating, number>>;

const sumOf = (counts: Counts) => ratings.reduce((sum, rating) => sum + (counts[rating] ?? 0), 0);

/** 考核等次 of a year, for all and by unit. */
export function RatingsTab({ asked: { unit } }: { asked: Asked }) {
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const rated = useRoute(routes.reportRatings, { query: { ...(unit && { unit }), ...(chosen && { year: chosen }) } }, { keep: true });
  if (rated.isPending) return <Waiting rows={12} />;
  if (!rated.data) return <Failed error={rated.error} retry={() => void rated.refetch()} />;
  const { year, years, counts, units } = rated.data;
  const all = sumOf(counts);
  return (
    <Card
      title={year === null ? words.none : words.title(year)}
      note={words.note(all)}
      extra={
        years.length > 1 && (
          <Select
            aria-label={words.year}
            value={year ?? undefined}
            onChange={setChosen}
            options={years.map((value) => ({ value, label: words.yearOf(value) }))}
          />
        )
      }
      flush
    >
      {year === null ? (
        <Empty>{words.empty}</Empty>
      ) : (
        <div className={css.pair}>
          <Bars
            bars={ratings.map((rating) => ({
              key: rating,
              name: ratingTitles[rating],
              value: counts[rating] ?? 0,
              text: words.share(counts[rating] ?? 0, all),
            }))}
          />
          <DataTable
            label={words.title(year)}
            rows={units}
            foot={{ code: '', name: words.all, counts }}
            rowKey={({ code }) => code}
            columns={[
              { key: 'unit', title: words.unit, cell: ({ name }) => name, tight: true },
              ...ratings.map((rating) => ({
                key: rating,
                title: ratingTitles[rating],
                cell: (row: { counts: Counts }) => (row.counts[rating] ?? 0).toLocaleString('zh-CN'),
                right: true,
              })),
            ]}
          />
        </div>
      )}
    </Card>
  );
}
