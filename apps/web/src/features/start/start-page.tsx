import { CheckOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { catalogue } from '../../../../../workflows/catalogue.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Empty, ListState } from '../../shared/ui/states.tsx';
import css from './start.module.css';
import { StartForm } from './start-form.tsx';

const words = text.start;
type Process = Reply<typeof routes.processes>['items'][number];

/** 发起: choose, fill in, look — from left to right on one page, so that a change of the form changes the calendar at once. */
export default function StartPage() {
  const processes = useRoute(routes.processes, {});
  const [search, setSearch] = useSearchParams();
  const items = processes.data?.items ?? [];
  const startable = items.filter(({ mayStart }) => mayStart);
  const name = search.get('process') ?? (startable.length === 1 ? startable[0]?.name : undefined);
  const contract = name ? catalogue[name] : undefined;
  const personId = search.get('person') ?? undefined;
  const choose = (process: string) => setSearch({ process, ...(personId && { person: personId }) }, { replace: true });
  return (
    <div className={css.columns}>
      <Card title={words.choose} className={css.gallery} flush>
        <ListState query={processes} empty={items.length === 0} emptyText={words.nothingToStart}>
          <Gallery processes={items} chosen={contract?.name} onChoose={choose} />
        </ListState>
      </Card>
      {contract ? (
        <StartForm key={`${contract.name} ${personId}`} contract={contract} personId={personId} />
      ) : (
        <Card title={words.fill('')}>
          <Empty>{words.fillFirst}</Empty>
        </Card>
      )}
    </div>
  );
}

function Gallery({ processes, chosen, onChoose }: { processes: readonly Process[]; chosen?: string; onChoose: (name: string) => void }) {
  const [filter, setFilter] = useState('');
  const shown = processes.filter(({ title, summary }) => `${title}${summary}`.includes(filter.trim()));
  return (
    <>
      {processes.length > 5 && (
        <div className={css.padded}>
          <Input
            allowClear
            value={filter}
            onChange={({ target }) => setFilter(target.value)}
            placeholder={words.filter}
            aria-label={words.filter}
          />
        </div>
      )}
      <ul>
        {shown.map(({ name, title, summary, takes, laws, mayStart, inStead, why }) => (
          <li key={name}>
            <button
              type="button"
              className={css.process}
              aria-pressed={chosen === name}
              disabled={!mayStart}
              onClick={() => onChoose(name)}
            >
              <span className={css.processTop}>
                <b>{title}</b>
                {chosen === name && (
                  <span>
                    <CheckOutlined aria-hidden /> {words.chosen}
                  </span>
                )}
              </span>
              <span>{summary}</span>
              <span>{[takes, ...laws.map((law) => words.law(law.title, law.articles))].join(text.common.dot)}</span>
              {!mayStart && why && <span>{why}</span>}
              {inStead && <span>{text.substitutes.startsFor(inStead)}</span>}
            </button>
          </li>
        ))}
      </ul>
      {processes.some(({ name, mayStart, inStead }) => name === 'probation' && mayStart && !inStead) && (
        <p className={css.padded}>
          <Link to="/start/probation-list">{words.manyLink}</Link>
        </p>
      )}
    </>
  );
}
