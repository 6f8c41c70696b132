import { useQuery } from '@tanstack/react-query';
import { Button, Progress } from 'antd';
import { Link } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { api } from '../../shared/api/client.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Failed, Notice, Waiting } from '../../shared/ui/states.tsx';
import css from './start.module.css';
import type { Candidate } from './start-many-page.tsx';

const words = text.start.many;
const EVERY_MS = 1_000;

/** How far the job is, and each start's own verdict. */
export function StartProgress({ jobId, candidates, onBack }: { jobId: string; candidates: readonly Candidate[]; onBack: () => void }) {
  const job = useQuery({
    queryKey: [routes.startJob.id, jobId],
    queryFn: ({ signal }) => api.call(routes.startJob, { params: { id: jobId } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.finished ? false : EVERY_MS),
  });
  if (job.isPending) return <Waiting />;
  if (!job.data) return <Failed error={job.error} retry={() => void job.refetch()} />;
  const { total, done, started, finished, refused } = job.data;
  const nameOf = (key: string) => candidates.find(({ personId }) => personId === key);
  return (
    <div className={css.stack}>
      <Card title={words.title}>
        <div className={css.stack}>
          <Progress
            percent={total === 0 ? 100 : Math.round((done / total) * 100)}
            status={finished && refused.length === 0 ? 'success' : 'active'}
            aria-label={words.progressLabel}
          />
          {finished ? (
            <Notice tone={refused.length === 0 ? 'good' : 'warning'}>{words.finished(started, refused.length)}</Notice>
          ) : (
            <Muted>{`${words.progress(done, total)} ${words.leave}`}</Muted>
          )}
          <div className={css.foot}>
            <Button onClick={onBack}>{words.backToList}</Button>
            <Link to="/started">{words.toStarted}</Link>
          </div>
        </div>
      </Card>
      {refused.length > 0 && (
        <Card title={words.refused} flush>
          <DataTable
            label={words.refused}
            rows={refused}
            rowKey={({ key }) => key}
            columns={[
              {
                key: 'who',
                title: words.refusedColumns.who,
                cell: ({ key }) => [nameOf(key)?.name ?? key, nameOf(key)?.unitLine].filter(Boolean).join(text.common.dot),
              },
              { key: 'why', title: words.refusedColumns.why, cell: ({ text: why }) => why },
              {
                key: 'case',
                title: words.refusedColumns.case,
                cell: ({ caseId }) => caseId && <Link to={`/cases/${caseId}`}>{words.openCase}</Link>,
                tight: true,
              },
            ]}
          />
        </Card>
      )}
    </div>
  );
}
