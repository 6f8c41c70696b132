import { App, Radio, Select } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { Field, tie } from '../../shared/form/field.tsx';
import { text } from '../../shared/text/zh-CN.ts';
import { ReasonDialog } from '../../shared/ui/reason-dialog.tsx';
import { ownWord, settle, type TaskView } from '../../shared/cases/cases.ts';

const words = text.desk.returnDialog;
type Then = 'through' | 'straightBack';

/** Sends a case back to an earlier stage, with the reason and the way it comes back; whoever was only to confirm says what is wrong, and where it goes is settled. */
export function ReturnDialog({ task, onClose, onDone }: { task: TaskView; onClose: () => void; onDone: () => void }) {
  const { message } = App.useApp();
  const [to, setTo] = useState(task.returnTargets.at(-1)?.stage ?? '');
  const [then, setThen] = useState<Then>('through');
  const title = task.returnTargets.find(({ stage }) => stage === to)?.title ?? '';
  const act = useAct(routes.returnTask, async (reply, client) => {
    message.success(text.desk.returned(title));
    onClose();
    await settle(client, reply);
    onDone();
  });
  const disagrees = ownWord(task.process, task.stage) === 'confirm';
  const said = disagrees ? text.desk.disagree : words;
  return (
    <ReasonDialog
      title={said.title}
      effect={said.effect(title)}
      label={said.reason}
      tooShort={said.reasonShort}
      act={said.act}
      busy={act.isPending}
      error={act.error}
      onClose={onClose}
      onAct={(reason) => act.mutate({ params: { id: task.id }, body: { to, reason, then } })}
    >
      {!disagrees && (
        <>
          <Field id="return-to" label={words.to} required>
            <Select
              {...tie({ id: 'return-to', required: true })}
              value={to}
              onChange={setTo}
              options={task.returnTargets.map(({ stage, title: label }) => ({ value: stage, label }))}
              style={{ width: '100%' }}
            />
          </Field>
          <Field id="return-then" label={words.then} group>
            <Radio.Group {...tie({ id: 'return-then', group: true })} value={then} onChange={({ target }) => setThen(target.value as Then)}>
              <Radio value="through">{words.through}</Radio>
              <Radio value="straightBack">{words.straightBack}</Radio>
            </Radio.Group>
          </Field>
        </>
      )}
    </ReasonDialog>
  );
}
