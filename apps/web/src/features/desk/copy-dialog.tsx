import { App, Input, Modal, Select } from 'antd';
import { useEffect, useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct, useRoute } from '../../shared/api/hooks.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { Field, tie } from '../../shared/form/field.tsx';
import { text } from '../../shared/text/zh-CN.ts';
import { Notice } from '../../shared/ui/states.tsx';
import { settle, type CaseView } from '../../shared/cases/cases.ts';

const words = text.caseActs.copy;
const WAIT_MS = 250;
const MOST = 20;
type Chosen = { value: string; label: string };

/** 抄送: to whom, and a word with it. Only those are found who may see the case and do not have it yet. */
export function CopyDialog({ one, onClose }: { one: CaseView; onClose: () => void }) {
  const { message } = App.useApp();
  const [to, setTo] = useState<Chosen[]>([]);
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
    act.mutate({ params: { id: one.id }, body: { to: to.map(({ value }) => value), ...(note.trim() && { note: note.trim() }) } });
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
  value: Chosen[];
  onChange: (value: Chosen[]) => void;
  fault: string | undefined;
}

function Readers({ caseId, value, onChange, fault }: ReadersProps) {
  const [typed, setTyped] = useState('');
  const [q, setQ] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useRoute(routes.readersToChoose, { params: { id: caseId }, query: q ? { q } : {} }, { keep: true });
  return (
    <Select
      {...tie({ id: 'copy-to', required: true, fault })}
      mode="multiple"
      labelInValue
      maxCount={MOST}
      filterOption={false}
      onSearch={setTyped}
      placeholder={text.form.choosePerson}
      notFoundContent={found.isFetching ? text.common.loading : words.nobody}
      loading={found.isFetching}
      value={value}
      onChange={onChange}
      status={fault ? 'error' : undefined}
      options={(found.data?.items ?? []).map(({ accountId, name, posts }) => ({ value: accountId, label: `${name}（${posts}）` }))}
      style={{ width: '100%' }}
    />
  );
}
