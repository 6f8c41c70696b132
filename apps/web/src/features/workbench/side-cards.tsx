import { Link } from 'react-router';
import { serverNow } from '../../shared/time/clock.ts';
import { dayText, pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { StatusTag } from '../../shared/ui/status-tag.tsx';
import type { Workbench } from './workbench-page.tsx';
import css from './workbench.module.css';

const words = text.workbench;

/** What blocks work and no task shows, in plain words. */
export function IncidentList({ incidents, count }: { incidents: Workbench['incidents']; count: number }) {
  return (
    <Card title={words.incidents(count)} extra={count > 0 && <Link to="/incidents">{words.openIncidents}</Link>} flush>
      {incidents.length === 0 && <Empty>{words.noIncidents}</Empty>}
      {incidents.map(({ id, title, safe, caseId, openedAt }) => (
        <div key={id} className={css.incident}>
          <span>
            <StatusTag kind="incident" /> <b>{title}</b>
          </span>
          <p>{safe}</p>
          <span>
            <Muted small>{pastText(openedAt, serverNow())}</Muted> {caseId && <Link to={`/cases/${caseId}`}>{words.openCase}</Link>}
          </span>
        </div>
      ))}
    </Card>
  );
}

export function NextWeek({ items }: { items: Workbench['nextWeek'] }) {
  return (
    <Card title={words.nextWeek(items.length)} flush>
      {items.length === 0 ? (
        <Empty>{words.noNextWeek}</Empty>
      ) : (
        <DataTable
          label={words.nextWeek(items.length)}
          rows={items}
          rowKey={({ caseId, on, title }) => `${caseId}${on}${title}`}
          columns={[
            { key: 'on', title: words.nextWeekColumns.on, cell: ({ on }) => dayText(on, serverNow()), tight: true },
            { key: 'title', title: words.nextWeekColumns.title, cell: ({ title, caseId }) => <Link to={`/cases/${caseId}`}>{title}</Link> },
          ]}
        />
      )}
    </Card>
  );
}
