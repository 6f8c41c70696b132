import { Link } from 'react-router';
import { formatDate } from '../../../../../libs/domain/dates.ts';
import { outcomeOf } from '../../shared/cases/cases.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DueLabel } from '../../shared/ui/due-label.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { StatusTag } from '../../shared/ui/status-tag.tsx';
import type { Board } from './batch-page.tsx';
import css from './batches.module.css';
import { listStage } from './list-stage.ts';
import { shareOf } from './share.tsx';

const words = text.batches;

/** What batch, how far it is, what is open until when, and what this reader has to hand in. */
export function BatchHead({ board }: { board: Board }) {
  const sum = (of: (row: Board['rows'][number]) => number) => board.rows.reduce((all, row) => all + of(row), 0);
  const total = sum((row) => row.total);
  const done = sum(({ cells }) => cells.at(-1)?.count ?? 0);
  const apart = sum((row) => row.apart);
  return (
    <Card title={board.title} note={text.desk.caseNo(board.caseNo)} extra={<Link to={`/cases/${board.id}`}>{words.toCase}</Link>}>
      <div className={css.facts}>
        <State board={board} />
        <span>{words.cutOff(formatDate(board.cutOffOn))}</span>
        <b>{words.people(total)}</b>
        <span>{words.done(board.columns.at(-1)?.title ?? '', done, shareOf(done, total))}</span>
        {apart > 0 && <span>{words.apartOf(apart)}</span>}
        {board.open.map(({ stage, title, due }) => (
          <span key={stage}>
            {words.openNow}
            {text.common.colon}
            <b>{title}</b> <DueLabel due={due} />
          </span>
        ))}
      </div>
      {board.myParts.map((part) => (
        <div key={part.taskId} className={css.part}>
          <Muted>{words.mineTitle}</Muted>
          <span>{words.part(part.title, part.left, listStage(board.process, part.stage).turn)}</span>
          {(part.left === 0 || listStage(board.process, part.stage).turn === 'whole') && (
            <Link className={css.submit} to={`/tasks/${part.taskId}`}>
              {words.submitPart}
            </Link>
          )}
        </div>
      ))}
    </Card>
  );
}

function State({ board: { status, outcomeTitle, outcome, process } }: { board: Board }) {
  if (status !== 'ended') return <StatusTag kind="running" />;
  return <StatusTag kind={outcomeOf(outcome, process)?.tone ?? 'stopped'}>{outcomeTitle}</StatusTag>;
}
