import { Button, Input } from 'antd';
import { useEffect, useState, type FormEvent } from 'react';
import { Link, useSearchParams } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { api } from '../../shared/api/client.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { Field, tie } from '../../shared/form/field.tsx';
import { text } from '../../shared/text/zh-CN.ts';
import { Notice } from '../../shared/ui/states.tsx';
import { activationFaults, type Activation } from './activation-faults.ts';
import { PublicPage } from './public-page.tsx';
import css from './session.module.css';

const words = text.session.activation;

/** Setting a password with the one-time code from the mail. */
export default function ActivationPage() {
  const [done, setDone] = useState(false);
  useEffect(() => {
    document.title = `${words.title} · ${text.common.product}`;
  }, []);
  return (
    <PublicPage>
      <section className={css.form}>
        <h1>{words.title}</h1>
        <p className={css.intro}>{words.intro}</p>
        {done ? (
          <div style={{ display: 'grid', gap: 16, marginTop: 16 }}>
            <Notice tone="good">{words.done}</Notice>
            <Link to="/">{words.toSignIn}</Link>
          </div>
        ) : (
          <ActivationForm onDone={() => setDone(true)} />
        )}
      </section>
    </PublicPage>
  );
}

const fields = ['userName', 'code', 'password', 'again'] as const;

function ActivationForm({ onDone }: { onDone: () => void }) {
  const [search] = useSearchParams();
  const [values, setValues] = useState<Activation>({ userName: search.get('user') ?? '', code: '', password: '', again: '' });
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const faults = tried ? activationFaults(values) : {};

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setRefused(null);
    const first = fields.find((name) => activationFaults(values)[name]);
    if (first) return document.getElementById(first)?.focus();
    setBusy(true);
    try {
      const { again: _again, ...body } = values;
      await api.call(routes.activate, { body: { ...body, userName: body.userName.trim(), code: body.code.trim() } });
      onDone();
    } catch (error) {
      setRefused(sentenceOf(error));
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      {fields.map((name) => {
        const secret = name === 'password' || name === 'again';
        const Control = secret ? Input.Password : Input;
        const help = name === 'password' ? words.passwordHelp : undefined;
        return (
          <Field key={name} id={name} label={words[name]} required fault={faults[name]} help={help}>
            <Control
              {...tie({ id: name, required: true, fault: faults[name], help })}
              size="large"
              autoComplete={secret ? 'new-password' : name === 'userName' ? 'username' : 'one-time-code'}
              value={values[name]}
              status={faults[name] ? 'error' : undefined}
              onChange={({ target }: { target: { value: string } }) => setValues((before) => ({ ...before, [name]: target.value }))}
            />
          </Field>
        );
      })}
      {refused && <Notice tone="error">{refused}</Notice>}
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {words.submit}
      </Button>
    </form>
  );
}
