import { PrinterOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import { serverNow } from '../../shared/time/clock.ts';
import { momentText, pastText } from '../../shared/time/due.ts';
import { isWorkerOnly, useMe } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { DueLabel } from '../../shared/ui/due-label.tsx';
import { Muted, Small } from '../../shared/ui/small.tsx';
import { StatusTag } from '../../shared/ui/status-tag.tsx';
import cards from '../../shared/ui/ui.module.css';
import css from './case.module.css';
import { DossierButton } from '../../shared/cases/dossier-button.tsx';
import { caseTag, contractOf, type CaseView, type TaskView } from '../../shared/cases/cases.ts';

const words = text.oneCase;

/** Who, what, where it stands, when it is due. */
export function CaseHeader({ one, task }: { one: CaseView; task: TaskView | null }) {
  const me = useMe();
  const now = serverNow();
  const waiting =
    one.waitingFor && words.waiting(one.waitingFor.title, one.waitingFor.until && momentText(new Date(one.waitingFor.until), now));
  const where = task
    ? [task.stageTitle, task.round > 1 && text.status.round(task.round), words.yours].filter(Boolean).join(text.common.dot)
    : (one.at ?? waiting);
  return (
    <section className={`${cards.card} ${css.header}`}>
      <div className={css.row}>
        <h2>{one.title}</h2>
        <StatusTag kind={caseTag(one)}>{one.status === 'ended' ? (one.outcomeTitle ?? undefined) : undefined}</StatusTag>
        <Muted>{one.unitLine}</Muted>
        <Muted>{text.desk.caseNo(one.caseNo)}</Muted>
        <span className={css.end}>
          {one.status !== 'ended' && where && <b>{where} </b>}
          {one.status !== 'ended' && <DueLabel due={task?.due ?? one.due} />}
        </span>
      </div>
      <div className={css.row}>
        <Small>
          <Muted>{words.startedBy}</Muted> {one.starter ? `${one.starter.name} ${one.starter.posts}` : words.startedByRule}
          {one.startedBy && text.substitutes.startedBy(one.startedBy)}
          {text.common.dot}
          {pastText(one.startedAt, now)}
        </Small>
        {waiting && where !== waiting && <Small>{waiting}</Small>}
        <span className={`${css.end} ${css.links} no-print`}>
          {contractOf(one.process)?.people && <Link to={`/batches/${one.id}`}>{text.batches.toBoard}</Link>}
          {one.subject?.personId && !(isWorkerOnly(me) && me.personId !== one.subject.personId) && (
            <Link to={`/people/${one.subject.personId}`}>{words.openPerson}</Link>
          )}
          <DossierButton of="case" id={one.id} name={`${one.caseNo}-${one.title}`} />
          <button type="button" onClick={() => window.print()}>
            <PrinterOutlined aria-hidden /> {words.print}
          </button>
        </span>
      </div>
    </section>
  );
}
