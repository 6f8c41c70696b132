import { useQueryClient } from '@tanstack/react-query';
import { Button, Progress } from 'antd';
import { useEffect } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { listActTitles } from '../../../../../libs/domain/campaign-words.ts';
import { useAct, useRoute } from '../../shared/api/hooks.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Failed, Notice, Waiting } from '../../shared/ui/states.tsx';
import type { Board } from './batch-page.tsx';
import css from './batches.module.css';

const words = text.batches;
const EVERY_MS = 700;

/** How far an act on many people is, whom it was refused for and why, and its undoing while the list is open. */
export function JobProgress({ jobId, board, onNext }: { jobId: string; board: Board; onNext: (jobId: string | null) => void }) {
  const client = useQueryClient();
  const job = useRoute(routes.listJob, { params: { id: jobId } }, { every: (last) => (last?.finished ? false : EVERY_MS) });
  const finished = job.data?.finished ?? false;
  useEffect(() => {
    if (!finished) return;
    void client.invalidateQueries({ queryKey: [routes.batch.id] });
    void client.invalidateQueries({ queryKey: [routes.batchPeople.id] });
  }, [client, finished]);
  const open = board.open.find(({ list }) => list);
  const undo = useAct(routes.actOnList, (reply) => onNext(reply.jobId));
  if (!job.data) return job.error ? <Failed error={job.error} /> : <Waiting rows={2} />;
  const { title, total, done, refused } = job.data;
  const accepted = total - refused.length;
  return (
    <Card
      title={title}
      extra={
        finished && (
          <Button size="small" onClick={() => onNext(null)}>
            {words.closeJob}
          </Button>
        )
      }
    >
      <div className={css.page}>
        <Progress percent={total === 0 ? 100 : Math.round((done / total) * 100)} aria-label={words.progressLabel} />
        {finished ? (
          <Notice
            tone={refused.length === 0 ? 'good' : 'warning'}
            extra={
              title === listActTitles.decide &&
              open &&
              accepted > 0 && (
                <Button
                  loading={undo.isPending}
                  onClick={() =>
                    undo.mutate({ params: { id: board.id }, body: { does: { act: 'undo', stage: open.stage }, on: { jobId } } })
                  }
                >
                  {words.undoJob}
                </Button>
              )
            }
          >
            {words.finished(title === listActTitles.undo ? words.didUndo : words.didAct, accepted, refused.length)}
            <ul className={css.refused}>
              {refused.map(({ caseId, name, text: why }) => (
                <li key={caseId}>
                  {name}
                  {text.common.colon}
                  {why}
                </li>
              ))}
            </ul>
          </Notice>
        ) : (
          <Muted>{words.progress(done, total)}</Muted>
        )}
        {undo.error && <Notice tone="error">{sentenceOf(undo.error)}</Notice>}
      </div>
    </Card>
  );
}
