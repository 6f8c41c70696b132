import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import { DateInput } from '../../shared/form/date-input.tsx';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import css from './audit.module.css';

const words = text.audit.filters;

export interface LedgerQuery {
  q?: string;
  from?: string;
  to?: string;
  accepted?: 'false';
  caseId?: string;
  personId?: string;
}

/** The filters as the address holds them. */
export function queryOf(search: URLSearchParams): LedgerQuery {
  const query: LedgerQuery = {};
  for (const name of ['q', 'from', 'to', 'caseId', 'personId'] as const) {
    const value = search.get(name);
    if (value) query[name] = value;
  }
  if (search.get('accepted') === 'false') query.accepted = 'false';
  return query;
}

export function LedgerFilters({ search, onSearch }: { search: URLSearchParams; onSearch: (search: URLSearchParams) => void }) {
  const [values, setValues] = useState<LedgerQuery>(() => queryOf(search));
  const set = (part: Partial<LedgerQuery>) => setValues((before) => ({ ...before, ...part }));
  const submit = (next: LedgerQuery) => {
    const filled = Object.entries(next).filter((pair): pair is [string, string] => Boolean(pair[1]));
    onSearch(new URLSearchParams(filled));
  };
  return (
    <Card>
      <form
        className={css.filters}
        role="search"
        aria-label={words.label}
        onSubmit={(event) => {
          event.preventDefault();
          submit(values);
        }}
      >
        <Input
          allowClear
          aria-label={words.q}
          placeholder={words.q}
          value={values.q ?? ''}
          onChange={({ target }) => set({ q: target.value })}
          style={{ width: 200 }}
          maxLength={40}
        />
        <label htmlFor="ledger-from">{words.from}</label>
        <DateInput id="ledger-from" value={values.from} onChange={(from) => set({ from })} />
        <label htmlFor="ledger-to">{words.to}</label>
        <DateInput id="ledger-to" value={values.to} onChange={(to) => set({ to })} />
        <Segmented
          value={values.accepted ?? ''}
          options={[
            { value: '', label: words.all },
            { value: 'false', label: words.refused },
          ]}
          onChange={(value) => {
            const next = { ...values, accepted: value === 'false' ? ('false' as const) : undefined };
            setValues(next);
            submit(next);
          }}
        />
        <Button type="primary" htmlType="submit">
          {words.search}
        </Button>
      </form>
    </Card>
  );
}
