import { Segmented } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useLookAgain, useList } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { ListState, MoreRow } from '../../shared/ui/states.tsx';
import { CaseTable } from '../../shared/cases/case-table.tsx';

const words = text.desk.started;
const tabs = ['running', 'ended', 'all'] as const;

/** 我发起 */
export default function StartedPage() {
  const [search, setSearch] = useSearchParams();
  const tab = tabs.find((one) => one === search.get('status')) ?? 'running';
  const list = useList(
    routes.cases,
    { query: { box: 'started', limit: 50, ...(tab !== 'all' && { status: tab }) } },
    { every: useLookAgain() },
  );
  return (
    <Card
      title={words.label}
      extra={
        <Segmented
          value={tab}
          onChange={(status) => setSearch({ status }, { replace: true })}
          options={tabs.map((value) => ({ value, label: words.tabs[value] }))}
        />
      }
      flush
    >
      <ListState
        query={list}
        empty={list.items.length === 0}
        emptyText={
          <>
            {tab === 'all' ? words.empty : text.common.nothingFits} <Link to="/start">{words.emptyAction}</Link>
          </>
        }
      >
        <CaseTable label={words.label} cases={list.items} />
        <MoreRow list={list} count={list.items.length} />
      </ListState>
    </Card>
  );
}
