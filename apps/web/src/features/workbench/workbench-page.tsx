import { ExclamationCircleFilled, FieldTimeOutlined } from '@ant-design/icons';
import { Link, Navigate } from 'react-router';
import type { z } from 'zod';
import type { workbench } from '../../../../../libs/domain/api/operations.ts';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useLookAgain, useRoute } from '../../shared/api/hooks.ts';
import { CaseTable } from '../../shared/cases/case-table.tsx';
import { isAdministrator, isWorkerOnly, useMe } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Empty, Failed, Waiting } from '../../shared/ui/states.tsx';
import { IncidentList, NextWeek } from './side-cards.tsx';
import { TaskTable } from './task-table.tsx';
import css from './workbench.module.css';

const words = text.workbench;
export type Workbench = z.infer<typeof workbench>;
type CountName = keyof Workbench['counts'];

const CAP = 1000;
/** Every number is the link to its list. */
const counts: readonly { name: CountName; to: string; tone?: 'late' | 'soon' }[] = [
  { name: 'overdue', to: '/tasks?due=overdue', tone: 'late' },
  { name: 'today', to: '/tasks?due=today', tone: 'soon' },
  { name: 'open', to: '/tasks' },
  { name: 'unclaimed', to: '/tasks' },
  { name: 'started', to: '/started' },
  { name: 'doneThisMonth', to: '/done' },
  { name: 'unread', to: '/copies?box=unread' },
  { name: 'incidents', to: '/incidents' },
];

/** 工作台: what is late first, then by due date; what I started; what comes next week; incidents in plain words. */
export default function WorkbenchPage() {
  const me = useMe();
  const page = useRoute(routes.workbench, {}, { every: useLookAgain() });
  if (isWorkerOnly(me)) return <Navigate to="/tasks" replace />;
  if (page.isPending) return <Waiting rows={12} />;
  if (!page.data) return <Failed error={page.error} retry={() => void page.refetch()} />;
  return isAdministrator(me) ? <AdministratorBench bench={page.data} /> : <Bench bench={page.data} />;
}

const countText = (value: number, capped: boolean) => (capped && value >= CAP ? text.common.capped(CAP) : String(value));

function Bench({ bench }: { bench: Workbench }) {
  const { counts: numbers, capped, tasks, started, nextWeek, incidents } = bench;
  return (
    <>
      <div className={css.counts}>
        {counts.map(({ name, to, tone }) => (
          <Count key={name} name={name} to={to} tone={numbers[name] > 0 ? tone : undefined} value={countText(numbers[name], capped)} />
        ))}
      </div>
      <div className={css.columns}>
        <div className={css.stack}>
          <Card
            title={words.myTasks}
            note={words.myTasksNote(countText(numbers.open, capped))}
            extra={<Link to="/tasks">{words.openTasks}</Link>}
            flush
          >
            {tasks.length === 0 ? <Empty>{words.noTasks}</Empty> : <TaskTable tasks={tasks} />}
          </Card>
          <Card
            title={words.started}
            note={words.startedNote(countText(numbers.started, capped))}
            extra={<Link to="/started">{words.all}</Link>}
            flush
          >
            {started.length === 0 ? <Empty>{words.noStarted}</Empty> : <CaseTable label={words.started} cases={started} short />}
          </Card>
        </div>
        <div className={css.stack}>
          <IncidentList incidents={incidents} count={numbers.incidents} />
          <NextWeek items={nextWeek} />
        </div>
      </div>
    </>
  );
}

/** Administrators have no tasks and see no case: only what has to be looked at. */
function AdministratorBench({ bench }: { bench: Workbench }) {
  return <IncidentList incidents={bench.incidents} count={bench.counts.incidents} />;
}

function Count({ name, to, tone, value }: { name: CountName; to: string; tone?: 'late' | 'soon'; value: string }) {
  return (
    <Link to={to} className={[css.count, tone && css[tone]].filter(Boolean).join(' ')}>
      <span>
        {words.counts[name]}
        {tone === 'late' && <ExclamationCircleFilled aria-hidden />}
        {tone === 'soon' && <FieldTimeOutlined aria-hidden />}
      </span>
      <b>{value}</b>
      <small>{words.countHelp[name]}</small>
    </Link>
  );
}
