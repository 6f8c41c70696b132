import { serverNow } from '../../shared/time/clock.ts';
import { pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { StatusTag, type StatusKind } from '../../shared/ui/status-tag.tsx';
import css from './audit.module.css';
import type { LedgerLine } from './audit-page.tsx';

const words = text.audit;

/** Refused, only looked at, or done. */
export const resultOf = ({ accepted, verb }: LedgerLine): StatusKind =>
  !accepted ? 'rejected' : /\.(view|list|id-number)$/.test(verb) ? 'read' : 'executed';

export function LedgerTable({
  entries,
  chosen,
  onChoose,
}: {
  entries: readonly LedgerLine[];
  chosen: string | null;
  onChoose: (id: string) => void;
}) {
  const now = serverNow();
  const { columns } = words;
  return (
    <DataTable
      label={words.label}
      rows={entries}
      rowKey={({ id }) => id}
      chosen={chosen}
      onChoose={({ id }) => onChoose(id)}
      columns={[
        { key: 'at', title: columns.at, cell: ({ at }) => pastText(at, now), tight: true },
        {
          key: 'who',
          title: columns.who,
          cell: ({ who, posts, actingFor }) => (
            <>
              <b>{who}</b> <Muted small>{[posts, actingFor && words.actingFor(actingFor)].filter(Boolean).join(text.common.dot)}</Muted>
            </>
          ),
        },
        {
          key: 'verb',
          title: columns.verb,
          cell: ({ id, title }) => (
            <button type="button" className={css.pick} onClick={() => onChoose(id)}>
              {title}
            </button>
          ),
        },
        { key: 'about', title: columns.about, cell: aboutOf },
        { key: 'result', title: columns.result, cell: (entry) => <StatusTag kind={resultOf(entry)} />, tight: true },
      ]}
    />
  );
}

export const aboutOf = ({ personName, caseNo }: LedgerLine) => [personName, caseNo].filter(Boolean).join(text.common.dot);
