import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useSearchParams } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { dateOf, yearOf } from '../../../../../libs/domain/dates.ts';
import { addressOf } from '../../shared/api/client.ts';
import { DateInput } from '../../shared/form/date-input.tsx';
import { UnitSelect } from '../../shared/form/unit-select.tsx';
import { holds, useMe } from '../../shared/session/me.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { DeedsTab } from './deeds-tab.tsx';
import { OverdueTab } from './overdue-tab.tsx';
import { RatingsTab } from './ratings-tab.tsx';
import { StaffingTab } from './staffing-tab.tsx';
import { TeamTab } from './team-tab.tsx';
import { TimesTab } from './times-tab.tsx';
import css from './reports.module.css';

const words = text.reports;
const tabs = ['staffing', 'times', 'team', 'ratings', 'overdue', 'deeds'] as const;

/** What a report is asked for: a unit, and the day or the period that it is about. */
export interface Asked {
  unit?: string;
  on: string;
  from: string;
}

/** 报表: figures of one's own units, each as a chart with the table behind it. */
export default function ReportsPage() {
  const me = useMe();
  const today = dateOf(serverNow());
  const [search, setSearch] = useSearchParams();
  const open = tabs.filter((tab) => tab !== 'staffing' || holds(me, ...routes.staffing.access.roles));
  const tab = open.find((one) => one === search.get('tab')) ?? open[0]!;
  const set = (changes: Record<string, string | undefined>) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace: true },
    );
  const unit = search.get('unit') ?? undefined;
  const on = search.get('on') ?? today;
  const asked: Asked = { on, from: search.get('from') ?? `${yearOf(on)}-01-01`, ...(unit && { unit }) };
  return (
    <div className={css.page}>
      <div className={`${css.bar} no-print`}>
        <Segmented
          value={tab}
          onChange={(value) => set({ tab: value })}
          options={open.map((value) => ({ value, label: words.tabs[value] }))}
        />
        <div className={css.filters} role="search" aria-label={words.filters.label}>
          {tab !== 'staffing' && (
            <>
              <div className={css.unit}>
                <UnitSelect value={unit ?? me.posts[0]?.unit.code} onChange={(code) => set({ unit: code })} label={words.filters.unit} />
              </div>
              {tab === 'times' && (
                <div className={css.date}>
                  <DateInput
                    aria-label={words.filters.from}
                    value={asked.from}
                    max={on}
                    allowClear={false}
                    onChange={(day) => set({ from: day })}
                  />
                </div>
              )}
              {tab !== 'overdue' && tab !== 'ratings' && (
                <div className={css.date}>
                  <DateInput aria-label={words.filters.on} value={on} max={today} allowClear={false} onChange={(day) => set({ on: day })} />
                </div>
              )}
            </>
          )}
          <Button
            icon={<DownloadOutlined aria-hidden />}
            href={addressOf(routes.reportWorkbook, { query: { ...(unit && { unit }), on, from: asked.from, to: on } })}
            download
          >
            {words.download}
          </Button>
          <Button icon={<PrinterOutlined aria-hidden />} onClick={() => print()}>
            {words.print}
          </Button>
        </div>
      </div>
      <Report tab={tab} asked={asked} />
    </div>
  );
}

const pages = { times: TimesTab, team: TeamTab, ratings: RatingsTab, overdue: OverdueTab, deeds: DeedsTab };
function Report({ tab, asked }: { tab: (typeof tabs)[number]; asked: Asked }) {
  if (tab === 'staffing') return <StaffingTab />;
  const Page = pages[tab];
  return <Page asked={asked} />;
}
