import { EditOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Calendar } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { Link } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { dateOf } from '../../../../../libs/domain/dates.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useList, useRoute } from '../../shared/api/hooks.ts';
import type { TaskLine } from '../../shared/cases/cases.ts';
import { holds, isAdministrator, useMe } from '../../shared/session/me.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { dayText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import { Mark } from '../../shared/ui/status-tag.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import css from './calendar.module.css';

const words = text.calendar;
export type YearTable = Reply<typeof routes.calendarYear>;
/** A day has room for so many deadlines. */
const SHOWN = 3;

/** 日历: my deadlines by month, holidays and make-up days marked; the administrator of the system changes a year's table here. */
export default function CalendarPage() {
  const me = useMe();
  const [month, setMonth] = useState(() => dayjs(dateOf(serverNow())));
  const [changing, setChanging] = useState<YearTable | null>(null);
  const table = useRoute(routes.calendarYear, { params: { year: month.year() }, query: {} }, { keep: true });
  const mayChange = holds(me, 'SYSTEM_ADMIN');
  return (
    <div className={css.page}>
      {!isAdministrator(me) && (
        <Card title={words.mine} note={words.mineNote}>
          <Month month={month} onMonth={setMonth} table={table.data} />
        </Card>
      )}
      <Card
        title={words.year(month.year())}
        note={table.data && <StateMark state={table.data.state} />}
        extra={
          <>
            <Button size="small" onClick={() => setMonth(month.subtract(1, 'year'))}>
              {words.before}
            </Button>{' '}
            <Button size="small" onClick={() => setMonth(month.add(1, 'year'))}>
              {words.after}
            </Button>{' '}
            {mayChange && table.data && (
              <Button size="small" icon={<EditOutlined aria-hidden />} onClick={() => setChanging(table.data ?? null)}>
                {words.change.open}
              </Button>
            )}
          </>
        }
        flush
      >
        {table.data && <Year table={table.data} />}
      </Card>
      {changing && <ChangeDialog table={changing} onClose={() => setChanging(null)} />}
    </div>
  );
}

function StateMark({ state }: { state: YearTable['state'] }) {
  return <Mark tone={state === 'official' ? 'green' : state === 'provisional' ? 'gold' : 'volcano'}>{words.state[state]}</Mark>;
}

function Year({ table }: { table: YearTable }) {
  const now = serverNow();
  if (table.state === 'missing') return <Notice tone="warning">{words.missing(table.year)}</Notice>;
  const names = [...new Set([...table.holidays, ...table.workdays].map(({ name }) => name))];
  const span = ({ from, to }: { from: string; to: string }) =>
    from === to ? dayText(from, now) : words.span(dayText(from, now), dayText(to, now));
  return (
    <>
      <DataTable
        label={words.year(table.year)}
        rows={names}
        rowKey={(name) => name}
        columns={[
          { key: 'name', title: words.columns.name, cell: (name) => name, tight: true },
          {
            key: 'off',
            title: words.columns.off,
            cell: (name) =>
              table.holidays
                .filter((day) => day.name === name)
                .map(span)
                .join(text.common.listMark),
          },
          {
            key: 'on',
            title: words.columns.makeUp,
            cell: (name) =>
              table.workdays
                .filter((day) => day.name === name)
                .map(({ on }) => dayText(on, now))
                .join(text.common.listMark) || text.common.none,
          },
        ]}
      />
      {table.source && (
        <p className={css.source}>
          <Muted small>{words.source(table.source)}</Muted>
        </p>
      )}
    </>
  );
}

function Month({ month, onMonth, table }: { month: Dayjs; onMonth: (month: Dayjs) => void; table: YearTable | undefined }) {
  const tasks = useList(routes.tasks, { query: { limit: 100 } });
  const byDay = new Map<string, TaskLine[]>();
  for (const task of tasks.items) {
    if (!task.due.at) continue;
    // a legal end at midnight belongs to the day before
    const on = dateOf(new Date(Date.parse(task.due.at) - 1));
    byDay.set(on, [...(byDay.get(on) ?? []), task]);
  }
  const off = new Set(table?.off);
  const makeUp = new Set(table?.makeUp);
  return (
    <Calendar
      value={month}
      onChange={onMonth}
      mode="month"
      headerRender={() => (
        <div className={css.monthHead}>
          <Button
            size="small"
            aria-label={words.lastMonth}
            icon={<LeftOutlined aria-hidden />}
            onClick={() => onMonth(month.subtract(1, 'month'))}
          />
          <b>{words.month(month.year(), month.month() + 1)}</b>
          <Button
            size="small"
            aria-label={words.nextMonth}
            icon={<RightOutlined aria-hidden />}
            onClick={() => onMonth(month.add(1, 'month'))}
          />
          <Button size="small" onClick={() => onMonth(dayjs(dateOf(serverNow())))}>
            {text.due.today}
          </Button>
        </div>
      )}
      cellRender={(day, { type }) => {
        if (type !== 'date') return null;
        const on = day.format('YYYY-MM-DD');
        const here = byDay.get(on) ?? [];
        const weekend = [0, 6].includes(day.day());
        const rest = makeUp.has(on) ? words.work : off.has(on) || weekend ? words.rest : null;
        return (
          <>
            {rest && <Mark tone={makeUp.has(on) ? 'blue' : off.has(on) ? 'green' : 'grey'}>{rest}</Mark>}
            <ul className={css.day}>
              {here.slice(0, SHOWN).map((task) => (
                <li key={task.id} data-state={task.due.state}>
                  <Link to={`/tasks/${task.id}`}>{[task.title.split(text.common.dot)[0], task.stageTitle].join(' ')}</Link>
                </li>
              ))}
              {here.length > SHOWN && <li>{words.more(here.length - SHOWN)}</li>}
            </ul>
          </>
        );
      }}
    />
  );
}
