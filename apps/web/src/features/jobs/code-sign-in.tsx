import { Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { api } from '../../shared/api/client.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { Field, tie } from '../../shared/form/field.tsx';
import type { Me } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import css from '../../shared/ui/public.module.css';
import { Notice } from '../../shared/ui/states.tsx';

const words = text.jobs.apply;

/** Signing in without a password: a code of six digits comes by mail. */
export function CodeSignIn({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  const [email, setEmail] = useState('');
  const [code, setCode] = useState('');
  const [minutes, setMinutes] = useState<number | null>(null);
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setFault(undefined);
    setBusy(true);
    try {
      if (minutes === null) setMinutes((await api.call(routes.sendCandidateCode, { body: { email: email.trim() } })).minutes);
      else onSignedIn(await api.call(routes.candidateSignIn, { body: { email: email.trim(), code: code.trim() } }));
    } catch (error) {
      setFault(sentenceOf(error));
    }
    setBusy(false);
  };

  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
      <Field id="candidate-email" label={words.email} required fault={minutes === null ? fault : undefined}>
        <Input
          {...tie({ id: 'candidate-email', required: true, fault: minutes === null ? fault : undefined })}
          type="email"
          autoComplete="email"
          inputMode="email"
          size="large"
          value={email}
          disabled={minutes !== null}
          onChange={({ target }) => setEmail(target.value)}
        />
      </Field>
      {minutes !== null && (
        <>
          <Notice tone="good">{words.sent(minutes)}</Notice>
          <Field id="candidate-code" label={words.code} required fault={fault}>
            <Input
              {...tie({ id: 'candidate-code', required: true, fault })}
              autoFocus
              autoComplete="one-time-code"
              inputMode="numeric"
              maxLength={6}
              size="large"
              value={code}
              onChange={({ target }) => setCode(target.value)}
            />
          </Field>
        </>
      )}
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {minutes === null ? words.send : words.signIn}
      </Button>
      {minutes !== null && (
        <Button
          type="link"
          onClick={() => {
            setMinutes(null);
            setCode('');
            setFault(undefined);
          }}
        >
          {words.other}
        </Button>
      )}
    </form>
  );
}
