import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import type { TaskLine } from '../../shared/cases/cases.ts';
import { text } from '../../shared/text/zh-CN.ts';
import type { BulkResult } from './bulk-panel.tsx';
import css from './desk.module.css';

const words = text.desk.bulk;
/** As many as the server takes at once. */
const MOST = 200;

/** Choosing many tasks of one stage: the first that is chosen says which. */
export function useBulk(items: readonly TaskLine[]) {
  const [on, setOn] = useState(false);
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [result, setResult] = useState<BulkResult | null>(null);
  const chosen = items.filter(({ id }) => ids.has(id));
  const kindOf = ({ process, stage }: TaskLine) => `${process}/${stage}`;
  const kind = chosen[0] && kindOf(chosen[0]);
  const fits = (task: TaskLine) => task.part === 'main' && (kind === undefined || kindOf(task) === kind);
  return {
    on,
    chosen,
    kind: kind ?? '',
    result,
    fits,
    /** It is worth while with two tasks of a kind. */
    offered: new Set(items.map(kindOf)).size < items.length,
    has: (id: string) => ids.has(id),
    toggle: (id: string) => setIds(new Set(ids.has(id) ? [...ids].filter((one) => one !== id) : [...ids, id].slice(0, MOST))),
    all: () => {
      const of = kind ?? (items[0] && kindOf(items[0]));
      setIds(
        new Set(
          items
            .filter((task) => task.part === 'main' && kindOf(task) === of)
            .slice(0, MOST)
            .map(({ id }) => id),
        ),
      );
    },
    /** Those refused stay chosen. */
    took: (now: BulkResult) => {
      setResult(now);
      setIds(new Set(now.refused.map(({ taskId }) => taskId)));
    },
    switch: () => {
      setOn(!on);
      setIds(new Set());
      setResult(null);
    },
  };
}
type Bulk = ReturnType<typeof useBulk>;

/** The box before a line of the list, while many are chosen. */
export function BulkChoice({ bulk, task }: { bulk: Bulk; task: TaskLine }) {
  if (!bulk.on) return null;
  return (
    <Checkbox
      aria-label={[task.title, task.stageTitle].join(text.common.dot)}
      checked={bulk.has(task.id)}
      disabled={!bulk.fits(task)}
      onChange={() => bulk.toggle(task.id)}
    />
  );
}

/** Goes over to choosing many and back. */
export function BulkSwitch({ bulk }: { bulk: Bulk }) {
  if (!bulk.offered) return null;
  return (
    <p className={css.hints}>
      <Button size="small" onClick={bulk.switch}>
        {bulk.on ? words.close : words.open}
      </Button>
      {bulk.on && (
        <Button size="small" onClick={bulk.all}>
          {words.all}
        </Button>
      )}
    </p>
  );
}
