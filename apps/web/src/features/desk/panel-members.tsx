import { text } from '../../shared/text/zh-CN.ts';
import { Facts, Muted } from '../../shared/ui/small.tsx';
import { verdictLabel, type TaskView } from '../../shared/cases/cases.ts';

const words = text.desk;

/** Who else is asked, by which rule they are summed up, and who has answered. */
export function PanelMembers({ task }: { task: TaskView }) {
  if (!task.panel) return null;
  return (
    <div>
      <h3>{words.panelTitle}</h3>
      <p style={{ marginBottom: 4 }}>
        <Muted small>{task.panel}</Muted>
      </p>
      <Facts
        items={task.members.map(({ name, state, verdict }) => ({
          label: name,
          value: [words.memberState[state], verdictLabel(task.process, task.stage, verdict)].filter(Boolean).join(text.common.dot),
        }))}
      />
    </div>
  );
}
