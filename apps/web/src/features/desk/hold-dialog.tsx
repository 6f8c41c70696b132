import { App, Input } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { Field, tie } from '../../shared/form/field.tsx';
import { text } from '../../shared/text/zh-CN.ts';
import { ReasonDialog } from '../../shared/ui/reason-dialog.tsx';
import { settle, type CaseView } from '../../shared/cases/cases.ts';

const words = text.caseActs;
const SHORTEST = 2;

/** 挂起 and 恢复: with the reason and the number of the paper that says so. */
export function HoldDialog({ one, verb, onClose }: { one: CaseView; verb: 'hold' | 'resume'; onClose: () => void }) {
  const { message } = App.useApp();
  const [documentNo, setDocumentNo] = useState('');
  const [tried, setTried] = useState(false);
  const { title, effect, act: label, done } = words[verb];
  const act = useAct(routes[verb], async (reply, client) => {
    message.success(done);
    onClose();
    await settle(client, reply);
  });
  const missing = documentNo.trim().length < SHORTEST;
  const fault = tried && missing ? words.documentNoMissing : undefined;
  const submit = (reason: string) => {
    setTried(true);
    if (missing) return document.getElementById('document-no')?.focus();
    act.mutate({ params: { id: one.id }, body: { reason, documentNo: documentNo.trim() } });
  };
  return (
    <ReasonDialog
      title={title}
      effect={effect}
      label={words.reason}
      tooShort={words.reasonShort}
      act={label}
      busy={act.isPending}
      error={act.error}
      onClose={onClose}
      onAct={submit}
    >
      <Field id="document-no" label={words.documentNo} required help={words.documentNoHelp} fault={fault}>
        <Input
          {...tie({ id: 'document-no', required: true, help: words.documentNoHelp, fault })}
          maxLength={60}
          value={documentNo}
          onChange={({ target }) => setDocumentNo(target.value)}
          status={fault ? 'error' : undefined}
        />
      </Field>
    </ReasonDialog>
  );
}
