import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input } from 'antd';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { api } from '../../shared/api/client.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { Field, tie } from '../../shared/form/field.tsx';
import type { Me } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import { PublicPage } from './public-page.tsx';
import css from './session.module.css';

const words = text.session;
const REMEMBERED = 'miaopu.user-name';

interface Props {
  expired: boolean;
  onSignedIn: (me: Me) => void;
}

export default function SignInPage({ expired, onSignedIn }: Props) {
  useEffect(() => {
    document.title = `${words.title} · ${text.common.product}`;
  }, []);
  return (
    <PublicPage>
      <section className={css.form}>
        <h1>{words.title}</h1>
        <p className={css.intro}>{words.intro}</p>
        {expired && (
          <div style={{ marginTop: 12 }}>
            <Notice tone="info">{words.keptPlace}</Notice>
          </div>
        )}
        <SignInForm onSignedIn={onSignedIn} />
        <div className={css.foot}>
          <Link to="/public">{words.publicNotices}</Link>
          <Link to="/activation">{words.activateLink}</Link>
          <span>{words.forgotten}</span>
          <span>{words.idle}</span>
        </div>
      </section>
      <Card title={words.noticeTitle}>
        <ol className={css.notices}>
          {words.notices.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      </Card>
    </PublicPage>
  );
}

function SignInForm({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  const [userName, setUserName] = useState(() => localStorage.getItem(REMEMBERED) ?? '');
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(() => localStorage.getItem(REMEMBERED) !== null);
  const [faults, setFaults] = useState<{ userName?: string; password?: string }>({});
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const goTo = (id: string) => form.current?.querySelector<HTMLInputElement>(`#${id}`)?.focus();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const missing = { ...(!userName.trim() && { userName: words.userNameMissing }), ...(!password && { password: words.passwordMissing }) };
    setFaults(missing);
    if (missing.userName || missing.password) return goTo(missing.userName ? 'user-name' : 'password');
    setBusy(true);
    try {
      const me = await api.call(routes.signIn, { body: { userName: userName.trim(), password } });
      if (remember) localStorage.setItem(REMEMBERED, userName.trim());
      else localStorage.removeItem(REMEMBERED);
      onSignedIn(me);
    } catch (error) {
      setFaults({ password: sentenceOf(error) });
      setBusy(false);
      goTo('password');
    }
  };

  return (
    <form ref={form} onSubmit={(event) => void submit(event)} noValidate>
      <Field id="user-name" label={words.userName} required fault={faults.userName}>
        <Input
          {...tie({ id: 'user-name', required: true, fault: faults.userName })}
          size="large"
          prefix={<UserOutlined aria-hidden />}
          autoComplete="username"
          value={userName}
          onChange={({ target }) => setUserName(target.value)}
          status={faults.userName ? 'error' : undefined}
          autoFocus={!userName}
        />
      </Field>
      <Field id="password" label={words.password} required fault={faults.password}>
        <Input.Password
          {...tie({ id: 'password', required: true, fault: faults.password })}
          size="large"
          prefix={<LockOutlined aria-hidden />}
          autoComplete="current-password"
          value={password}
          onChange={({ target }) => setPassword(target.value)}
          status={faults.password ? 'error' : undefined}
          autoFocus={Boolean(userName)}
        />
      </Field>
      <Checkbox checked={remember} onChange={({ target }) => setRemember(target.checked)}>
        {words.remember}
      </Checkbox>
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {words.signIn}
      </Button>
    </form>
  );
}
