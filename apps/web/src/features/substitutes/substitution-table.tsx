import { App, Button, Popconfirm } from 'antd';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { longDate } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { DataTable, type Column } from '../../shared/ui/data-table.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { StatusTag, type StatusKind } from '../../shared/ui/status-tag.tsx';

const words = text.substitutes;
type Line = Reply<typeof routes.unitSubstitutions>['items'][number];
const kinds: Record<Line['state'], StatusKind> = { current: 'running', coming: 'waiting', over: 'closed', ended: 'stopped' };

const person = ({ name, posts }: Line['principal']) => (
  <>
    <b>{name}</b> <Muted small>{posts}</Muted>
  </>
);

/** Substitutions as a table; `show` says which of the two people the reader does not know. */
export function SubstitutionTable({
  label,
  lines,
  show,
}: {
  label: string;
  lines: readonly Line[];
  show: readonly ('principal' | 'substitute')[];
}) {
  const { columns } = words;
  const people: Column<Line>[] = show.map((who) => ({ key: who, title: columns[who], cell: (line) => person(line[who]) }));
  return (
    <DataTable
      label={label}
      rows={lines}
      rowKey={({ id }) => id}
      columns={[
        ...people,
        { key: 'period', title: columns.period, cell: ({ fromOn, toOn }) => `${longDate(fromOn)} – ${longDate(toOn)}`, whole: true },
        {
          key: 'processes',
          title: columns.processes,
          cell: ({ processes }) =>
            processes.length === 0 ? words.allProcesses : processes.map(({ title }) => title).join(text.common.listMark),
        },
        {
          key: 'reason',
          title: columns.reason,
          cell: ({ reason, setBy, principal }) => (
            <>
              {reason} {setBy !== principal.name && <Muted small>{words.setBy(setBy)}</Muted>}
            </>
          ),
        },
        {
          key: 'state',
          title: columns.state,
          cell: ({ state }) => <StatusTag kind={kinds[state]}>{words.state[state]}</StatusTag>,
          tight: true,
        },
        { key: 'act', title: columns.act, cell: (line) => line.mayEnd && <EndButton line={line} />, tight: true },
      ]}
    />
  );
}

function EndButton({ line }: { line: Line }) {
  const { message } = App.useApp();
  const end = useAct(routes.endSubstitution, async (_, client) => {
    message.success(words.ended);
    await Promise.all([routes.substitutions.id, routes.unitSubstitutions.id].map((id) => client.invalidateQueries({ queryKey: [id] })));
  });
  return (
    <Popconfirm
      title={words.endAsk(line.substitute.name)}
      okText={words.end}
      cancelText={text.common.cancel}
      onConfirm={() => end.mutate({ params: { id: line.id } }, { onError: (error) => void message.error(sentenceOf(error)) })}
    >
      <Button size="small" loading={end.isPending}>
        {words.end}
      </Button>
    </Popconfirm>
  );
}
