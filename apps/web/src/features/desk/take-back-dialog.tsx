import { App } from 'antd';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { settle, type TaskView } from '../../shared/cases/cases.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { ReasonDialog } from '../../shared/ui/reason-dialog.tsx';

const words = text.desk.takeBack;

/** Takes one's own answer back while nobody has opened what came of it. */
export function TakeBackDialog({ task, onClose, onDone }: { task: TaskView; onClose: () => void; onDone: () => void }) {
  const { message } = App.useApp();
  const act = useAct(routes.takeBack, async (reply, client) => {
    message.success(words.done(task.stageTitle));
    onClose();
    await settle(client, reply);
    onDone();
  });
  return (
    <ReasonDialog
      title={words.title}
      effect={words.effect(task.stageTitle)}
      label={words.reason}
      tooShort={text.desk.handOn.reasonShort}
      longest={500}
      act={words.act}
      busy={act.isPending}
      error={act.error}
      onClose={onClose}
      onAct={(reason) => act.mutate({ params: { id: task.id }, body: { reason } })}
    />
  );
}
