import { App } from 'antd';
import { useMemo } from 'react';
import { z } from 'zod';
import { adviceForm } from '../../../../../libs/domain/advice.ts';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { faultsUnder, Problem, sentenceOf } from '../../shared/api/problem.ts';
import { draftKey } from '../../shared/form/drafts.ts';
import { startingFrom } from '../../shared/form/model.ts';
import { focusField, useSchemaForm, type SchemaForm } from '../../shared/form/use-schema-form.ts';
import { useMe } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { settle, stageOf, verdictLabel, type TaskView } from '../../shared/cases/cases.ts';

const words = text.desk;
const nothing = z.object({});

/** The form of an open task and what becomes of it. */
export interface Answering {
  task: TaskView;
  form: SchemaForm;
  /** Prefix of the controls' ids. */
  prefix: string;
  busy: boolean;
  error: string | null;
  mayAnswer: boolean;
  submit: () => void;
  /** Chooses the verdict that lets the case go on, and leads to what is still to fill in. */
  agree: () => void;
  /** The Chinese of the verdict chosen so far. */
  chosen: string | null;
}

/** Fills in, checks and sends a task's answer; `onDone` runs when the lists show what came of it. Mount anew for another task. */
export function useAnswering(task: TaskView, onDone: () => void): Answering {
  const me = useMe();
  const { message } = App.useApp();
  const stage = task.part === 'advice' ? undefined : stageOf(task.process, task.stage);
  const initial = useMemo(() => startingFrom(task.lastRound, stage?.verdict), [task.lastRound, stage]);
  const form = useSchemaForm({
    schema: task.part === 'advice' ? adviceForm : (stage?.answer ?? nothing),
    draft: draftKey(me.accountId, `task.${task.id}`),
    initial,
  });
  const prefix = `task-${task.id}`;
  const answer = useAct(routes.answer, async (reply, client) => {
    form.sent();
    message.success(words.submitted(task.stageTitle));
    await settle(client, reply);
    onDone();
  });
  const mayAnswer = task.status === 'open' && task.actions.some(({ verb, allowed }) => verb === 'answer' && allowed);

  const submit = () => {
    if (answer.isPending || !mayAnswer) return;
    const taken = form.take();
    if ('first' in taken) return focusField(prefix, taken.first);
    answer.mutate(
      { params: { id: task.id }, body: { answer: taken.answer } },
      {
        onError: (error) => {
          const faults = faultsUnder(error, 'body.answer');
          form.refuse(faults);
          const first = Object.keys(faults)[0];
          if (first) focusField(prefix, first);
        },
      },
    );
  };

  const verdict = stage?.verdict;
  const agree = () => {
    const choice = form.fields.find(({ name }) => name === verdict)?.choices?.[0];
    if (verdict && choice) form.set(verdict, choice.value);
    const next = form.fields.find(({ name, required, widget }) => name !== verdict && required && widget !== 'radio' && !form.values[name]);
    if (next) focusField(prefix, next.name);
    else document.getElementById(`${prefix}-submit`)?.focus();
  };

  const value = verdict ? form.values[verdict] : undefined;
  return {
    task,
    form,
    prefix,
    busy: answer.isPending,
    error: answer.error && !isAllFields(answer.error) ? sentenceOf(answer.error) : null,
    mayAnswer,
    submit,
    agree,
    chosen: typeof value === 'string' ? verdictLabel(task.process, task.stage, value) : null,
  };
}

/** Whether each fault already stands beside its field. */
const isAllFields = (error: Error) =>
  error instanceof Problem && error.faults.length > 0 && error.faults.every(({ path }) => path.startsWith('body.answer.'));
