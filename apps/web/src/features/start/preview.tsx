import { useQuery } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { api, type Reply } from '../../shared/api/client.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { dayText, momentText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Muted, Small } from '../../shared/ui/small.tsx';
import { Empty, Failed, Notice, Waiting } from '../../shared/ui/states.tsx';
import { Mark, StatusTag } from '../../shared/ui/status-tag.tsx';
import css from './start.module.css';

const words = text.start;
type Rehearsal = Reply<typeof routes.rehearse>;
type RehearsedDate = Rehearsal['dates'][number];

/** The whole calendar of the case before it is started, told by the story itself. `input` is null until the form fits. */
export function Preview({ process, input }: { process: string; input: string | null }) {
  const rehearsal = useQuery({
    queryKey: [routes.rehearse.id, process, input],
    queryFn: ({ signal }) =>
      api.call(routes.rehearse, { body: { process, input: JSON.parse(input ?? '{}') as Record<string, unknown> } }, { signal }),
    enabled: input !== null,
  });
  return (
    <Card title={words.preview} note={rehearsal.data && words.outcome(rehearsal.data.outcome)} flush>
      {input === null ? (
        <Empty>{words.previewHelp}</Empty>
      ) : rehearsal.isPending ? (
        <Waiting rows={10} />
      ) : rehearsal.data ? (
        <Calendar rehearsal={rehearsal.data} />
      ) : (
        <div className={css.padded}>
          <Failed error={rehearsal.error} retry={() => void rehearsal.refetch()} />
        </div>
      )}
    </Card>
  );
}

function Calendar({ rehearsal: { dates, notes } }: { rehearsal: Rehearsal }) {
  const [reminders, setReminders] = useState(false);
  const unknown = dates.filter((date) => date.unknown).length;
  const tentative = dates.filter((date) => date.tentative && !date.unknown).length;
  const shown = reminders ? dates : dates.filter(({ kind }) => kind !== 'reminder');
  return (
    <>
      <div className={css.padded}>
        {unknown > 0 && (
          <Notice tone="warning">
            <b>{words.unknownCount(unknown)}</b> {words.unknownHelp}
          </Notice>
        )}
        {tentative > 0 && <Notice tone="warning">{words.tentativeCount(tentative)}</Notice>}
        {notes.map((note) => (
          <Notice key={note} tone="info">
            {note}
          </Notice>
        ))}
        <Checkbox checked={reminders} onChange={({ target }) => setReminders(target.checked)}>
          {words.showReminders}
        </Checkbox>
      </div>
      <DateTable dates={shown} />
    </>
  );
}

function DateTable({ dates }: { dates: readonly RehearsedDate[] }) {
  const now = serverNow();
  return (
    <DataTable
      label={words.label}
      rows={dates}
      rowKey={({ on, at, kind, title }) => `${kind}${title}${at ?? on}`}
      columns={[
        {
          key: 'stage',
          title: words.columns.stage,
          cell: ({ title, who, kind }) => (
            <>
              {title} {kind !== 'stage' && <Mark>{words.kinds[kind]}</Mark>}
              {who && (
                <div>
                  <Muted small>{who}</Muted>
                </div>
              )}
            </>
          ),
        },
        { key: 'rule', title: words.columns.rule, cell: ({ rule }) => rule && <Small>{rule}</Small> },
        {
          key: 'due',
          title: words.columns.due,
          cell: ({ unknown, at, on }) => (unknown ? words.unknown : at ? momentText(new Date(at), now) : dayText(on, now)),
          tight: true,
        },
        {
          key: 'state',
          title: words.columns.state,
          cell: ({ unknown, tentative }) => <StatusTag kind={unknown ? 'unknownDue' : tentative ? 'tentative' : 'fixed'} />,
          tight: true,
        },
      ]}
    />
  );
}
