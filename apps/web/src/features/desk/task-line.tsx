import { Link, type To } from 'react-router';
import { isWorkerOnly, useMe } from '../../shared/session/me.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { DueLabel } from '../../shared/ui/due-label.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { InStead } from '../../shared/cases/in-stead.tsx';
import { Mark, StatusTag } from '../../shared/ui/status-tag.tsx';
import css from './desk.module.css';
import { tagsOf, verdictLabel, type TaskLine } from '../../shared/cases/cases.ts';

/** A line of the inbox: who and where first, the unit never cut; then the stage and when it is due. */
export function TaskLineLink({ task, to, current }: { task: TaskLine; to: To; current: boolean }) {
  // Whom all of it is about asks what there is to do, an officer about whom it is.
  const own = isWorkerOnly(useMe());
  return (
    <Link className={css.line} to={to} aria-current={current ? true : undefined} data-task={task.id}>
      <span className={css.lineTop}>
        <b>{own ? task.stageTitle : task.title}</b>
        <Muted small>{task.unitLine}</Muted>
        <span className={css.tags}>
          {tagsOf(task).map((kind) => (
            <StatusTag key={kind} kind={kind} />
          ))}
        </span>
      </span>
      <span className={css.lineEnd}>
        <span>
          {own ? task.title : task.stageTitle} {task.part !== 'main' && <Mark tone="blue">{text.desk.handOn.part[task.part]}</Mark>}{' '}
          {task.round > 1 && <Mark tone="gold">{text.status.round(task.round)}</Mark>} <InStead task={task} />
        </span>
        {task.status === 'open' ? <DueLabel due={task.due} /> : <Answered task={task} />}
      </span>
    </Link>
  );
}

function Answered({ task }: { task: TaskLine }) {
  const verdict = verdictLabel(task.process, task.stage, task.verdict);
  const when = task.answeredAt ? pastText(task.answeredAt, serverNow()) : '';
  return <span>{[verdict, when].filter(Boolean).join(text.common.dot)}</span>;
}
