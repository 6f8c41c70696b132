import { routes } from '../../../../../libs/domain/api/routes.ts';
import { formatEnd } from '../../../../../libs/domain/dates.ts';
import { roleTitles, type Role } from '../../../../../libs/domain/roles.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Bars } from '../../shared/ui/bars.tsx';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Empty, Failed, Waiting } from '../../shared/ui/states.tsx';
import type { Asked } from './reports-page.tsx';
import css from './reports.module.css';

const words = text.reports.overdue;
/** So many desks stand on the chart; the table has them all. */
const DRAWN = 15;

const roleTitle = (role: string | null) => (role === null ? words.named : (roleTitles[role as Role] ?? role));

/** 超期: where work is left lying, by unit and post. */
export function OverdueTab({ asked: { unit } }: { asked: Asked }) {
  const overdue = useRoute(routes.reportOverdue, { query: unit ? { unit } : {} }, { keep: true });
  if (overdue.isPending) return <Waiting rows={12} />;
  if (!overdue.data) return <Failed error={overdue.error} retry={() => void overdue.refetch()} />;
  const { desks } = overdue.data;
  const late = desks.filter((desk) => desk.overdue > 0);
  const sum = desks.reduce((all, desk) => ({ open: all.open + desk.open, overdue: all.overdue + desk.overdue }), { open: 0, overdue: 0 });
  const { columns } = words;
  return (
    <Card title={words.title} note={words.note(sum.open, sum.overdue)} flush>
      {desks.length === 0 ? (
        <Empty>{words.empty}</Empty>
      ) : (
        <div className={css.pair}>
          {late.length === 0 ? (
            <p>{words.none}</p>
          ) : (
            <Bars
              bars={late.slice(0, DRAWN).map((desk) => ({
                key: `${desk.unit.code}/${desk.role}`,
                name: words.desk(desk.unit.name, roleTitle(desk.role)),
                value: desk.overdue,
                text: words.items(desk.overdue),
              }))}
            />
          )}
          <DataTable
            label={words.title}
            rows={desks}
            rowKey={(desk) => `${desk.unit.code}/${desk.role}`}
            columns={[
              { key: 'unit', title: columns.unit, cell: (desk) => desk.unit.name },
              { key: 'role', title: columns.role, cell: (desk) => roleTitle(desk.role) },
              { key: 'open', title: columns.open, cell: (desk) => desk.open, right: true },
              { key: 'overdue', title: columns.overdue, cell: (desk) => desk.overdue, right: true },
              {
                key: 'oldest',
                title: columns.oldest,
                cell: ({ oldestDueAt }) => oldestDueAt && formatEnd(new Date(oldestDueAt)),
                tight: true,
              },
            ]}
          />
        </div>
      )}
    </Card>
  );
}
