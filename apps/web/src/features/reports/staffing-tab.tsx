import { Button } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { dateOf } from '../../../../../libs/domain/dates.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { DateInput } from '../../shared/form/date-input.tsx';
import { serverNow } from '../../shared/time/clock.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Bars } from '../../shared/ui/bars.tsx';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable, type Column } from '../../shared/ui/data-table.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Failed, Waiting } from '../../shared/ui/states.tsx';
import { RegisterDialog } from './register-dialog.tsx';
import css from './reports.module.css';

const words = text.staffing;
const FIRST_DAY = '2025-01-01';
export type Staffing = Reply<typeof routes.staffing>;
export type CountyLine = Staffing['counties'][number];
type Line = Staffing['all'] & { name: string; county: CountyLine | null };

/** 10.10 */
const ratioText = (hundredths: number | null): string => (hundredths === null ? words.unknown : (hundredths / 100).toFixed(2));
const number = (value: number | null) => (value === null ? words.unknown : value.toLocaleString('zh-CN'));

/** 人员配备: what each county has and needs by the standard on a day, as a chart and as the table behind it. */
export function StaffingTab() {
  const today = dateOf(serverNow());
  const [on, setOn] = useState(today);
  const [registering, setRegistering] = useState<CountyLine | null>(null);
  const staffing = useRoute(routes.staffing, { query: { on } }, { keep: true });
  if (staffing.isPending) return <Waiting rows={12} />;
  if (!staffing.data) return <Failed error={staffing.error} retry={() => void staffing.refetch()} />;
  return (
    <div className={css.page}>
      <Card
        title={words.chart}
        note={words.standard(staffing.data.standard)}
        extra={
          <div className={css.date}>
            <DateInput
              aria-label={words.on}
              value={on}
              min={FIRST_DAY}
              max={today}
              allowClear={false}
              onChange={(day) => setOn(day ?? today)}
            />
          </div>
        }
      >
        <Bars
          bars={staffing.data.counties.map(({ code, name, ratio }) => ({
            key: code,
            name,
            value: ratio,
            text: ratio === null ? words.none : ratioText(ratio),
            below: ratio !== null && ratio < staffing.data.standard * 100 && words.below,
          }))}
          line={{ value: staffing.data.standard * 100, label: words.line(staffing.data.standard) }}
        />
        <Muted small>{words.how}</Muted>
      </Card>
      <Card title={words.table} flush>
        <CountyTable staffing={staffing.data} onRegister={setRegistering} />
      </Card>
      {registering && <RegisterDialog county={registering} today={today} onClose={() => setRegistering(null)} />}
    </div>
  );
}

function CountyTable({ staffing, onRegister }: { staffing: Staffing; onRegister: (county: CountyLine) => void }) {
  const { columns } = words;
  const lines: Line[] = [
    ...staffing.counties.map((county) => ({ ...county, county })),
    { ...staffing.all, name: words.whole, county: null },
  ];
  const registers = staffing.counties.some(({ mayRegister }) => mayRegister);
  const act: Column<Line> = {
    key: 'act',
    title: <span className="sr-only">{words.register.open}</span>,
    cell: ({ county }) =>
      county?.mayRegister && (
        <Button size="small" aria-label={words.register.openFor(county.name)} onClick={() => onRegister(county)}>
          {words.register.open}
        </Button>
      ),
    tight: true,
  };
  return (
    <DataTable
      label={words.table}
      rows={lines}
      rowKey={({ county }) => county?.code ?? ''}
      columns={[
        { key: 'name', title: columns.county, cell: ({ name, county }) => (county ? name : <b>{name}</b>), tight: true },
        { key: 'headcount', title: columns.headcount, cell: ({ headcount }) => number(headcount), right: true },
        { key: 'residents', title: columns.residents, cell: ({ residents }) => number(residents), right: true },
        { key: 'ratio', title: columns.ratio, cell: ({ ratio }) => ratioText(ratio), right: true },
        { key: 'required', title: columns.required, cell: ({ required }) => number(required), right: true },
        { key: 'gap', title: columns.gap, cell: ({ gap }) => number(gap), right: true },
        { key: 'asOf', title: columns.asOf, cell: ({ county }) => county?.asOf, tight: true },
        { key: 'source', title: columns.source, cell: ({ county }) => county?.source },
        ...(registers ? [act] : []),
      ]}
    />
  );
}
