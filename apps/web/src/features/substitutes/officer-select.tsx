import { Select } from 'antd';
import { useEffect, useState } from 'react';
import type { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { text } from '../../shared/text/zh-CN.ts';

const WAIT_MS = 250;
export type Officer = Reply<typeof routes.substituteChoices>['items'][number];

interface Props {
  value: Officer | null;
  onChange: (officer: Officer | null) => void;
  found: { items: Officer[]; isFetching: boolean };
  onSearch: (q: string) => void;
  fault?: string;
  id: string;
}

/** Somebody in office, found on the server by a part of their name. */
export function OfficerSelect({ value, onChange, found, onSearch, fault, ...rest }: Props) {
  const [typed, setTyped] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => onSearch(typed.trim()), WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed, onSearch]);
  const shown = value && !found.items.some(({ accountId }) => accountId === value.accountId) ? [value, ...found.items] : found.items;
  return (
    <Select
      {...rest}
      showSearch
      allowClear
      filterOption={false}
      onSearch={setTyped}
      placeholder={text.form.choosePerson}
      notFoundContent={found.isFetching ? text.common.loading : text.substitutes.form.nobody}
      loading={found.isFetching}
      value={value?.accountId}
      onChange={(id?: string) => onChange(shown.find(({ accountId }) => accountId === id) ?? null)}
      status={fault ? 'error' : undefined}
      options={shown.map(({ accountId, name, posts }) => ({ value: accountId, label: posts ? `${name}（${posts}）` : name }))}
      style={{ width: '100%' }}
    />
  );
}
