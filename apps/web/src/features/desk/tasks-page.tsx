import { useEffect, type ReactNode } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useLookAgain, useList } from '../../shared/api/hooks.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Kbd } from '../../shared/ui/small.tsx';
import { ListState, MoreRow } from '../../shared/ui/states.tsx';
import { useNarrow } from '../../shared/ui/use-narrow.ts';
import { BulkPanel } from './bulk-panel.tsx';
import { BulkChoice, BulkSwitch, useBulk } from './bulk.tsx';
import css from './desk.module.css';
import { FilterBar } from './filter-bar.tsx';
import { StandInBanner } from './stand-in-banner.tsx';
import { TaskLineLink } from './task-line.tsx';
import { TaskPanel } from './task-panel.tsx';
import { useTaskFilters } from './task-filters.ts';

const words = text.desk;

/** 待办 and 已办: the list left, the chosen task right. On a phone one of the two. */
export default function TasksPage() {
  const { taskId } = useParams();
  const location = useLocation();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const box = location.pathname.startsWith('/done') ? 'done' : 'open';
  const base = box === 'done' ? '/done' : '/tasks';
  const filters = useTaskFilters();
  const list = useList(routes.tasks, { query: { ...filters.query, box, limit: 50 } }, { every: useLookAgain() });
  const index = list.items.findIndex(({ id }) => id === taskId);
  const go = (id: string | undefined, replace = false) =>
    void navigate({ pathname: id ? `${base}/${id}` : base, search: location.search }, { replace });
  const step = (by: number) => {
    const next = list.items[index + by];
    if (next) go(next.id);
    else if (by > 0 && list.hasNextPage) void list.fetchNextPage();
  };
  useKeys({ j: () => step(1), k: () => step(-1), o: () => list.items[index] && void navigate(`/cases/${list.items[index].caseId}`) });

  const first = list.items[0]?.id;
  useEffect(() => {
    if (!narrow && !taskId && first) go(first, true);
  });
  useEffect(() => {
    document.querySelector('[data-task][aria-current=true]')?.scrollIntoView({ block: 'nearest' });
  }, [taskId]);

  const bulk = useBulk(list.items);
  const following = list.items[index + 1] ?? list.items[index - 1];
  return (
    <div className={css.split} data-open={taskId !== undefined}>
      <FilterBar filters={filters} box={box} />
      <section className={css.list} aria-label={box === 'done' ? words.doneLabel : words.listLabel}>
        {box === 'open' && <StandInBanner />}
        <div className={css.listBody} tabIndex={-1}>
          <ListState
            query={list}
            empty={list.items.length === 0}
            emptyText={<NoTasks filtered={filters.active} clear={filters.clear} done={box === 'done'} />}
          >
            <ul>
              {list.items.map((task) => (
                <li key={task.id} className={bulk.on ? css.choosing : undefined}>
                  <BulkChoice bulk={bulk} task={task} />
                  <TaskLineLink task={task} to={{ pathname: `${base}/${task.id}`, search: location.search }} current={task.id === taskId} />
                </li>
              ))}
            </ul>
            <MoreRow list={list} count={list.items.length} />
          </ListState>
        </div>
        <Hints>{box === 'open' && <BulkSwitch bulk={bulk} />}</Hints>
      </section>
      {bulk.on ? (
        <BulkPanel key={bulk.kind} tasks={bulk.chosen} result={bulk.result} onDone={bulk.took} onClose={bulk.switch} />
      ) : taskId ? (
        <TaskPanel
          key={taskId}
          taskId={taskId}
          position={index >= 0 ? words.position(index + 1, list.items.length, list.hasNextPage) : null}
          following={box === 'open' && following ? [following.title, following.stageTitle].join(text.common.dot) : null}
          back={{ pathname: base, search: location.search }}
          onDone={() => go(narrow ? undefined : following?.id, true)}
        />
      ) : (
        <section className={css.panel}>
          <p className={css.pick}>{words.pick}</p>
        </section>
      )}
    </div>
  );
}

function NoTasks({ filtered, clear, done }: { filtered: boolean; clear: () => void; done: boolean }) {
  if (!filtered) return <>{done ? words.emptyDone : words.empty}</>;
  return (
    <>
      {text.common.nothingFits}{' '}
      <button type="button" className={css.linkButton} onClick={clear}>
        {text.common.clearFilter}
      </button>
    </>
  );
}

function Hints({ children }: { children: ReactNode }) {
  const { hints } = words;
  return (
    <>
      {children}
      <p className={css.hints}>
        <Kbd>j</Kbd>
        <Kbd>k</Kbd> {hints.move} <Kbd>a</Kbd> {hints.agree} <Kbd>r</Kbd> {hints.back} <Kbd>?</Kbd> {hints.all}
      </p>
    </>
  );
}
