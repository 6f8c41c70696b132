import { App, Button } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { timeOf } from '../../../../../libs/domain/dates.ts';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { ProcessContract } from '../../../../../libs/domain/contract.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { faultsUnder, sentenceOf } from '../../shared/api/problem.ts';
import { settle } from '../../shared/cases/cases.ts';
import { draftKey } from '../../shared/form/drafts.ts';
import { given } from '../../shared/form/model.ts';
import { SchemaFields } from '../../shared/form/schema-fields.tsx';
import { focusField, useSchemaForm } from '../../shared/form/use-schema-form.ts';
import { useMe } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { ActionBar, Muted } from '../../shared/ui/small.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import css from './start.module.css';
import { Preview } from './preview.tsx';

const words = text.start;
const PREFIX = 'start';
const WAIT_MS = 350;

/** The contract's own form beside the calendar of the whole case. */
export function StartForm({ contract, personId }: { contract: ProcessContract; personId?: string }) {
  const me = useMe();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const initial = useMemo(() => (personId ? { personId } : {}), [personId]);
  // A form opened for one person keeps no draft: the next one must not find the last one's answers.
  const form = useSchemaForm({
    schema: contract.input,
    draft: personId ? null : draftKey(me.accountId, `start.${contract.name}`),
    initial,
  });
  const start = useAct(routes.startCase, async (reply, client) => {
    form.sent();
    message.success(words.done(reply.caseNo));
    await settle(client, reply);
    void navigate(contract.people ? `/batches/${reply.caseId}` : `/cases/${reply.caseId}`);
  });
  const submit = () => {
    const taken = form.take();
    if ('first' in taken) return focusField(PREFIX, taken.first);
    start.mutate(
      { body: { process: contract.name, input: taken.answer } },
      { onError: (error) => form.refuse(faultsUnder(error, 'body.input')) },
    );
  };
  const input = useSettled(form.fits ? JSON.stringify(given(form.values)) : null);
  return (
    <>
      <Card
        title={words.fill(contract.title)}
        extra={form.savedAt && <Muted small>{text.problem.draftAt(timeOf(new Date(form.savedAt)))}</Muted>}
      >
        <form className={css.stack} noValidate onSubmit={(event) => event.preventDefault()}>
          <SchemaFields form={form} prefix={PREFIX} />
          <Notice tone="info">{words.youAreStarter}</Notice>
          {start.error && <Notice tone="error">{sentenceOf(start.error)}</Notice>}
        </form>
      </Card>
      <div className={css.stack}>
        <Preview process={contract.name} input={input} />
        <ActionBar end={<Muted small>{words.reminders}</Muted>}>
          <Button type="primary" onClick={submit} loading={start.isPending}>
            {words.submit}
          </Button>
        </ActionBar>
      </div>
    </>
  );
}

/** The value once it has stopped changing. */
function useSettled(value: string | null): string | null {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), WAIT_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
