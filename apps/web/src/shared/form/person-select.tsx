import { Select } from 'antd';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useRoute } from '../api/hooks.ts';
import { text } from '../text/zh-CN.ts';
import { useSearch } from './use-search.ts';

export interface Choice {
  value: string;
  label: string;
}

interface Props {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  onBlur?: () => void;
  fault?: boolean;
  /** The people who can be chosen, where the server has named them; otherwise the roster is searched. */
  choices?: readonly Choice[];
  /** Only people in this state are found. */
  source?: string;
  id?: string;
  'aria-describedby'?: string;
  'aria-required'?: boolean;
  'aria-invalid'?: boolean;
}

const statuses = ['probation', 'formal', 'ended'] as const;

export function PersonSelect({ choices, ...props }: Props) {
  return choices ? <NamedPeople choices={choices} {...props} /> : <RosterPeople {...props} />;
}

function NamedPeople({ choices, fault, source: _source, ...rest }: Props & { choices: readonly Choice[] }) {
  return <Select {...rest} {...common} status={fault ? 'error' : undefined} options={[...choices]} optionFilterProp="label" />;
}

const common = {
  showSearch: true,
  allowClear: true,
  placeholder: text.form.choosePerson,
  notFoundContent: text.form.noPerson,
  style: { width: '100%' },
};

/** Looks people up in the roster as far as the reader may see it. */
function RosterPeople({ value, fault, source, ...rest }: Props) {
  const { q, onSearch } = useSearch();
  const status = statuses.find((one) => one === source);
  const found = useRoute(routes.people, { query: { limit: 20, ...(q && { q }), ...(status && { status }) } }, { keep: true });
  const options = (found.data?.items ?? []).map((person) => ({ value: person.id, label: personLabel(person) }));
  if (value && !options.some((option) => option.value === value)) options.push({ value, label: labelKept(value) });
  return (
    <Select
      {...rest}
      {...common}
      value={value}
      onChange={(id: string | undefined) => {
        const label = options.find((option) => option.value === id)?.label;
        if (id && label) keepLabel(id, label);
        rest.onChange(id);
      }}
      status={fault ? 'error' : undefined}
      options={options}
      filterOption={false}
      onSearch={onSearch}
      loading={found.isFetching}
    />
  );
}

export const personLabel = ({ name, staffNo, street, community }: { name: string; staffNo: string; street: string; community: string }) =>
  [name, staffNo, street, community].filter(Boolean).join(text.common.dot);

// The label of a person already chosen (a draft, a link from their page) is kept for the tab's life: opening the file to
// learn a name would be a recorded look at it.
const kept = (id: string) => `miaopu.person.${id}`;
export const keepLabel = (id: string, label: string) => sessionStorage.setItem(kept(id), label);
export const labelKept = (id: string) => sessionStorage.getItem(kept(id)) ?? text.form.chosenPerson;
