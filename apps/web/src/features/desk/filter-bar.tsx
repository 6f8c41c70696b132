import { Segmented, Select } from 'antd';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { catalogue } from '../../../../../workflows/catalogue.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { WordFilter } from '../../shared/form/word-filter.tsx';
import { isWorkerOnly, useMe } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import css from './desk.module.css';
import type { TaskFilters } from './task-filters.ts';

const words = text.desk;
const tabs = ['all', 'overdue', 'today', 'week'] as const;
const processes = Object.values(catalogue).map(({ name, title }) => ({ value: name, label: title }));

/** By due date, process, unit and words. */
export function FilterBar({ filters, box }: { filters: TaskFilters; box: 'open' | 'done' }) {
  const me = useMe();
  if (isWorkerOnly(me)) return null;
  return (
    <div className={css.filters} role="search" aria-label={words.filters.label}>
      {box === 'open' && (
        <Segmented
          value={filters.query.due ?? 'all'}
          onChange={(due) => filters.set('due', due === 'all' ? undefined : due)}
          options={tabs.map((value) => ({ value, label: words.tabs[value] }))}
        />
      )}
      <div className={css.end}>
        <WordFilter label={words.filters.q} value={filters.query.q ?? ''} onChange={(q) => filters.set('q', q)} />
        <Select
          aria-label={words.filters.process}
          value={filters.query.process ?? ''}
          onChange={(process) => filters.set('process', process)}
          options={[{ value: '', label: words.filters.allProcesses }, ...processes]}
          style={{ width: 140 }}
        />
        <UnitFilter filters={filters} unitCode={me.posts[0]?.unit.code} />
      </div>
    </div>
  );
}

function UnitFilter({ filters, unitCode }: { filters: TaskFilters; unitCode: string | undefined }) {
  const units = useRoute(routes.units, { query: { parent: unitCode } }, { enabled: unitCode !== undefined });
  const options = units.data?.items.map(({ code, name }) => ({ value: code, label: name })) ?? [];
  if (options.length === 0) return null;
  return (
    <Select
      aria-label={words.filters.unit}
      showSearch
      optionFilterProp="label"
      value={filters.query.unit ?? ''}
      onChange={(unit) => filters.set('unit', unit)}
      options={[{ value: '', label: words.filters.allUnits }, ...options]}
      style={{ width: 160 }}
    />
  );
}
