import { Link } from 'react-router';
import { tagsOf, type TaskLine } from '../../shared/cases/cases.ts';
import { InStead } from '../../shared/cases/in-stead.tsx';
import { text } from '../../shared/text/zh-CN.ts';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { DueLabel } from '../../shared/ui/due-label.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { StatusTag } from '../../shared/ui/status-tag.tsx';

const { columns, myTasks } = text.workbench;

export function TaskTable({ tasks }: { tasks: readonly TaskLine[] }) {
  return (
    <DataTable
      label={myTasks}
      rows={tasks}
      rowKey={({ id }) => id}
      columns={[
        { key: 'due', title: columns.due, cell: ({ due }) => <DueLabel due={due} />, tight: true },
        {
          key: 'who',
          title: columns.who,
          cell: ({ id, title, unitLine }) => (
            <>
              <Link to={`/tasks/${id}`}>
                <b>{title}</b>
              </Link>{' '}
              <Muted small>{unitLine}</Muted>
            </>
          ),
        },
        { key: 'stage', title: columns.stage, cell: ({ processTitle, stageTitle }) => [processTitle, stageTitle].join(text.common.dot) },
        {
          key: 'status',
          title: columns.status,
          cell: (task) => (
            <>
              {tagsOf(task).map((kind) => (
                <StatusTag key={kind} kind={kind} />
              ))}{' '}
              <InStead task={task} />
            </>
          ),
          tight: true,
        },
      ]}
    />
  );
}
