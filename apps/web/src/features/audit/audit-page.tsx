import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useList } from '../../shared/api/hooks.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { ListState, MoreRow } from '../../shared/ui/states.tsx';
import css from './audit.module.css';
import { EntryDetail } from './entry-detail.tsx';
import { LedgerFilters, queryOf } from './ledger-filters.tsx';
import { LedgerTable } from './ledger-table.tsx';
import { VerifyBar } from './verify-bar.tsx';

const words = text.audit;
export type LedgerLine = Reply<typeof routes.ledger>['items'][number];

/** 审计: is it intact, in words, first; then the entries, refused acts among them; the proof of one last. */
export default function AuditPage() {
  const [search, setSearch] = useSearchParams();
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useList(routes.ledger, { query: { ...queryOf(search), limit: 50 } });
  const index = list.items.findIndex(({ id }) => id === chosen);
  const entry = list.items[index];
  const step = (by: number) => {
    const next = list.items[index + by];
    if (next) setChosen(next.id);
  };
  useKeys({ j: () => step(1), k: () => step(-1) });
  return (
    <div className={css.page}>
      <VerifyBar onAsk={setChosen} />
      <LedgerFilters search={search} onSearch={setSearch} />
      <div className={css.columns}>
        <Card title={words.label} note={words.note} flush>
          <ListState query={list} empty={list.items.length === 0} emptyText={words.empty} rows={12}>
            <LedgerTable entries={list.items} chosen={chosen} onChoose={setChosen} />
            <MoreRow list={list} count={list.items.length} />
          </ListState>
        </Card>
        <EntryDetail key={entry?.id} entry={entry} onStep={step} />
      </div>
    </div>
  );
}
