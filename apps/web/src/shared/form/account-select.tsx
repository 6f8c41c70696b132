import { Select } from 'antd';
import { text } from '../text/zh-CN.ts';

/** Somebody with an account, as the server finds them by a part of their name. */
export interface Account {
  accountId: string;
  name: string;
  posts: string | null;
}

interface Common {
  /** Those who are found for what was typed; the server names only who may be chosen. */
  found: { data?: { items: readonly Account[] } | undefined; isFetching: boolean };
  onSearch: (typed: string) => void;
  /** What to say when nobody is found. */
  nobody: string;
  fault?: string | undefined;
  id: string;
}
type One = Common & { value: Account | null; onChange: (account: Account | null) => void };
type Many = Common & { most: number; value: readonly Account[]; onChange: (accounts: Account[]) => void };

/** One person, or up to `most`, out of those whom the server finds; whoever is chosen stays shown while others are looked for. */
export function AccountSelect(props: One | Many) {
  const { found, onSearch, nobody, fault, value, onChange: _, ...rest } = props;
  const items = found.data?.items ?? [];
  const chosen = Array.isArray(value) ? (value as readonly Account[]) : value ? [value as Account] : [];
  const shown = [...chosen.filter(({ accountId }) => !items.some((item) => item.accountId === accountId)), ...items];
  const common = {
    ...rest,
    showSearch: true,
    allowClear: true,
    filterOption: false as const,
    onSearch,
    placeholder: text.form.choosePerson,
    notFoundContent: found.isFetching ? text.common.loading : nobody,
    loading: found.isFetching,
    status: fault ? ('error' as const) : undefined,
    options: shown.map(({ accountId, name, posts }) => ({ value: accountId, label: posts ? `${name}（${posts}）` : name })),
    style: { width: '100%' },
  };
  const pick = (ids: readonly string[]) => ids.flatMap((id) => shown.find(({ accountId }) => accountId === id) ?? []);
  if ('most' in props) {
    const { most, ...field } = { ...common, most: props.most };
    return (
      <Select
        {...field}
        mode="multiple"
        maxCount={most}
        value={chosen.map(({ accountId }) => accountId)}
        onChange={(ids: string[]) => props.onChange(pick(ids))}
      />
    );
  }
  return (
    <Select {...common} value={chosen[0]?.accountId} onChange={(id?: string) => props.onChange(id ? (pick([id])[0] ?? null) : null)} />
  );
}
