import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { formatDate } from '../../../../../libs/domain/dates.ts';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { LOOK_AGAIN_MS, useRoute } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DueLabel } from '../../shared/ui/due-label.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Failed, Waiting } from '../../shared/ui/states.tsx';
import css from './batches.module.css';
import { BoardTable, type Chosen } from './board-table.tsx';
import { Exceptions } from './exceptions.tsx';
import { JobProgress } from './job-progress.tsx';
import { PeopleList } from './people-list.tsx';

const words = text.batches;
export type Board = Reply<typeof routes.batch>;

/** A batch: its board, the list of a cell, and the exceptions apart. */
export default function BatchPage() {
  const { batchId = '' } = useParams();
  const board = useRoute(routes.batch, { params: { id: batchId } }, { every: LOOK_AGAIN_MS });
  if (!board.data) return board.error ? <Failed error={board.error} retry={() => void board.refetch()} /> : <Waiting rows={12} />;
  return <Shown board={board.data} />;
}

function Shown({ board }: { board: Board }) {
  const [search, setSearch] = useSearchParams();
  const [jobId, setJobId] = useState<string | null>(null);
  const mine = board.myParts.length > 0 && search.size === 0;
  const chosen: Chosen = {
    unit: search.get('unit') ?? undefined,
    stage: search.get('stage') ?? undefined,
    apart: search.get('apart') ?? undefined,
    mine: mine || search.get('mine') === 'true',
  };
  const choose = ({ unit, stage, apart, mine: own }: Chosen) =>
    setSearch(
      { ...(unit && { unit }), ...(stage && { stage }), ...(apart && { apart }), ...(own ? { mine: 'true' } : { all: 'true' }) },
      { replace: true },
    );
  return (
    <div className={css.page}>
      <Head board={board} />
      {jobId && <JobProgress jobId={jobId} board={board} onNext={setJobId} />}
      <BoardTable board={board} chosen={chosen} onChoose={choose} />
      <div className={css.lower}>
        <PeopleList key={JSON.stringify(chosen)} board={board} chosen={chosen} onChoose={choose} onJob={setJobId} />
        <Exceptions board={board} onChoose={choose} />
      </div>
    </div>
  );
}

function Head({ board }: { board: Board }) {
  const total = board.rows.reduce((sum, row) => sum + row.total, 0);
  return (
    <Card title={board.title} note={board.outcomeTitle ?? undefined} extra={<Link to={`/cases/${board.id}`}>{words.toCase}</Link>}>
      <div className={css.facts}>
        <span>{words.cutOff(formatDate(board.cutOffOn))}</span>
        <b>{words.people(total)}</b>
        {board.open.map(({ stage, title, due }) => (
          <span key={stage}>
            {words.openNow}
            {text.common.colon}
            {title} <DueLabel due={due} />
          </span>
        ))}
      </div>
      {board.myParts.map(({ taskId, title, left }) => (
        <div key={taskId} className={css.part}>
          <Muted>{words.mineTitle}</Muted>
          <span>{words.part(title, left)}</span>
          <Link to={`/tasks/${taskId}`}>{words.submitPart}</Link>
        </div>
      ))}
    </Card>
  );
}
