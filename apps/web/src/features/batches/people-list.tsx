import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { formatMoney } from '../../../../../libs/domain/post-grade.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useList } from '../../shared/api/hooks.ts';
import { holds, useMe } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { DueLabel } from '../../shared/ui/due-label.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { ListState, MoreRow } from '../../shared/ui/states.tsx';
import { Mark, StatusTag } from '../../shared/ui/status-tag.tsx';
import { DecideDialog, ReasonedAct, type OnWhom } from './act-dialogs.tsx';
import type { Board } from './batch-page.tsx';
import css from './batches.module.css';
import type { Chosen } from './board-table.tsx';

const words = text.batches;
const PAGE = 100;
export type ListedPerson = Reply<typeof routes.batchPeople>['items'][number];

interface Props {
  board: Board;
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
  onJob: (jobId: string) => void;
}

/** The names of a cell; those chosen are decided on together, each checked and logged by itself. */
export function PeopleList({ board, chosen, onChoose, onJob }: Props) {
  const [typed, setTyped] = useState('');
  const [q, setQ] = useState('');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const { unit, stage, apart, mine } = chosen;
  const list = useList(routes.batchPeople, {
    params: { id: board.id },
    query: {
      limit: PAGE,
      ...(unit && { unit }),
      ...(stage && stage !== 'apart' && { stage }),
      ...(apart && { apart }),
      ...(mine && { mine: 'true' as const }),
      ...(q && { q }),
    },
  });
  const toggle = (ids: readonly string[], on: boolean) =>
    setPicked(new Set(on ? [...picked, ...ids] : [...picked].filter((id) => !ids.includes(id))));
  const what = [
    mine && words.showMine,
    board.rows.find((row) => row.unit.code === unit)?.unit.name,
    board.columns.find(({ key }) => key === stage)?.title,
    apart && words.apart,
  ].filter(Boolean);
  return (
    <Card
      title={words.listOf(what.join(text.common.dot) || words.all)}
      note={picked.size > 0 ? words.chosen(picked.size) : undefined}
      flush
    >
      <div className={css.tools}>
        <Input.Search
          allowClear
          style={{ width: 240 }}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onSearch={(term) => setQ(term.trim())}
          placeholder={words.search}
          aria-label={words.search}
        />
        {board.myParts.length > 0 && (
          <Checkbox checked={mine} onChange={({ target }) => onChoose({ mine: target.checked })}>
            {words.showMine}
          </Checkbox>
        )}
      </div>
      <Acts board={board} mine={mine === true} picked={picked} onJob={(jobId) => (setPicked(new Set()), onJob(jobId))} />
      <ListState query={list} empty={list.items.length === 0} emptyText={words.nobody}>
        <PeopleTable board={board} items={list.items} picked={picked} onToggle={toggle} />
        <MoreRow list={list} count={list.items.length} />
      </ListState>
    </Card>
  );
}

