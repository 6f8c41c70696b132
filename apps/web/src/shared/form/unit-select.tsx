import { Select } from 'antd';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useRoute } from '../api/hooks.ts';
import { useMe } from '../session/me.ts';

interface Props {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  onBlur?: () => void;
  fault?: boolean;
  /** Where no visible label names it. */
  label?: string;
  id?: string;
  'aria-describedby'?: string;
  'aria-required'?: boolean;
  'aria-invalid'?: boolean;
}

/** One's own unit, or one right below it. */
export function UnitSelect({ fault, label, ...rest }: Props) {
  const own = useMe().posts[0];
  const below = useRoute(routes.units, { query: own ? { parent: own.unit.code } : {} });
  const options = [
    ...(own ? [{ value: own.unit.code, label: own.unit.name }] : []),
    ...(below.data?.items ?? []).map(({ code, name }) => ({ value: code, label: name })),
  ];
  return (
    <Select
      {...rest}
      aria-label={label}
      showSearch
      allowClear
      optionFilterProp="label"
      options={options}
      loading={below.isFetching}
      status={fault ? 'error' : undefined}
      style={{ width: '100%' }}
    />
  );
}
