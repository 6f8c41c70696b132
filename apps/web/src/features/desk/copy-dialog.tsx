import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct, useRoute } from '../../shared/api/hooks.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { AccountSelect, type Account } from '../../shared/form/account-select.tsx';
import { Field, tie } from '../../shared/form/field.tsx';
import { useSearch } from '../../shared/form/use-search.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Notice } from '../../shared/ui/states.tsx';
import { settle, type CaseView } from '../../shared/cases/cases.ts';

const words = text.caseActs.copy;
const MOST = 20;

/** 抄送: to whom, and a word with it. Only those are found who may see the case and do not have it yet. */
export function CopyDialog({ one, onClose }: { one: CaseView; onClose: () => void }) {
  const { message } = App.useApp();
  const [to, setTo] = useState<Account[]>([]);
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const act = useAct(routes.copy, async (reply, client) => {
    message.success(words.done);
    onClose();
    await settle(client, reply);
  });
  const fault = tried && to.length === 0 ? words.toMissing : undefined;
  const submit = () => {
    setTried(true);
    if (to.length === 0) return document.getElementById('copy-to')?.focus();
    act.mutate({ params: { id: one.id }, body: { to: to.map(({ accountId }) => accountId), ...(note.trim() && { note: note.trim() }) } });
  };
  return (
    <Modal
      open
      title={words.title}
      onCancel={onClose}
      onOk={submit}
      okText={words.act}
      cancelText={text.common.cancel}
      okButtonProps={{ loading: act.isPending }}
      destroyOnHidden
    >
      <div style={{ display: 'grid', gap: 12 }}>
        <Notice tone="info">{words.effect}</Notice>
        <Field id="copy-to" label={words.to} required fault={fault}>
          <Readers caseId={one.id} value={to} onChange={setTo} fault={fault} />
        </Field>
        <Field id="copy-note" label={words.note}>
          <Input.TextArea
            {...tie({ id: 'copy-note' })}
            rows={2}
            maxLength={500}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        </Field>
        {act.error && <Notice tone="error">{sentenceOf(act.error)}</Notice>}
      </div>
    </Modal>
  );
}

interface ReadersProps {
  caseId: string;
  value: Account[];
  onChange: (value: Account[]) => void;
  fault: string | undefined;
}

function Readers({ caseId, fault, ...rest }: ReadersProps) {
  const { q, onSearch } = useSearch();
  const found = useRoute(routes.readersToChoose, { params: { id: caseId }, query: q ? { q } : {} }, { keep: true });
  const tied = tie({ id: 'copy-to', required: true, fault });
  return <AccountSelect {...tied} {...rest} most={MOST} found={found} onSearch={onSearch} nobody={words.nobody} fault={fault} />;
}