/** What may be done with those chosen, or with everybody who is open on one's own list. */
function Acts({
  board,
  mine,
  picked,
  onJob,
}: {
  board: Board;
  mine: boolean;
  picked: ReadonlySet<string>;
  onJob: (jobId: string) => void;
}) {
  const me = useMe();
  const [dialog, setDialog] = useState<'decide' | 'open' | 'sendBack' | 'setApart' | null>(null);
  const part = board.myParts.find(({ stage }) => board.open.some((open) => open.list && open.stage === stage));
  const confirming = part?.stage === 'confirm';
  const governs = holds(me, 'COUNTY_ORG', 'CITY_ORG');
  const on: OnWhom = { caseIds: [...picked] };
  const close = () => setDialog(null);
  const done = (jobId: string) => (close(), onJob(jobId));
  if (board.status !== 'running') return null;
  return (
    <div className={css.tools}>
      {part && !confirming && (
        <>
          <Button type="primary" disabled={picked.size === 0} onClick={() => setDialog('decide')}>
            {words.actOn(picked.size)}
          </Button>
          {mine && part.left > 0 && <Button onClick={() => setDialog('open')}>{words.actOnOpen(part.left)}</Button>}
          {['survey', 'preliminary', 'review', 'computation'].includes(part.stage) && (
            <Button disabled={picked.size === 0} onClick={() => setDialog('sendBack')}>
              {words.sendBack(picked.size)}
            </Button>
          )}
        </>
      )}
      {governs && (
        <Button disabled={picked.size === 0} onClick={() => setDialog('setApart')}>
          {words.setApart(picked.size)}
        </Button>
      )}
      {part && (dialog === 'decide' || dialog === 'open') && (
        <DecideDialog
          batchId={board.id}
          stage={part.stage}
          on={dialog === 'open' ? { open: true } : on}
          count={dialog === 'open' ? part.left : picked.size}
          onClose={close}
          onJob={done}
        />
      )}
      {part && dialog === 'sendBack' && (
        <ReasonedAct batchId={board.id} kind="sendBack" stage={part.stage} on={on} count={picked.size} onClose={close} onJob={done} />
      )}
      {dialog === 'setApart' && <ReasonedAct batchId={board.id} kind="setApart" on={on} count={picked.size} onClose={close} onJob={done} />}
    </div>
  );
}

interface TableProps {
  board: Board;
  items: readonly ListedPerson[];
  picked: ReadonlySet<string>;
  onToggle: (ids: readonly string[], on: boolean) => void;
}

function PeopleTable({ board, items, picked, onToggle }: TableProps) {
  const all = items.map(({ caseId }) => caseId);
  const allPicked = all.length > 0 && all.every((id) => picked.has(id));
  return (
    <DataTable
      label={board.title}
      rows={items}
      rowKey={({ caseId }) => caseId}
      columns={[
        {
          key: 'pick',
          title: <Checkbox aria-label={words.pickAll} checked={allPicked} onChange={({ target }) => onToggle(all, target.checked)} />,
          cell: ({ caseId, name }) => (
            <Checkbox
              aria-label={words.pickOne(name)}
              checked={picked.has(caseId)}
              onChange={({ target }) => onToggle([caseId], target.checked)}
            />
          ),
        },
        { key: 'name', title: words.person.name, cell: ({ caseId, name }) => <Link to={`/cases/${caseId}`}>{name}</Link>, tight: true },
        { key: 'unit', title: words.person.unit, cell: ({ unitLine }) => unitLine },
        {
          key: 'known',
          title: words.person.known,
          cell: ({ postTitle, joinedOn, education, certificate }) =>
            [postTitle, joinedOn, education, certificate].filter(Boolean).join(text.common.dot),
        },
        { key: 'result', title: words.person.result, cell: ({ result }) => result?.label, tight: true },
        { key: 'change', title: words.person.change, right: true, cell: ({ result }) => <Change fen={result?.change ?? null} /> },
        { key: 'due', title: words.person.due, cell: ({ due }) => <DueLabel due={due} short /> },
        { key: 'state', title: words.person.state, cell: (person) => <State person={person} /> },
      ]}
    />
  );
}

function Change({ fen }: { fen: number | null }) {
  if (fen === null) return null;
  return <span className={fen < 0 ? css.down : fen > 0 ? css.up : undefined}>{`${fen > 0 ? '+' : ''}${formatMoney(fen)}`}</span>;
}

function State({ person: { stage, stageTitle, apart, ownStage, reason } }: { person: ListedPerson }) {
  if (apart)
    return (
      <span title={reason ?? undefined}>
        <Mark tone="gold">{apart.title}</Mark> {ownStage && <Muted small>{ownStage}</Muted>}
      </span>
    );
  if (stage === 'done') return <StatusTag kind="executed">{stageTitle}</StatusTag>;
  return stage === 'confirm' ? <StatusTag kind="confirm" /> : <StatusTag kind="running">{stageTitle}</StatusTag>;
}
