import { App, Button } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { settle, verdictLabel, type TaskView } from '../../shared/cases/cases.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Muted } from '../../shared/ui/small.tsx';
import { ReasonDialog } from '../../shared/ui/reason-dialog.tsx';
import css from './desk.module.css';

const words = text.desk.handOn;
type Signer = TaskView['signers'][number];

/** Who was asked beside the owner of the task, what they said, and who may be taken away again. */
export function Signers({ task }: { task: TaskView }) {
  const [removing, setRemoving] = useState<Signer | null>(null);
  if (task.signers.length === 0) return null;
  return (
    <div>
      <h3>{words.signersTitle}</h3>
      <ul className={css.signers}>
        {task.signers.map((signer) => (
          <li key={signer.taskId}>
            <span>
              <b>{signer.name}</b> <Muted small>{signer.title}</Muted>
            </span>
            <span>
              {[words.state[signer.state], verdictLabel(task.process, task.stage, signer.verdict)].filter(Boolean).join(text.common.dot)}
              {signer.words && text.common.colon + signer.words}
            </span>
            {signer.removable && (
              <Button size="small" onClick={() => setRemoving(signer)}>
                {words.remove(signer.part)}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {removing && <RemoveDialog signer={removing} onClose={() => setRemoving(null)} />}
    </div>
  );
}

function RemoveDialog({ signer, onClose }: { signer: Signer; onClose: () => void }) {
  const { message } = App.useApp();
  const act = useAct(routes.removeSigner, async (reply, client) => {
    message.success(words.removed(signer.name));
    onClose();
    await settle(client, reply);
  });
  return (
    <ReasonDialog
      title={words.removeTitle(signer.part, signer.name)}
      effect={words.removeEffect}
      label={words.removeReason}
      tooShort={words.reasonShort}
      longest={500}
      act={words.remove(signer.part)}
      busy={act.isPending}
      error={act.error}
      onClose={onClose}
      onAct={(reason) => act.mutate({ params: { id: signer.taskId }, body: { reason } })}
    />
  );
}
