import { Checkbox } from 'antd';
import { Link } from 'react-router';
import type { routes } from '../../../../../libs/domain/api/routes.ts';
import { formatMoney } from '../../../../../libs/domain/post-grade.ts';
import type { Reply } from '../../shared/api/client.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { DataTable, type Column } from '../../shared/ui/data-table.tsx';
import { DueLabel } from '../../shared/ui/due-label.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Mark, StatusTag } from '../../shared/ui/status-tag.tsx';
import type { Board } from './batch-page.tsx';
import css from './batches.module.css';
import { listStage } from './list-stage.ts';

const words = text.batches;
type ListedPerson = Reply<typeof routes.batchPeople>['items'][number];

interface Props {
  board: Board;
  items: readonly ListedPerson[];
  picked: ReadonlySet<string>;
  onToggle: (ids: readonly string[], on: boolean) => void;
}

/** Who they are until their conversion is computed, and then what it comes to. */
export function PeopleTable({ board, items, picked, onToggle }: Props) {
  const all = items.map(({ caseId }) => caseId);
  const chosen = all.filter((id) => picked.has(id)).length;
  const computed = items.some(({ result }) => result);
  const pick: Column<ListedPerson> = {
    key: 'pick',
    title: (
      <Checkbox
        aria-label={words.pickAll}
        checked={chosen > 0 && chosen === all.length}
        indeterminate={chosen > 0 && chosen < all.length}
        onChange={({ target }) => onToggle(all, target.checked)}
      />
    ),
    cell: ({ caseId, name }) => (
      <Checkbox
        aria-label={words.pickOne(name)}
        checked={picked.has(caseId)}
        onChange={({ target }) => onToggle([caseId], target.checked)}
      />
    ),
    width: 34,
  };
  return (
    <DataTable
      label={words.listOf(board.title)}
      rows={items}
      rowKey={({ caseId }) => caseId}
      columns={[
        ...(board.status === 'running' ? [pick] : []),
        { key: 'name', title: words.person.name, cell: ({ caseId, name }) => <Link to={`/cases/${caseId}`}>{name}</Link>, tight: true },
        { key: 'unit', title: words.person.unit, cell: ({ unitLine }) => unitLine, whole: true },
        { key: 'post', title: words.person.post, cell: ({ postTitle }) => postTitle },
        ...(computed ? results : facts),
        { key: 'due', title: words.person.due, cell: ({ due }) => due.at && <DueLabel due={due} short />, tight: true },
        { key: 'state', title: words.person.state, cell: (person) => <State person={person} board={board} /> },
      ]}
    />
  );
}

const facts: Column<ListedPerson>[] = [
  { key: 'joined', title: words.person.joined, cell: ({ joinedOn }) => joinedOn, tight: true },
  {
    key: 'education',
    title: words.person.education,
    cell: ({ education, certificate }) => [education, certificate].filter(Boolean).join(text.common.dot),
    whole: true,
  },
];

const results: Column<ListedPerson>[] = [
  { key: 'result', title: words.person.result, cell: ({ result }) => result?.label, tight: true },
  { key: 'change', title: words.person.change, right: true, tight: true, cell: ({ result }) => <Change fen={result?.change ?? null} /> },
];

function Change({ fen }: { fen: number | null }) {
  if (fen === null) return null;
  const sign = fen > 0 ? '+' : fen < 0 ? '−' : '';
  return <span className={fen < 0 ? css.down : fen > 0 ? css.up : undefined}>{`${sign}${formatMoney(Math.abs(fen))}`}</span>;
}

function State({ person: { stage, stageTitle, apart, ownStage, reason, decided }, board }: { person: ListedPerson; board: Board }) {
  if (apart)
    return (
      <span title={reason ?? undefined}>
        <Mark tone="gold">{apart.title}</Mark> {ownStage && ownStage !== apart.title && <Muted small>{words.nextStep(ownStage)}</Muted>}
      </span>
    );
  if (stage === 'done') return <StatusTag kind="executed">{stageTitle}</StatusTag>;
  if (decided && !board.open.some((open) => open.stage === stage)) return <StatusTag kind="done">{words.decided(stageTitle)}</StatusTag>;
  if (stage === 'notice') return <StatusTag kind="notice" />;
  const { turn } = listStage(board.process, stage);
  return <StatusTag kind={turn === 'confirm' || turn === 'fill' ? turn : 'open'}>{words.waitsFor(stageTitle)}</StatusTag>;
}
