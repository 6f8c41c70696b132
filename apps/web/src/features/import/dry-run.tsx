import { CheckCircleOutlined, CloseCircleOutlined, FileExcelOutlined, WarningOutlined } from '@ant-design/icons';
import { Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import { serverNow } from '../../shared/time/clock.ts';
import { pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Muted } from '../../shared/ui/small.tsx';
import { CorrectionsTable } from './corrections-table.tsx';
import { DryRunActs } from './dry-run-acts.tsx';
import { DryRunAside } from './dry-run-aside.tsx';
import { FaultList, type Fault } from './fault-list.tsx';
import css from './import.module.css';
import type { Batch } from './import-page.tsx';
import { RowsTable } from './rows-table.tsx';

const words = text.importing;
const tabs = ['faults', 'rows', 'corrections'] as const;

/** 试运行结果: one line per fault, the sheet as it stands beside it, and three ways on. */
export function DryRun({ batch, onMapping }: { batch: Batch; onMapping: () => void }) {
  const [tab, setTab] = useState<(typeof tabs)[number]>('faults');
  const [codes, setCodes] = useState<{ group: string; codes: readonly string[] } | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const tabOptions = tabs.map((value) => ({ value, label: words.tabs[value] }));
  const switcher = <Segmented value={tab} onChange={setTab} options={tabOptions} />;
  return (
    <>
      <Counts batch={batch} />
      <div className={css.columns}>
        {tab === 'faults' && (
          <FaultList
            batch={batch}
            switcher={switcher}
            group={codes}
            onAllGroups={() => setCodes(null)}
            chosen={fault}
            onChoose={setFault}
          />
        )}
        {tab === 'rows' && <RowsTable batch={batch} switcher={switcher} />}
        {tab === 'corrections' && <CorrectionsTable batch={batch} switcher={switcher} />}
        <DryRunAside
          batch={batch}
          fault={fault}
          group={codes?.group ?? null}
          onGroup={(group) => {
            setCodes(group);
            setTab('faults');
          }}
          onTaught={() => setFault(null)}
        />
      </div>
      <DryRunActs batch={batch} onMapping={onMapping} />
    </>
  );
}

function Counts({ batch }: { batch: Batch }) {
  const { summary } = batch;
  const header = batch.headerTop === batch.headerBottom ? String(batch.headerTop) : `${batch.headerTop}–${batch.headerBottom}`;
  const { counts } = words;
  return (
    <div className={css.counts}>
      <div className={css.count}>
        <b style={{ fontSize: 15 }}>
          <FileExcelOutlined aria-hidden />
          {batch.fileName}
        </b>
        <span>
          {words.attempt(summary.attempt, pastText(batch.uploadedAt, serverNow()), batch.sheet, header)}
          {text.common.dot}
          {words.nothingWritten}
        </span>
      </div>
      <Count
        label={counts.rows}
        value={words.rowsOf(summary.rows)}
        below={words.addUpdate(summary.added, summary.updated, summary.unchanged)}
      />
      <Count
        label={counts.good}
        value={words.rowsOf(summary.good)}
        tone="good"
        icon={<CheckCircleOutlined aria-hidden />}
        below={`${counts.probation} ${words.people(summary.onProbation)}`}
      />
      <Count
        label={counts.faults}
        value={words.places(summary.faults, summary.refusedRows)}
        tone={summary.faults > 0 ? 'bad' : undefined}
        icon={<CloseCircleOutlined aria-hidden />}
      />
      <Count
        label={counts.checks}
        value={words.rowsOf(summary.checkRows)}
        tone={summary.checkRows > 0 ? 'check' : undefined}
        icon={<WarningOutlined aria-hidden />}
        below={`${counts.corrections} ${summary.corrections}`}
      />
      <Count
        label={counts.since}
        value={null}
        below={summary.faultsBefore === null ? words.firstTime : words.sinceLast(summary.faultsBefore, summary.faults)}
      />
    </div>
  );
}

function Count({
  label,
  value,
  tone,
  icon,
  below,
}: {
  label: string;
  value: string | null;
  tone?: 'good' | 'bad' | 'check';
  icon?: ReactNode;
  below?: string;
}) {
  return (
    <div className={[css.count, tone && css[tone]].filter(Boolean).join(' ')}>
      <span>
        {icon}
        {label}
      </span>
      {value && <b>{value}</b>}
      {below && <Muted small>{below}</Muted>}
    </div>
  );
}
