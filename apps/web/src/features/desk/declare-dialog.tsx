import { App, Modal } from 'antd';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { EventContract } from '../../../../../libs/domain/contract.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { faultsUnder, sentenceOf } from '../../shared/api/problem.ts';
import { draftKey } from '../../shared/form/drafts.ts';
import { SchemaFields } from '../../shared/form/schema-fields.tsx';
import { focusField, useSchemaForm } from '../../shared/form/use-schema-form.ts';
import { useMe } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Notice } from '../../shared/ui/states.tsx';
import { settle, type CaseView } from '../../shared/cases/cases.ts';

const words = text.oneCase;
const PREFIX = 'declare';

interface Props {
  one: CaseView;
  name: string;
  event: EventContract;
  onClose: () => void;
}

/** 事项: declared with the form of its contract. */
export function DeclareDialog({ one, name, event, onClose }: Props) {
  const me = useMe();
  const { message } = App.useApp();
  const form = useSchemaForm({ schema: event.answer, draft: draftKey(me.accountId, `event.${one.id}.${name}`) });
  const act = useAct(routes.declare, async (reply, client) => {
    form.sent();
    message.success(words.declared(event.title));
    onClose();
    await settle(client, reply);
  });
  const submit = () => {
    const taken = form.take();
    if ('first' in taken) return focusField(PREFIX, taken.first);
    act.mutate(
      { params: { id: one.id, event: name }, body: { answer: taken.answer } },
      { onError: (error) => form.refuse(faultsUnder(error, 'body.answer')) },
    );
  };
  return (
    <Modal
      open
      title={words.declareTitle(event.title)}
      onCancel={onClose}
      onOk={submit}
      okText={words.declareAct(event.title)}
      cancelText={text.common.cancel}
      okButtonProps={{ loading: act.isPending }}
    >
      <div style={{ display: 'grid', gap: 12 }}>
        <SchemaFields form={form} prefix={PREFIX} />
        {act.error && <Notice tone="error">{sentenceOf(act.error)}</Notice>}
      </div>
    </Modal>
  );
}
