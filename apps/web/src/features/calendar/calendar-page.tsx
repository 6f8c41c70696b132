import { EditOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Calendar, Select } from 'antd';
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

/**
 * 日历: my deadlines by month, holidays and make-up days marked. Beside the State Council's table of a year stands the county's own; the administrator of
 * the system over either changes it here.
 */
export default function CalendarPage() {
  const me = useMe();
  const [month, setMonth] = useState(() => dayjs(dateOf(serverNow())));
  const [whose, setWhose] = useState('');
  const [changing, setChanging] = useState<YearTable | null>(null);
  const counties = useCounties();
  const tableOf = (unit: string) => ({ params: { year: month.year() }, query: unit ? { unit } : {} });
  const table = useRoute(routes.calendarYear, tableOf(whose), { keep: true });
  const national = useRoute(routes.calendarYear, tableOf(''), { keep: true });
  const own = useRoute(routes.calendarYear, tableOf(counties.own), { enabled: counties.own !== '', keep: true });
  const mayChange = holds(me, 'SYSTEM_ADMIN') && (whose === '' ? counties.own === '' : counties.list.some(({ code }) => code === whose));
  return (
    <div className={css.page}>
      {!isAdministrator(me) && (
        <Card title={words.mine} note={words.mineNote}>
          <Month month={month} onMonth={setMonth} days={daysOf(national.data, own.data)} />
        </Card>
      )}
      <Card
        title={words.year(month.year())}
        note={table.data && (whose === '' || table.data.state !== 'missing') && <StateMark state={table.data.state} />}
        extra={
          <>
            {counties.list.length > 0 && (
              <Select
                size="small"
                aria-label={words.whose}
                value={whose}
                onChange={setWhose}
                popupMatchSelectWidth={false}
                options={[
                  { value: '', label: words.national },
                  ...counties.list.map(({ code, name }) => ({ value: code, label: words.own(name) })),
                ]}
              />
            )}{' '}
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
        {table.data && <Year table={table.data} own={whose !== ''} />}
      </Card>
      {changing && (
        <ChangeDialog
          table={changing}
          county={counties.list.find(({ code }) => code === whose) ?? null}
          onClose={() => setChanging(null)}
        />
      )}
    </div>
  );
}

/** The counties whose own days this reader may look at: an officer's own; the administrator's, of the whole city or of one county. `own` is "" for a city's. */
function useCounties(): { own: string; list: { code: string; name: string }[] } {
  const me = useMe();
  const unit = me.posts[0]?.unit;
  const isCitys = holds(me, 'SYSTEM_ADMIN') && unit?.code.length === CITY_CODE;
  const below = useRoute(routes.units, { query: { parent: unit?.code } }, { enabled: isCitys });
  if (isCitys) return { own: '', list: (below.data?.items ?? []).filter(({ level }) => level === 'county') };
  const own = unit && unit.code.length >= COUNTY_CODE ? unit.code.slice(0, COUNTY_CODE) : '';
  return { own, list: own === '' ? [] : [{ code: own, name: unit?.code === own ? unit.name : words.ownCounty }] };
}
// GB/T 2260: a county's code begins those of all units below it
const CITY_CODE = 4;
const COUNTY_CODE = 6;

interface Days {
  off: ReadonlySet<string>;
  makeUp: ReadonlySet<string>;
}

/** Days off and make-up days as they count in a county: its own before the State Council's. */
function daysOf(national: YearTable | undefined, own: YearTable | undefined): Days {
  const [off, makeUp] = [new Set(national?.off), new Set(national?.makeUp)];
  for (const on of own?.off ?? []) {
    off.add(on);
    makeUp.delete(on);
  }
  for (const on of own?.makeUp ?? []) {
    makeUp.add(on);
    off.delete(on);
  }
  return { off, makeUp };
}

function StateMark({ state }: { state: YearTable['state'] }) {
  return <Mark tone={state === 'official' ? 'green' : state === 'provisional' ? 'gold' : 'volcano'}>{words.state[state]}</Mark>;
}

function Year({ table, own }: { table: YearTable; own: boolean }) {
  const now = serverNow();
  if (own && table.holidays.length + table.workdays.length === 0) return <Notice tone="info">{words.noOwn(table.year)}</Notice>;
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

function Month({ month, onMonth, days: { off, makeUp } }: { month: Dayjs; onMonth: (month: Dayjs) => void; days: Days }) {
  const tasks = useList(routes.tasks, { query: { limit: 100 } });
  const byDay = new Map<string, TaskLine[]>();
  for (const task of tasks.items) {
    if (!task.due.at) continue;
    // a legal end at midnight belongs to the day before
    const on = dateOf(new Date(Date.parse(task.due.at) - 1));
    byDay.set(on, [...(byDay.get(on) ?? []), task]);
  }
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
