import { Link, useSearchParams } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { CaseTable } from '../../shared/cases/case-table.tsx';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Empty, Failed, Waiting } from '../../shared/ui/states.tsx';

const words = text.find;
const SHOWN = 20;

/** What the header's search finds: cases and people within one's own units. */
export default function FindPage() {
  const q = useSearchParams()[0].get('q')?.trim() ?? '';
  const asked = { query: { q, limit: SHOWN } };
  const cases = useRoute(routes.cases, { query: { ...asked.query, box: 'units' } }, { enabled: q !== '' });
  const people = useRoute(routes.people, asked, { enabled: q !== '' });
  if (q === '') return <Empty>{words.ask}</Empty>;
  if (cases.isPending || people.isPending) return <Waiting />;
  const failed = cases.error ?? people.error;
  if (failed) return <Failed error={failed} />;
  const [foundCases, foundPeople] = [cases.data?.items ?? [], people.data?.items ?? []];
  if (foundCases.length + foundPeople.length === 0) return <Empty>{words.nothing}</Empty>;
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      <p role="status">{words.results(q)}</p>
      {foundCases.length > 0 && (
        <Card title={words.cases} flush>
          <CaseTable label={words.cases} cases={foundCases} />
        </Card>
      )}
      {foundPeople.length > 0 && (
        <Card title={words.people} flush>
          <DataTable
            label={words.people}
            rows={foundPeople}
            rowKey={({ id }) => id}
            columns={[
              { key: 'name', title: text.roster.columns.name, cell: ({ id, name }) => <Link to={`/people/${id}`}>{name}</Link> },
              { key: 'no', title: text.roster.columns.staffNo, cell: ({ staffNo }) => staffNo },
              {
                key: 'unit',
                title: text.roster.columns.unit,
                cell: ({ county, street, community }) => [county, street, community].filter(Boolean).join(text.common.dot),
              },
            ]}
          />
        </Card>
      )}
    </div>
  );
}
