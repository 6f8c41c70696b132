import { Button } from 'antd';
import { Link } from 'react-router';
import { z } from 'zod';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { readAgain, stageOf, type TaskLine } from '../../shared/cases/cases.ts';
import { draftKey } from '../../shared/form/drafts.ts';
import { SchemaFields } from '../../shared/form/schema-fields.tsx';
import { focusField, useSchemaForm } from '../../shared/form/use-schema-form.ts';
import { useMe } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Notice } from '../../shared/ui/states.tsx';
import css from './desk.module.css';

const words = text.desk.bulk;
const nothing = z.object({});

/** What became of a bulk act; the refused by name. */
export interface BulkResult {
  done: number;
  refused: { taskId: string; title: string; why: string }[];
}

interface Props {
  tasks: readonly TaskLine[];
  result: BulkResult | null;
  onDone: (result: BulkResult) => void;
  onClose: () => void;
}

/** One answer for all the chosen tasks of a stage; each is decided by itself, and what was refused is listed with the reason. */
export function BulkPanel({ tasks, result, onDone, onClose }: Props) {
  const me = useMe();
  const first = tasks[0];
  const stage = first && stageOf(first.process, first.stage);
  const form = useSchemaForm({ schema: stage?.answer ?? nothing, draft: draftKey(me.accountId, `bulk.${first?.process}.${first?.stage}`) });
  const act = useAct(routes.answerMany, async (reply, client) => {
    form.sent();
    await readAgain(client);
    onDone({
      done: reply.done,
      refused: reply.refused.map(({ taskId, text: why }) => ({ taskId, why, title: tasks.find(({ id }) => id === taskId)?.title ?? '' })),
    });
  });
  const submit = () => {
    const taken = form.take();
    if ('first' in taken) return focusField('bulk', taken.first);
    act.mutate({ body: { taskIds: tasks.map(({ id }) => id), answer: taken.answer } });
  };
  return (
    <section className={css.panel} aria-labelledby="bulk-title">
      <div className={css.panelHead}>
        <h2 id="bulk-title">{first ? words.title(first.stageTitle, tasks.length) : words.choose}</h2>
      </div>
      <div className={css.panelBody} tabIndex={-1}>
        <div className={css.work}>
          <Notice tone="info">{words.how}</Notice>
          {first && stage && (
            <form className={css.answer} aria-label={first.stageTitle} noValidate onSubmit={(event) => event.preventDefault()}>
              <SchemaFields form={form} prefix="bulk" lastRound={null} choices={{}} />
            </form>
          )}
          {act.error && <Notice tone="error">{sentenceOf(act.error)}</Notice>}
          {result && (
            <div role="status">
              <Notice tone={result.refused.length > 0 ? 'warning' : 'good'}>{words.result(result.done, result.refused.length)}</Notice>
              <ul className={css.cannot}>
                {result.refused.map(({ taskId, title, why }) => (
                  <li key={taskId}>
                    <Link to={`/tasks/${taskId}`}>{title}</Link>
                    <span>{why}</span>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </div>
      </div>
      <div className={`${css.acts} no-print`}>
        <Button type="primary" disabled={tasks.length === 0} loading={act.isPending} onClick={submit}>
          {words.submit(tasks.length)}
        </Button>
        <Button onClick={onClose}>{words.close}</Button>
      </div>
    </section>
  );
}
