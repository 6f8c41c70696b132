import { useSearchParams } from 'react-router';

const dues = ['overdue', 'today', 'week'] as const;
type DueFilter = (typeof dues)[number];

export interface TaskQuery {
  due?: DueFilter;
  process?: string;
  unit?: string;
  q?: string;
}

/** The list's filters live in the address: a link keeps them, and going back brings them back. */
export function useTaskFilters() {
  const [search, setSearch] = useSearchParams();
  const due = dues.find((one) => one === search.get('due'));
  const get = (name: string) => search.get(name) || undefined;
  const query: TaskQuery = {
    ...(due && { due }),
    ...(get('process') && { process: get('process') }),
    ...(get('unit') && { unit: get('unit') }),
    ...(get('q') && { q: get('q') }),
  };
  const set = (name: keyof TaskQuery, value: string | undefined) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  return { query, set, active: Object.keys(query).length > 0, clear: () => setSearch({}, { replace: true }) };
}

export type TaskFilters = ReturnType<typeof useTaskFilters>;
