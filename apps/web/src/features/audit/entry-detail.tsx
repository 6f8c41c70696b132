import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import { serverNow } from '../../shared/time/clock.ts';
import { pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { After, Before } from '../../shared/ui/change.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { DossierButton } from '../../shared/cases/dossier-button.tsx';
import { Facts } from '../../shared/ui/small.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { StatusTag } from '../../shared/ui/status-tag.tsx';
import css from './audit.module.css';
import type { LedgerLine } from './audit-page.tsx';
import { aboutOf, resultOf } from './ledger-table.tsx';
import { ProofOfEntry } from './proof-of-entry.tsx';

const words = text.audit;

/** One entry in full: who, what, before and after, and its proof. */
export function EntryDetail({ entry, onStep }: { entry: LedgerLine | undefined; onStep: (by: number) => void }) {
  if (!entry) {
    return (
      <Card>
        <Empty>{words.pick}</Empty>
      </Card>
    );
  }
  const { facts } = words;
  const who = [entry.who, entry.posts, entry.actingFor && words.actingFor(entry.actingFor)].filter(Boolean).join(text.common.dot);
  const lines = [
    { label: facts.who, value: who },
    { label: facts.verb, value: entry.title },
    { label: facts.about, value: aboutOf(entry) || text.common.none },
    { label: facts.when, value: pastText(entry.at, serverNow()) },
    ...(entry.refusal ? [{ label: facts.refusal, value: entry.refusal }] : []),
  ];
  return (
    <Card
      title={words.seq(entry.seq)}
      note={<StatusTag kind={resultOf(entry)} />}
      extra={
        <>
          <Button size="small" type="text" icon={<LeftOutlined aria-hidden />} aria-label={words.previous} onClick={() => onStep(-1)} />
          <Button size="small" type="text" icon={<RightOutlined aria-hidden />} aria-label={words.next} onClick={() => onStep(1)} />
        </>
      }
    >
      <div className={css.detail}>
        <Facts items={lines} />
        <Space>
          {entry.caseId && <DossierButton of="case" id={entry.caseId} name={entry.caseNo ?? entry.caseId} />}
          {entry.personId && <DossierButton of="person" id={entry.personId} name={entry.personName ?? entry.personId} />}
        </Space>
        <ChangedFields changes={entry.changes} />
        <ProofOfEntry entry={entry} />
      </div>
    </Card>
  );
}

function ChangedFields({ changes }: { changes: LedgerLine['changes'] }) {
  if (changes.length === 0) return null;
  const { changeColumns: columns } = words;
  return (
    <div>
      <h3>{words.changes}</h3>
      <DataTable
        label={words.changes}
        rows={changes}
        rowKey={({ label }) => label}
        columns={[
          { key: 'label', title: columns.label, cell: ({ label }) => label },
          { key: 'before', title: columns.before, cell: ({ before }) => <Before value={before} /> },
          { key: 'after', title: columns.after, cell: ({ after }) => <After value={after} /> },
        ]}
      />
    </div>
  );
}
