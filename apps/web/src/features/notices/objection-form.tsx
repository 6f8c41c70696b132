import { Button, Checkbox, Input, Radio, Select } from 'antd';
import { useState, type FormEvent } from 'react';
import { objectionForm } from '../../../../../libs/domain/objection.ts';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { faultsUnder, Problem, sentenceOf } from '../../shared/api/problem.ts';
import { Field, tie } from '../../shared/form/field.tsx';
import { text } from '../../shared/text/zh-CN.ts';
import { Notice } from '../../shared/ui/states.tsx';
import css from '../../shared/ui/public.module.css';

const words = text.notices.form;

interface Values {
  no: number | undefined;
  named: boolean;
  name: string;
  phone: string;
  contact: string;
  text: string;
  truthful: boolean;
  website: string;
}
type Faults = Partial<Record<keyof Values, string>>;
type SentObjection = ReturnType<typeof objectionForm.parse>;

const faultsOf = (values: Values): Faults => {
  const parsed = objectionForm.safeParse(values);
  const faults: Faults = {};
  if (!parsed.success) for (const { path, message } of parsed.error.issues) faults[path[0] as keyof Values] ??= message;
  return faults;
};

interface Props {
  noticeId: string;
  /** How many people stand on the notice: one needs no choice. */
  listed: number;
  send: (form: SentObjection) => Promise<{ code: string }>;
}

/** 提出异议: the form, then the code under which one can ask. */
export function ObjectionForm({ noticeId, listed, send }: Props) {
  const [code, setCode] = useState<string | null>(null);
  return code ? (
    <Receipt code={code} onAnother={() => setCode(null)} />
  ) : (
    <Form noticeId={noticeId} listed={listed} send={async (form) => setCode((await send(form)).code)} />
  );
}

function Receipt({ code, onAnother }: { code: string; onAnother: () => void }) {
  const { receipt } = text.notices;
  return (
    <div className={css.form}>
      <Notice tone="good">
        <b>{receipt.title}</b>
        <br />
        {receipt.keep}
      </Notice>
      <span>{receipt.code}</span>
      <output className={css.code} aria-label={receipt.code}>
        {code}
      </output>
      <Button onClick={onAnother} className="no-print">
        {receipt.another}
      </Button>
    </div>
  );
}

/** The form as it is filled in, and what was wrong with it when it was last sent. */
function useObjection(listed: number, send: (form: SentObjection) => Promise<void>) {
  const [values, setValues] = useState<Values>({
    no: listed === 1 ? 1 : undefined,
    named: true,
    name: '',
    phone: '',
    contact: '',
    text: '',
    truthful: false,
    website: '',
  });
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const faults: Faults = { ...faultsUnder(refused, 'body'), ...(tried && faultsOf(values)) };
  const besideFields = refused instanceof Problem && refused.code === 'BadRequest' && Object.keys(faults).length > 0;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setRefused(null);
    const parsed = objectionForm.safeParse(values);
    if (!parsed.success) return document.getElementById(`objection-${String(parsed.error.issues[0]?.path[0])}`)?.focus();
    setBusy(true);
    try {
      await send(parsed.data);
    } catch (error) {
      setRefused(error);
      setBusy(false);
    }
  };
  const set = (change: Partial<Values>) => setValues((before) => ({ ...before, ...change }));
  return { values, set, faults, submit, busy, refusal: refused === null || besideFields ? null : sentenceOf(refused) };
}

function Form({ noticeId, listed, send }: Omit<Props, 'send'> & { send: (form: SentObjection) => Promise<void> }) {
  const { values, set, faults, submit, busy, refusal } = useObjection(listed, send);
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
      <Field id="objection-no" label={words.who} required fault={faults.no}>
        <ListedSelect noticeId={noticeId} value={values.no} onChange={(no) => set({ no })} fault={faults.no} />
      </Field>
      <Field id="objection-named" label={words.how} required group>
        <Radio.Group
          {...tie({ id: 'objection-named', group: true })}
          value={values.named}
          onChange={({ target }) => set({ named: target.value as boolean })}
          options={[
            { value: true, label: words.named },
            { value: false, label: words.unnamed },
          ]}
        />
      </Field>
      {values.named && <WhoObjects values={values} faults={faults} set={set} />}
      <Field id="objection-text" label={words.text} required fault={faults.text} help={words.help(values.text.trim().length)}>
        <Input.TextArea
          {...tie({ id: 'objection-text', required: true, fault: faults.text, help: true })}
          rows={6}
          maxLength={2_000}
          value={values.text}
          status={faults.text ? 'error' : undefined}
          onChange={({ target }) => set({ text: target.value })}
        />
      </Field>
      <div className={css.trap} aria-hidden>
        <label htmlFor="objection-website">{words.website}</label>
        <input
          id="objection-website"
          tabIndex={-1}
          autoComplete="off"
          value={values.website}
          onChange={({ target }) => set({ website: target.value })}
        />
      </div>
      <Field id="objection-truthful" label={<span className="sr-only">{words.truthful}</span>} group fault={faults.truthful}>
        <Checkbox id="objection-truthful" checked={values.truthful} onChange={({ target }) => set({ truthful: target.checked })}>
          {words.truthful}
        </Checkbox>
      </Field>
      {refusal && <Notice tone="error">{refusal}</Notice>}
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {words.submit}
      </Button>
      <p className={css.small}>{words.promise}</p>
      <p className={css.small}>{words.materials}</p>
    </form>
  );
}

function WhoObjects({ values, faults, set }: { values: Values; faults: Faults; set: (change: Partial<Values>) => void }) {
  const field = (name: 'name' | 'phone' | 'contact', autoComplete: string, required: boolean) => (
    <Field id={`objection-${name}`} label={words[name]} required={required} fault={faults[name]}>
      <Input
        {...tie({ id: `objection-${name}`, required, fault: faults[name] })}
        value={values[name]}
        autoComplete={autoComplete}
        inputMode={name === 'phone' ? 'tel' : undefined}
        status={faults[name] ? 'error' : undefined}
        onChange={({ target }) => set({ [name]: target.value })}
      />
    </Field>
  );
  return (
    <>
      <div className={css.pair}>
        {field('name', 'name', true)}
        {field('phone', 'tel', true)}
      </div>
      {field('contact', 'off', false)}
    </>
  );
}

interface ListedProps {
  noticeId: string;
  value: number | undefined;
  onChange: (no: number | undefined) => void;
  fault: string | undefined;
}

/** Somebody on the notice, looked up by a part of their name. */
function ListedSelect({ noticeId, value, onChange, fault }: ListedProps) {
  const [q, setQ] = useState('');
  const found = useRoute(routes.publicNotice, { params: { id: noticeId }, query: q ? { q } : {} }, { keep: true });
  const [chosen, setChosen] = useState<{ value: number; label: string } | null>(null);
  const options = (found.data?.rows ?? []).map(({ no, name, unitName }) => ({
    value: no,
    label: [name, unitName].filter(Boolean).join(text.common.dot),
  }));
  const shown = chosen && value === chosen.value && !options.some((option) => option.value === value) ? [...options, chosen] : options;
  return (
    <Select
      {...tie({ id: 'objection-no', required: true, fault })}
      showSearch
      filterOption={false}
      onSearch={(typed) => setQ(typed.trim())}
      placeholder={words.choose}
      value={value}
      options={shown}
      status={fault ? 'error' : undefined}
      style={{ width: '100%' }}
      onChange={(no: number | undefined) => {
        setChosen(shown.find((option) => option.value === no) ?? null);
        onChange(no);
      }}
    />
  );
}
