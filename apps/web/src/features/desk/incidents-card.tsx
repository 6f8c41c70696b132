import { serverNow } from '../../shared/time/clock.ts';
import { pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { StatusTag } from '../../shared/ui/status-tag.tsx';
import css from './case.module.css';
import type { CaseView } from '../../shared/cases/cases.ts';

export function IncidentsCard({ one }: { one: CaseView }) {
  if (one.incidents.length === 0) return null;
  return (
    <Card title={text.oneCase.incidents}>
      <ul className={css.comments}>
        {one.incidents.map(({ id, title, openedAt, resolvedAt }) => (
          <li key={id}>
            <StatusTag kind={resolvedAt ? 'done' : 'incident'}>{resolvedAt ? text.oneCase.incidentResolved : undefined}</StatusTag>
            <p>{title}</p>
            <Muted small>{pastText(openedAt, serverNow())}</Muted>
          </li>
        ))}
      </ul>
    </Card>
  );
}
