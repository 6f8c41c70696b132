import { useState, type ComponentType } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { LOOK_AGAIN_MS, useLookAgain, useRoute } from '../../shared/api/hooks.ts';
import { holds, useMe } from '../../shared/session/me.ts';
import { Failed, Waiting } from '../../shared/ui/states.tsx';
import { BatchHead } from './batch-head.tsx';
import css from './batches.module.css';
import { BoardTable, type Chosen } from './board-table.tsx';
import { Exceptions } from './exceptions.tsx';
import { EvaluationsCard } from './evaluations-card.tsx';
import { JobProgress } from './job-progress.tsx';
import { RecruitmentCard } from './recruitment-card.tsx';
import { PeopleList } from './people-list.tsx';

export type Board = Reply<typeof routes.batch>;

/** A batch: its board, the list of a cell, and the exceptions apart. */
export default function BatchPage() {
  const { batchId = '' } = useParams();
  const heard = useLookAgain();
  // a party to every person's case is told of each change; whoever has a part in the list alone looks again
  const told = holds(useMe(), 'CITY_ORG', 'COUNTY_ORG', 'COUNTY_HR', 'STREET_HR');
  const board = useRoute(routes.batch, { params: { id: batchId } }, { every: told ? heard : LOOK_AGAIN_MS });
  if (!board.data) return board.error ? <Failed error={board.error} retry={() => void board.refetch()} /> : <Waiting rows={12} />;
  return <Shown board={board.data} />;
}

/** The job that was begun last in this window: one can leave the page and come back to it. */
function useLastJob(batchId: string): [string | null, (jobId: string | null) => void] {
  const key = `miaopu.job.${batchId}`;
  const [jobId, setJobId] = useState(() => sessionStorage.getItem(key));
  return [
    jobId,
    (next) => {
      if (next) sessionStorage.setItem(key, next);
      else sessionStorage.removeItem(key);
      setJobId(next);
    },
  ];
}

/** What a batch of a kind has beside its lists: tables that go in and come out. */
const workbooks: Record<string, ComponentType<{ board: Board }> | undefined> = { recruitment: RecruitmentCard, appraisal: EvaluationsCard };

function Shown({ board }: { board: Board }) {
  const [search, setSearch] = useSearchParams();
  const [jobId, setJobId] = useLastJob(board.id);
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
  const Workbooks = workbooks[board.process];
  return (
    <div className={css.page}>
      <BatchHead board={board} />
      {Workbooks && <Workbooks board={board} />}
      {jobId && <JobProgress jobId={jobId} board={board} onNext={setJobId} />}
      <BoardTable board={board} chosen={chosen} onChoose={choose} />
      <div className={board.exceptions.length > 0 ? css.lower : css.page}>
        <PeopleList key={JSON.stringify(chosen)} board={board} chosen={chosen} onChoose={choose} onJob={setJobId} />
        {board.exceptions.length > 0 && <Exceptions board={board} chosen={chosen} onChoose={choose} />}
      </div>
    </div>
  );
}
