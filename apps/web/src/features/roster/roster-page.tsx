import { Select } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useList, useRoute } from '../../shared/api/hooks.ts';
import { WordFilter } from '../../shared/form/word-filter.tsx';
import { holds, useMe } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { ListState, MoreRow } from '../../shared/ui/states.tsx';
import { StatusTag } from '../../shared/ui/status-tag.tsx';
import { personTags } from './person-tags.ts';

const words = text.roster;
const statuses = ['probation', 'formal', 'ended'] as const;
export type PersonLine = Reply<typeof routes.people>['items'][number];

/** 名册: the people of one's own units, by part of a name, unit and state. */
export default function RosterPage() {
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const status = statuses.find((one) => one === search.get('status'));
  const [unit, q] = [search.get('unit') ?? '', search.get('q') ?? ''];
  const list = useList(routes.people, { query: { limit: 50, ...(status && { status }), ...(unit && { unit }), ...(q && { q }) } });
  const set = (name: string, value: string | undefined) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  const filtered = Boolean(status ?? (unit || q));
  const mayImport = holds(me, 'COUNTY_ORG', 'COUNTY_HR', 'CITY_ORG');
  const empty = filtered ? text.common.nothingFits : mayImport ? words.empty : words.emptyNoImport;
  return (
    <Card
      title={words.label}
      extra={
        <div role="search" aria-label={words.filters.label} style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
          <WordFilter label={words.filters.q} value={q} onChange={(value) => set('q', value)} />
          <UnitSelect unitCode={me.posts[0]?.unit.code} value={unit} onChange={(value) => set('unit', value)} />
          <Select
            aria-label={words.filters.status}
            value={status ?? ''}
            onChange={(value) => set('status', value)}
            style={{ width: 112 }}
            options={[{ value: '', label: words.filters.allStatus }, ...statuses.map((value) => ({ value, label: words.statuses[value] }))]}
          />
        </div>
      }
      flush
    >
      <ListState
        query={list}
        empty={list.items.length === 0}
        emptyText={
          <>
            {empty} {!filtered && mayImport && <Link to="/import">{words.toImport}</Link>}
          </>
        }
      >
        <PeopleTable people={list.items} />
        <MoreRow list={list} count={list.items.length} />
      </ListState>
    </Card>
  );
}

/** The units one level below one's own. */
function UnitSelect({ unitCode, value, onChange }: { unitCode: string | undefined; value: string; onChange: (code: string) => void }) {
  const units = useRoute(routes.units, { query: { parent: unitCode } }, { enabled: unitCode !== undefined });
  const options = units.data?.items.map(({ code, name }) => ({ value: code, label: name })) ?? [];
  if (options.length === 0) return null;
  return (
    <Select
      aria-label={words.filters.unit}
      showSearch
      optionFilterProp="label"
      value={value}
      onChange={onChange}
      options={[{ value: '', label: words.filters.allUnits }, ...options]}
      style={{ width: 160 }}
    />
  );
}

function PeopleTable({ people }: { people: readonly PersonLine[] }) {
  const { columns } = words;
  return (
    <DataTable
      label={words.label}
      rows={people}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', title: columns.name, cell: ({ id, name }) => <Link to={`/people/${id}`}>{name}</Link>, tight: true },
        { key: 'staffNo', title: columns.staffNo, cell: ({ staffNo }) => staffNo, tight: true },
        { key: 'sex', title: columns.sex, cell: ({ sex }) => sex },
        { key: 'age', title: columns.age, cell: ({ age }) => words.years(age), right: true },
        { key: 'education', title: columns.education, cell: ({ education }) => education },
        {
          key: 'unit',
          title: columns.unit,
          cell: ({ county, street, community }) => [county, street, community].filter(Boolean).join(text.common.dot),
        },
        { key: 'post', title: columns.post, cell: ({ postTitle }) => postTitle },
        { key: 'grade', title: columns.grade, cell: ({ gradeLabel }) => gradeLabel, tight: true },
        { key: 'joined', title: columns.joined, cell: ({ joinedOn }) => joinedOn, tight: true },
        { key: 'ends', title: columns.probationEnds, cell: ({ probationEndsOn }) => probationEndsOn, tight: true },
        { key: 'status', title: columns.status, cell: ({ status }) => <StatusTag kind={personTags[status]} />, tight: true },
      ]}
    />
  );
}
