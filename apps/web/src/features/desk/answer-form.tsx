import { timeOf } from '../../../../../libs/domain/dates.ts';
import { SchemaFields } from '../../shared/form/schema-fields.tsx';
import { text } from '../../shared/text/zh-CN.ts';
import { Muted } from '../../shared/ui/small.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import type { Answering } from './answering.ts';
import css from './desk.module.css';

/** 已保存草稿 10:09 */
export function DraftMark({ form }: Pick<Answering, 'form'>) {
  const words = form.unsaved ? text.form.notSaved : form.savedAt ? text.form.savedAt(timeOf(new Date(form.savedAt))) : '';
  return (
    <span role="status">
      <Muted small>{words}</Muted>
    </span>
  );
}

/** The form of an open task, or why this reader may not answer it. */
export function AnswerForm({ answering }: { answering: Answering }) {
  const { task, form, prefix, error, mayAnswer } = answering;
  if (!mayAnswer) {
    const why = task.actions.find(({ verb }) => verb === 'answer')?.why;
    return why ? <Notice tone="warning">{why}</Notice> : null;
  }
  return (
    <form
      className={css.answer}
      aria-label={task.stageTitle}
      noValidate
      // Enter in a field is not an act: submitting is the button or Ctrl+Enter
      onSubmit={(event) => event.preventDefault()}
    >
      {task.inStead && <Notice tone="info">{text.substitutes.actsFor(task.inStead)}</Notice>}
      {task.note && (
        <Notice tone="info">
          {text.desk.noteLabel}
          {text.common.colon}
          {task.note}
        </Notice>
      )}
      <SchemaFields form={form} prefix={prefix} lastRound={task.lastRound} choices={task.choices} />
      {error && <Notice tone="error">{error}</Notice>}
      {task.form && <Muted small>{text.desk.formLabel(task.form)}</Muted>}
    </form>
  );
}
