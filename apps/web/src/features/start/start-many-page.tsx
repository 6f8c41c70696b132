import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { formatDate } from '../../../../../libs/domain/dates.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useAct, useRoute } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Empty, Failed, Notice, Waiting } from '../../shared/ui/states.tsx';
import { CandidateTable } from './candidate-table.tsx';
import css from './start.module.css';
import { StartProgress } from './start-progress.tsx';

const words = text.start.many;
const PROCESS = 'probation';
export type Candidate = Reply<typeof routes.probationCandidates>['items'][number];

/** 成批发起试用转正: the officer strikes out who is not on probation; each start is checked and recorded singly. */
export default function StartManyPage() {
  const candidates = useRoute(routes.probationCandidates, {});
  const [search, setSearch] = useSearchParams();
  const jobId = search.get('job');
  if (candidates.isPending) return <Waiting rows={12} />;
  if (!candidates.data) return <Failed error={candidates.error} retry={() => void candidates.refetch()} />;
  const { on, items } = candidates.data;
  if (jobId) return <StartProgress jobId={jobId} candidates={items} onBack={() => setSearch({}, { replace: true })} />;
  if (items.length === 0)
    return (
      <Empty>
        {words.empty} <Link to="/import">{words.importLink}</Link>
      </Empty>
    );
  return <Choose on={on} items={items} onStarted={(job) => setSearch({ job })} />;
}

function Choose({ on, items, onStarted }: { on: string; items: readonly Candidate[]; onStarted: (jobId: string) => void }) {
  const startable = items.filter(({ runningCaseId }) => runningCaseId === null);
  const [struck, setStruck] = useState<ReadonlySet<string>>(new Set());
  const chosen = startable.filter(({ personId }) => !struck.has(personId));
  const start = useAct(routes.startMany, ({ jobId }) => onStarted(jobId));
  const toggle = (ids: readonly string[], picked: boolean) =>
    setStruck((before) => {
      const next = new Set(before);
      for (const id of ids) {
        if (picked) next.delete(id);
        else next.add(id);
      }
      return next;
    });
  const submit = () =>
    start.mutate({ body: { process: PROCESS, items: chosen.map(({ personId }) => ({ key: personId, input: { personId } })) } });
  return (
    <div className={css.stack}>
      <Notice tone="info">{words.intro(formatDate(on))}</Notice>
      {start.error && <Failed error={start.error} />}
      <CandidateTable
        items={items}
        picked={new Set(chosen.map(({ personId }) => personId))}
        onToggle={toggle}
        onSubmit={submit}
        busy={start.isPending}
      />
    </div>
  );
}
