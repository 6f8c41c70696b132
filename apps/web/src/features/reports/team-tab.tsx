import { routes } from '../../../../../libs/domain/api/routes.ts';
import { postLabel, type Post } from '../../../../../libs/domain/post-grade.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Bars, type Bar } from '../../shared/ui/bars.tsx';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Failed, Waiting } from '../../shared/ui/states.tsx';
import type { Asked } from './reports-page.tsx';
import css from './reports.module.css';

const words = text.reports.team;
type Team = Reply<typeof routes.reportTeam>;
type Share = { name: string; count: number };

const percentText = (tenThousandths: number | null) => (tenThousandths === null ? words.none : `${(tenThousandths / 100).toFixed(2)}%`);

/** 年龄与学历: the people at work on a day. */
export function TeamTab({ asked: { unit, on } }: { asked: Asked }) {
  const team = useRoute(routes.reportTeam, { query: { on, ...(unit && { unit }) } }, { keep: true });
  if (team.isPending) return <Waiting rows={12} />;
  if (!team.data) return <Failed error={team.error} retry={() => void team.refetch()} />;
  const { data } = team;
  return (
    <>
      <Shares
        title={words.ages}
        note={words.agesNote(data.meanAge)}
        shares={data.ages.map(({ from, to, count }) => ({ name: words.age(from, to), count }))}
      />
      <Shares
        title={words.educations}
        note={words.educationsNote(percentText(data.college))}
        shares={data.educations.map(({ education, count }) => ({ name: education ?? words.unknown, count }))}
      />
      <Shares
        title={words.posts}
        note={words.postsNote}
        shares={data.posts.map(({ post, count }) => ({ name: post === null ? words.unplaced : postLabel(post as Post), count }))}
      />
      <Card title={words.units} note={text.reports.as(data.unit.name, on)} flush>
        <Units team={data} />
      </Card>
    </>
  );
}

function Shares({ title, note, shares }: { title: string; note: string; shares: readonly Share[] }) {
  const all = shares.reduce((sum, { count }) => sum + count, 0);
  const bars: Bar[] = shares.map(({ name, count }) => ({ key: name, name, value: count, text: count.toLocaleString('zh-CN') }));
  return (
    <Card title={title} note={note} flush>
      <div className={css.pair}>
        <Bars bars={bars} />
        <DataTable
          label={title}
          rows={shares}
          rowKey={({ name }) => name}
          columns={[
            { key: 'name', title: words.columns.name, cell: ({ name }) => name, tight: true },
            { key: 'count', title: words.columns.count, cell: ({ count }) => count.toLocaleString('zh-CN'), right: true },
            {
              key: 'share',
              title: words.columns.share,
              cell: ({ count }) => (all === 0 ? words.none : `${((count / all) * 100).toFixed(1)}%`),
              right: true,
            },
          ]}
        />
      </div>
    </Card>
  );
}

function Units({ team }: { team: Team }) {
  const { columns } = words;
  return (
    <DataTable
      label={words.units}
      rows={team.units}
      foot={{ ...team, code: '', name: words.all }}
      rowKey={({ code }) => code}
      columns={[
        { key: 'unit', title: columns.unit, cell: ({ name }) => name, tight: true },
        { key: 'headcount', title: columns.headcount, cell: ({ headcount }) => headcount.toLocaleString('zh-CN'), right: true },
        { key: 'meanAge', title: columns.meanAge, cell: ({ meanAge }) => meanAge?.toFixed(1) ?? words.none, right: true },
        { key: 'college', title: columns.college, cell: ({ college }) => percentText(college), right: true },
      ]}
    />
  );
}
