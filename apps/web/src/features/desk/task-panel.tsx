import { LeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link, type To } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { catalogue } from '../../../../../workflows/catalogue.ts';
import { useLookAgain, useRoute } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { InStead } from '../../shared/cases/in-stead.tsx';
import { DueLabel } from '../../shared/ui/due-label.tsx';
import { Kbd, Muted } from '../../shared/ui/small.tsx';
import { Failed, Waiting } from '../../shared/ui/states.tsx';
import { Mark, StatusTag } from '../../shared/ui/status-tag.tsx';
import { useNarrow } from '../../shared/ui/use-narrow.ts';
import { AnswerForm, DraftMark } from './answer-form.tsx';
import { useAnswering } from './answering.ts';
import { CannotList } from './cannot-list.tsx';
import { ChangesTable } from './changes-table.tsx';
import { ConversionCard } from './conversion-card.tsx';
import css from './desk.module.css';
import { contractOf, tagsOf, type TaskView } from '../../shared/cases/cases.ts';
import { GivenAnswer } from './given-answer.tsx';
import { ObjectionCard } from './objection-card.tsx';
import { Overtaken, useOvertaken } from './overtaken.tsx';
import { PanelMembers } from './panel-members.tsx';
import { Signers } from './signers.tsx';
import { TaskActs } from './task-acts.tsx';
import { CaseAside, EarlierOpinions } from './task-case.tsx';

const words = text.desk;

interface Props {
  taskId: string;
  position: string | null;
  /** Whose task comes next in the list. */
  following: string | null;
  back: To;
  onDone: () => void;
}

/** The right half of 待办. */
export function TaskPanel(props: Props) {
  const task = useRoute(routes.task, { params: { id: props.taskId } }, { every: useLookAgain() });
  if (task.data) return <LoadedPanel {...props} task={task.data} />;
  return (
    <section className={css.panel}>
      {task.error ? <Failed error={task.error} retry={() => void task.refetch()} /> : <Waiting rows={10} />}
    </section>
  );
}

function LoadedPanel({ task, position, following, back, onDone }: Props & { task: TaskView }) {
  const answering = useAnswering(task, onDone);
  const narrow = useNarrow();
  const overtaken = useOvertaken(task);
  return (
    <section className={css.panel} aria-labelledby="task-title">
      <PanelHead task={task} position={position} back={back} />
      <div className={css.panelBody} tabIndex={-1}>
        <div className={css.work}>
          <Overtaken by={overtaken} />
          <ChangesTable changes={task.changes} />
          {catalogue[task.process]?.people && <Link to={`/batches/${task.caseId}`}>{text.batches.openList}</Link>}
          {isComputed(task) && <ConversionCard caseId={task.caseId} own={task.kind === 'receipt'} />}
          <AnswerForm answering={answering} />
          {task.status === 'done' ? <GivenAnswer task={task} /> : null}
          <Signers task={task} />
          <PanelMembers task={task} />
          <EarlierOpinions caseId={task.caseId} before={task.stage} />
        </div>
        <div className={css.aside}>
          <ObjectionCard key={task.caseId} caseId={task.caseId} process={task.process} />
          <CaseAside caseId={task.caseId} />
          <CannotList actions={task.actions} title />
        </div>
      </div>
      <div className={`${css.acts} no-print`}>
        {answering.mayAnswer && (
          <Button className={css.saveDraft} onClick={answering.form.saveNow}>
            {text.form.saveDraft}
          </Button>
        )}
        <TaskActs answering={answering} toNext={following !== null && !narrow} onDone={onDone} />
        <span className={css.end}>
          <DraftMark form={answering.form} /> {following && !narrow && words.nextOne(following)}
        </span>
      </div>
    </section>
  );
}

/** A conversion is there to be shown from the stage on at which it is computed. */
function isComputed({ process, stage }: TaskView): boolean {
  const order = process === 'conversion' ? (contractOf(process)?.order ?? []) : [];
  return order.includes('computation') && order.indexOf(stage) >= order.indexOf('computation');
}

function PanelHead({ task, position, back }: { task: TaskView; position: string | null; back: To }) {
  return (
    <div className={css.panelHead}>
      <Link to={back} className={css.backLink}>
        <LeftOutlined aria-hidden />
        {words.backToList}
      </Link>
      <div className={css.headRow}>
        <span>
          <h2 id="task-title">{[task.title, task.stageTitle].join(text.common.dot)}</h2>
          {tagsOf(task).map((kind) => (
            <StatusTag key={kind} kind={kind} />
          ))}{' '}
          {task.round > 1 && <Mark tone="gold">{text.status.round(task.round)}</Mark>} <InStead task={task} />
        </span>
        <span className={css.end}>
          <span className={css.wide}>{position}</span>
          <Link to={`/cases/${task.caseId}`}>{words.openCase}</Link>
          <span className={css.wide}>
            <Kbd>o</Kbd>
          </span>
        </span>
      </div>
      <div className={css.headRow}>
        <Muted>{task.unitLine}</Muted>
        <Muted>{words.caseNo(task.caseNo)}</Muted>
        <DueLabel due={task.due} />
        {task.claimedBy && <Muted>{text.status.claimedBy(task.claimedBy)}</Muted>}
      </div>
    </div>
  );
}
