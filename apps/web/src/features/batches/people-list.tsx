import { Checkbox, Input } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useList, useLookAgain } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { ListState, MoreRow } from '../../shared/ui/states.tsx';
import type { Board } from './batch-page.tsx';
import css from './batches.module.css';
import type { Chosen } from './board-table.tsx';
import { JoinButton } from './join-dialog.tsx';
import { ListActs } from './list-acts.tsx';
import { PeopleTable } from './people-table.tsx';

const words = text.batches;
const PAGE = 100;

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
  const list = useList(
    routes.batchPeople,
    {
      params: { id: board.id },
      query: {
        limit: PAGE,
        ...(unit && { unit }),
        ...(stage && { stage }),
        ...(apart && { apart }),
        ...(mine && { mine: 'true' as const }),
        ...(q && { q }),
      },
    },
    { every: useLookAgain() },
  );
  const toggle = (ids: readonly string[], on: boolean) =>
    setPicked(new Set(on ? [...picked, ...ids] : [...picked].filter((id) => !ids.includes(id))));
  const clear = () => setPicked(new Set());
  return (
    <Card title={words.listOf(nameOf(board, chosen))} extra={<JoinButton board={board} />} flush>
      <div className={`${css.tools}${picked.size > 0 ? ` ${css.picked}` : ''}`}>
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
        <ListActs board={board} mine={mine === true} picked={picked} onClear={clear} onJob={(jobId) => (clear(), onJob(jobId))} />
      </div>
      <ListState query={list} empty={list.items.length === 0} emptyText={mine && !q ? words.nobodyOfMine : words.nobody}>
        <PeopleTable board={board} items={list.items} picked={picked} onToggle={toggle} />
        <MoreRow list={list} count={list.items.length} />
      </ListState>
    </Card>
  );
}

const nameOf = ({ rows, columns, exceptions }: Board, { unit, stage, apart, mine }: Chosen): string =>
  [
    mine && words.mine,
    rows.find((row) => row.unit.code === unit)?.unit.name,
    columns.find(({ key }) => key === stage)?.title,
    apart && (exceptions.find(({ kind }) => kind === apart)?.title ?? words.apart),
  ]
    .filter(Boolean)
    .join(text.common.dot) || words.all;
