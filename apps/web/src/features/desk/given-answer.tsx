import { adviceForm } from '../../../../../libs/domain/advice.ts';
import { fieldsOf, type FieldModel } from '../../shared/form/model.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { longDate, pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Facts, Muted } from '../../shared/ui/small.tsx';
import { stageOf, type TaskView } from '../../shared/cases/cases.ts';

/** What was answered, as it was written. */
export function GivenAnswer({ task }: { task: TaskView }) {
  const stage = stageOf(task.process, task.stage);
  const { answer } = task;
  if (!answer || !stage) return null;
  const items = fieldsOf(task.part === 'advice' ? adviceForm : stage.answer)
    .filter(({ name }) => answer[name] !== undefined && answer[name] !== '')
    .map((field) => ({ key: field.name, label: field.title, value: shown(field, answer[field.name], task.choices[field.name]) }));
  return (
    <div>
      <h3>{text.desk.answered}</h3>
      <Facts items={items} />
      {task.answeredAt && <Muted small>{text.desk.answeredAt(pastText(task.answeredAt, serverNow()))}</Muted>}
    </div>
  );
}

function shown(field: FieldModel, value: unknown, people: readonly { value: string; label: string }[] = []): string {
  const written = String(value);
  if (field.widget === 'date') return longDate(written);
  return (
    field.choices?.find((choice) => choice.value === written)?.label ?? people.find((person) => person.value === written)?.label ?? written
  );
}
