import { DownloadOutlined, UndoOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { addressOf } from '../../shared/api/client.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { longDate } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { ReasonDialog } from '../../shared/ui/reason-dialog.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import css from './import.module.css';
import type { Batch } from './import-page.tsx';

const words = text.importing;

/** What an import did, the way to take it back while nothing stands on it, and what comes next. */
export function Outcome({ batch }: { batch: Batch }) {
  const [undoing, setUndoing] = useState(false);
  if (batch.status === 'discarded') return <Notice tone="info">{words.wasDiscarded}</Notice>;
  if (batch.status === 'undone') return <Notice tone="info">{words.undone}</Notice>;
  const { result } = batch;
  return (
    <Card title={words.confirmed} note={batch.fileName}>
      <div className={css.stack}>
        <Notice tone="good">{result?.text}</Notice>
        <div className={css.mapRow}>
          <Link to="/roster">{words.toRoster}</Link>
          <Link to="/start/probation-list">{words.toStart}</Link>
          {result !== null && result.left > 0 && batch.hasFile && (
            <a href={addressOf(routes.markedRoster, { params: { id: batch.id } })}>
              <DownloadOutlined aria-hidden /> {words.downloadMarked}
            </a>
          )}
          {batch.mayUndo && (
            <Button icon={<UndoOutlined aria-hidden />} onClick={() => setUndoing(true)}>
              {words.undo}
            </Button>
          )}
        </div>
      </div>
      {undoing && <UndoDialog batch={batch} onClose={() => setUndoing(false)} />}
    </Card>
  );
}

function UndoDialog({ batch, onClose }: { batch: Batch; onClose: () => void }) {
  const { message } = App.useApp();
  const undo = useAct(routes.undoRoster, async ({ removed, restored }, client) => {
    message.success(words.undid(removed, restored));
    onClose();
    await Promise.all(
      [routes.rosterImport.id, routes.rosterImports.id, routes.people.id].map((id) => client.invalidateQueries({ queryKey: [id] })),
    );
  });
  const { undoDialog: dialog } = words;
  return (
    <ReasonDialog
      title={dialog.title}
      effect={dialog.effect(batch.result?.added ?? 0, batch.result?.updated ?? 0, batch.undoUntil && longDate(batch.undoUntil))}
      label={dialog.reason}
      tooShort={dialog.short}
      longest={500}
      act={dialog.act}
      danger
      busy={undo.isPending}
      error={undo.error}
      onClose={onClose}
      onAct={(reason) => undo.mutate({ params: { id: batch.id }, body: { reason } })}
    />
  );
}
