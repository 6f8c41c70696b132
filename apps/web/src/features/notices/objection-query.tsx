import { Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { api, type Reply } from '../../shared/api/client.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { Field, tie } from '../../shared/form/field.tsx';
import { text } from '../../shared/text/zh-CN.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { momentText, pastText } from '../../shared/time/due.ts';
import { Notice } from '../../shared/ui/states.tsx';
import css from '../../shared/ui/public.module.css';

const words = text.notices.query;
type State = Reply<typeof routes.objectionState>;

/** How far one's own objection has come, by its code. The code goes in a body, never into an address. */
export function ObjectionQuery() {
  const [code, setCode] = useState('');
  const [fault, setFault] = useState<string>();
  const [state, setState] = useState<State | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = async (event: FormEvent) => {
    event.preventDefault();
    setState(null);
    if (!code.trim()) return setFault(words.missing);
    setFault(undefined);
    setBusy(true);
    try {
      setState(await api.call(routes.objectionState, { body: { code } }));
    } catch (error) {
      setFault(sentenceOf(error));
    }
    setBusy(false);
  };
  return (
    <form className={css.form} onSubmit={(event) => void ask(event)} noValidate>
      <Field id="objection-code" label={words.code} required fault={fault}>
        <Input
          {...tie({ id: 'objection-code', required: true, fault })}
          value={code}
          autoComplete="off"
          maxLength={40}
          onChange={({ target }) => setCode(target.value)}
          status={fault ? 'error' : undefined}
        />
      </Field>
      <Button htmlType="submit" loading={busy}>
        {words.act}
      </Button>
      {state && <StateOf state={state} />}
    </form>
  );
}

function StateOf({ state }: { state: State }) {
  const now = serverNow();
  const lines = [
    words.received(pastText(state.receivedAt, now)),
    state.dueAt && words.due(momentText(new Date(state.dueAt), now)),
    state.outcome && words.outcome(state.outcome),
    state.repliedAt ? words.replied(pastText(state.repliedAt, now)) : state.named ? words.willReply : words.noReply,
  ].filter(Boolean);
  return (
    <Notice tone="info">
      <b>{words.states[state.state]}</b>
      <ul>
        <li>{state.notice}</li>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Notice>
  );
}
