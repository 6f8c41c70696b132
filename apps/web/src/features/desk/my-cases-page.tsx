import { Link } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useLookAgain, useList } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DueLabel } from '../../shared/ui/due-label.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { ListState, MoreRow } from '../../shared/ui/states.tsx';
import { StatusTag } from '../../shared/ui/status-tag.tsx';
import css from './desk.module.css';
import { caseTag } from '../../shared/cases/cases.ts';

const words = text.desk.myCases;

/** A worker's own cases, as cards for a phone. */
export default function MyCasesPage() {
  const list = useList(routes.cases, { query: { box: 'mine', limit: 20 } }, { every: useLookAgain() });
  return (
    <Card title={words.label} flush>
      <ListState query={list} empty={list.items.length === 0} emptyText={words.empty}>
        <ul>
          {list.items.map((one) => (
            <li key={one.id}>
              <Link className={css.line} to={`/cases/${one.id}`}>
                <span className={css.lineTop}>
                  <b>{one.processTitle}</b>
                  <Muted small>{one.caseNo}</Muted>
                  <span className={css.tags}>
                    <StatusTag kind={caseTag(one)} />
                  </span>
                </span>
                <span className={css.lineEnd}>
                  <span>{one.at ?? one.outcomeTitle}</span>
                  {one.status === 'ended' ? null : <DueLabel due={one.due} />}
                </span>
              </Link>
            </li>
          ))}
        </ul>
        <MoreRow list={list} count={list.items.length} />
      </ListState>
    </Card>
  );
}
