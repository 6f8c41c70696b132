import { App, Radio } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct, useRoute } from '../../shared/api/hooks.ts';
import { settle, type TaskView } from '../../shared/cases/cases.ts';
import { AccountSelect, type Account } from '../../shared/form/account-select.tsx';
import { Field, tie } from '../../shared/form/field.tsx';
import { useSearch } from '../../shared/form/use-search.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { ReasonDialog } from '../../shared/ui/reason-dialog.tsx';

const words = text.desk.handOn;
export type HandOnVerb = 'transfer' | 'delegate' | 'addSigner';
type Where = 'before' | 'beside' | 'after';
const purposes = { transfer: 'transfer', delegate: 'delegate', addSigner: 'sign' } as const;

/** Hands a task to somebody else, asks for an advice, or adds a signer: who, why, and for a signer at which point. */
export function HandOnDialog({
  task,
  verb,
  onClose,
  onDone,
}: {
  task: TaskView;
  verb: HandOnVerb;
  onClose: () => void;
  onDone: () => void;
}) {
  const { message } = App.useApp();
  const [to, setTo] = useState<Account | null>(null);
  const [tried, setTried] = useState(false);
  const [where, setWhere] = useState<Where>('before');
  const act = useAct(routes[verb], async (reply, client) => {
    message.success(words[verb].done);
    onClose();
    await settle(client, reply);
    // whoever still has the task goes on here
    if (verb === 'transfer' || verb === 'delegate' || where === 'before') onDone();
  });
  const fault = tried && !to ? words.toMissing : undefined;
  return (
    <ReasonDialog
      title={words[verb].title}
      effect={verb === 'addSigner' ? words.where[where].effect : words[verb].effect}
      label={words[verb].reason}
      tooShort={words.reasonShort}
      longest={500}
      act={words[verb].act}
      busy={act.isPending}
      error={act.error}
      onClose={onClose}
      onAct={(reason) => {
        setTried(true);
        if (!to) return document.getElementById('hand-to')?.focus();
        act.mutate({
          params: { id: task.id },
          body: { to: to.accountId, reason, ...(verb === 'addSigner' && { where }) } as { to: string; reason: string; where: Where },
        });
      }}
    >
      {verb === 'addSigner' && (
        <Field id="sign-where" label={words.whereLabel} group>
          <Radio.Group {...tie({ id: 'sign-where', group: true })} value={where} onChange={({ target }) => setWhere(target.value as Where)}>
            {(['before', 'beside', 'after'] as const).map((value) => (
              <Radio key={value} value={value}>
                {words.where[value].label}
              </Radio>
            ))}
          </Radio.Group>
        </Field>
      )}
      <Field id="hand-to" label={words.to} required fault={fault}>
        <PossiblePeople taskId={task.id} purpose={purposes[verb]} value={to} onChange={setTo} fault={fault} />
      </Field>
    </ReasonDialog>
  );
}

interface People {
  taskId: string;
  purpose: 'transfer' | 'delegate' | 'sign';
  value: Account | null;
  onChange: (value: Account | null) => void;
  fault: string | undefined;
}

/** Only those to whom the desk would let it go are found. */
function PossiblePeople({ taskId, purpose, fault, ...rest }: People) {
  const { q, onSearch } = useSearch();
  const found = useRoute(routes.taskPeople, { params: { id: taskId }, query: { for: purpose, q } }, { keep: true });
  const tied = tie({ id: 'hand-to', required: true, fault });
  return <AccountSelect {...tied} {...rest} found={found} onSearch={onSearch} nobody={words.nobody} fault={fault} />;
}
