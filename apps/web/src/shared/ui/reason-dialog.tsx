import { Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { sentenceOf } from '../api/problem.ts';
import { Field, tie } from '../form/field.tsx';
import { text } from '../text/zh-CN.ts';
import { Notice } from './states.tsx';

interface Props {
  title: string;
  /** What will happen, to what, and until when it can be undone. */
  effect: ReactNode;
  label: string;
  help?: string;
  tooShort: string;
  shortest?: number;
  longest?: number;
  /** The button repeats the verb. */
  act: string;
  danger?: boolean;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onAct: (reason: string) => void;
  children?: ReactNode;
}

/** Says what will happen, asks for the reason, and repeats the verb on its button. */
export function ReasonDialog({
  title,
  effect,
  label,
  help,
  tooShort,
  shortest = 2,
  longest = 2000,
  act,
  danger,
  busy,
  error,
  onClose,
  onAct,
  children,
}: Props) {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const short = reason.trim().length < shortest;
  const fault = tried && short ? tooShort : undefined;
  const submit = () => {
    setTried(true);
    if (!short) onAct(reason.trim());
  };
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      onOk={submit}
      okText={act}
      cancelText={text.common.cancel}
      okButtonProps={{ danger, loading: busy }}
      destroyOnHidden
    >
      <div style={{ display: 'grid', gap: 12 }}>
        <Notice tone={danger ? 'warning' : 'info'}>{effect}</Notice>
        {children}
        <Field id="reason" label={label} required help={help} fault={fault}>
          <Input.TextArea
            {...tie({ id: 'reason', required: true, help, fault })}
            rows={4}
            maxLength={longest}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
            status={fault ? 'error' : undefined}
          />
        </Field>
        {error ? <Notice tone="error">{sentenceOf(error)}</Notice> : null}
      </div>
    </Modal>
  );
}
