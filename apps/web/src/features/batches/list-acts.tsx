import { Button } from 'antd';
import { useState } from 'react';
import { holds, useMe } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Muted } from '../../shared/ui/small.tsx';
import { DecideDialog, ReasonedAct, TakeRoleDialog, type OnWhom } from './act-dialogs.tsx';
import type { Board } from './batch-page.tsx';
import css from './batches.module.css';
import { listStage, takesRoles } from './list-stage.ts';

const words = text.batches;

interface Props {
  board: Board;
  mine: boolean;
  picked: ReadonlySet<string>;
  onClear: () => void;
  onJob: (jobId: string) => void;
}

/** What may be done with those chosen, or with everybody who is open on one's own list. */
export function ListActs({ board, mine, picked, onClear, onJob }: Props) {
  const [dialog, setDialog] = useState<'decide' | 'open' | 'sendBack' | 'setApart' | 'takeRole' | null>(null);
  const governs = holds(useMe(), 'COUNTY_ORG', 'CITY_ORG');
  const part = board.myParts.find(
    ({ stage }) => listStage(board.process, stage).turn === 'verdict' && board.open.some((open) => open.list && open.stage === stage),
  );
  if (board.status !== 'running' || !(part || governs)) return null;
  const close = () => setDialog(null);
  const on: OnWhom = { caseIds: [...picked] };
  const common = { batchId: board.id, on, count: picked.size, onClose: close, onJob: (jobId: string) => (close(), onJob(jobId)) };
  const act = (which: typeof dialog, label: (count: number) => string, primary = false) => (
    <Button type={primary ? 'primary' : 'default'} onClick={() => setDialog(which)}>
      {label(picked.size)}
    </Button>
  );
  return (
    <>
      {picked.size === 0 ? (
        <>
          <Muted small>{words.howToPick}</Muted>
          {mine && part && part.left > 0 && (
            <Button className={css.end} type="primary" onClick={() => setDialog('open')}>
              {words.actOnOpen(part.left)}
            </Button>
          )}
        </>
      ) : (
        <>
          <b role="status">{words.chosen(picked.size)}</b>
          {part && act('decide', words.actOn, true)}
          {part && listStage(board.process, part.stage).sendsBack && act('sendBack', words.sendBack)}
          {governs && takesRoles(board.process) && act('takeRole', words.takeRole)}
          {governs && act('setApart', words.setApart)}
          <Button type="link" onClick={onClear}>
            {words.clear}
          </Button>
        </>
      )}
      {part && dialog === 'decide' && <DecideDialog {...common} process={board.process} stage={part.stage} />}
      {part && dialog === 'open' && (
        <DecideDialog {...common} process={board.process} stage={part.stage} on={{ open: true }} count={part.left} />
      )}
      {part && dialog === 'sendBack' && <ReasonedAct {...common} kind="sendBack" stage={part.stage} />}
      {dialog === 'takeRole' && <TakeRoleDialog {...common} />}
      {dialog === 'setApart' && <ReasonedAct {...common} kind="setApart" />}
    </>
  );
}
