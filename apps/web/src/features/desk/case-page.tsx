import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useParams } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { keyOf, useLookAgain, useRoute } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { ActionBar, Muted } from '../../shared/ui/small.tsx';
import { Failed, Waiting } from '../../shared/ui/states.tsx';
import { AnswerForm, DraftMark } from './answer-form.tsx';
import { AskedCard } from './asked-card.tsx';
import { useAnswering } from './answering.ts';
import { CannotList } from './cannot-list.tsx';
import { CaseActs } from './case-acts.tsx';
import { CaseHeader } from './case-header.tsx';
import css from './case.module.css';
import { ChangesTable } from './changes-table.tsx';
import { CommentsCard } from './comments-card.tsx';
import { contractOf, type CaseView, type TaskView } from '../../shared/cases/cases.ts';
import { FilesCard } from './files-card.tsx';
import { FormsCard } from './forms-card.tsx';
import { HoldsCard, ReadersCard } from './holds-card.tsx';
import { IncidentsCard } from './incidents-card.tsx';
import { ProcessMap } from './map/process-map.tsx';
import { ObjectionCard } from './objection-card.tsx';
import { Overtaken, useOvertaken } from './overtaken.tsx';
import { PanelMembers } from './panel-members.tsx';
import { TaskActs } from './task-acts.tsx';
import { CaseFacts } from './task-case.tsx';
import { Timeline } from './timeline.tsx';

const words = text.oneCase;

const SOON_MS = 700;
/** The story is at work: nobody is asked and nothing is waited for, which lasts for moments only. */
const isBetween = (one: CaseView | undefined) =>
  one?.status === 'withdrawing' || (one?.status === 'running' && one.at === null && one.waitingFor === null);

/** 办件: one case in full. */
export default function CasePage() {
  const { caseId = '' } = useParams();
  const every = useLookAgain();
  const one = useRoute(routes.case, { params: { id: caseId } }, { every: (last) => (every && isBetween(last) ? SOON_MS : every) });
  const mineNow = one.data?.myTaskId ?? '';
  // the one that was mine last, when none is: somebody else may have done it
  const [last, setLast] = useState({ caseId, taskId: '' });
  if (mineNow !== '' && mineNow !== last.taskId) setLast({ caseId, taskId: mineNow });
  const taskId = mineNow || (last.caseId === caseId ? last.taskId : '');
  const task = useRoute(routes.task, { params: { id: taskId } }, { enabled: taskId !== '', every });
  const overtaken = useOvertaken(task.data);
  useReadNow(one.data?.id);
  if (one.isPending) return <Waiting rows={12} />;
  if (!one.data) return <Failed error={one.error} retry={() => void one.refetch()} />;
  if (taskId !== '' && task.isPending) return <Waiting rows={12} />;
  const mine = task.data?.status === 'open' && task.data.id === taskId ? task.data : null;
  return (
    <>
      <Overtaken by={overtaken} />
      {mine ? <CaseWithTask key={mine.id} one={one.data} task={mine} /> : <CaseAlone one={one.data} />}
    </>
  );
}

/** Having opened a case that was given to them to read, its reader has one unread fewer. */
function useReadNow(caseId: string | undefined) {
  const client = useQueryClient();
  useEffect(() => {
    const unread = client.getQueryData<Reply<typeof routes.workbench>>(keyOf(routes.workbench, {}))?.counts.unread ?? 0;
    if (!caseId || unread === 0) return;
    for (const id of [routes.workbench.id, routes.copies.id]) void client.invalidateQueries({ queryKey: [id] });
  }, [client, caseId]);
}

function CaseWithTask({ one, task }: { one: CaseView; task: TaskView }) {
  const client = useQueryClient();
  const answering = useAnswering(task, () => void client.invalidateQueries({ queryKey: [routes.case.id] }));
  return (
    <div className={css.page}>
      <CaseTop one={one} task={task} />
      <div className={`${css.columns} ${css.withTask}`}>
        <Card title={task.stageTitle} extra={<DraftMark form={answering.form} />} className="no-print">
          <div className={css.stack}>
            <ChangesTable changes={task.changes} />
            <AnswerForm answering={answering} />
            <PanelMembers task={task} />
          </div>
        </Card>
        <Timeline one={one} />
        <Aside one={one} barred={[...task.actions, ...one.actions]} />
      </div>
      <ActionBar end={<Muted small>{task.form && text.desk.formLabel(task.form)}</Muted>}>
        <TaskActs answering={answering} toNext={false} onDone={() => undefined}>
          <CaseActs one={one} />
        </TaskActs>
      </ActionBar>
    </div>
  );
}

function CaseAlone({ one }: { one: CaseView }) {
  return (
    <div className={css.page}>
      <CaseTop one={one} task={null} />
      <div className={css.columns}>
        <Timeline one={one} />
        <Aside one={one} barred={one.actions} />
      </div>
      <ActionBar end={<Muted small>{words.noTask}</Muted>}>
        <CaseActs one={one} />
      </ActionBar>
    </div>
  );
}

function CaseTop({ one, task }: { one: CaseView; task: TaskView | null }) {
  const contract = contractOf(one.process);
  return (
    <>
      <CaseHeader one={one} task={task} />
      {contract && <ProcessMap one={one} contract={contract} />}
    </>
  );
}

function Aside({ one, barred }: { one: CaseView; barred: CaseView['actions'] }) {
  const events = one.events.map(({ title, allowed, why }) => ({ title, allowed, why, code: null }));
  const shown = [...barred, ...events].filter(({ title }, index, all) => all.findIndex((other) => other.title === title) === index);
  const anyBarred = shown.some(({ allowed, why }) => !allowed && why);
  return (
    <div className={css.aside}>
      <IncidentsCard one={one} />
      <ObjectionCard key={one.id} caseId={one.id} process={one.process} />
      <HoldsCard one={one} />
      <AskedCard one={one} />
      <Card title={words.dates}>
        <CaseFacts one={one} />
      </Card>
      <ReadersCard one={one} />
      <FormsCard one={one} />
      <FilesCard one={one} />
      <CommentsCard one={one} />
      {anyBarred && (
        <Card title={words.cannot} className="no-print">
          <CannotList actions={shown} />
        </Card>
      )}
    </div>
  );
}
