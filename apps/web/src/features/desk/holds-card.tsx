import { serverNow } from '../../shared/time/clock.ts';
import { pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { StatusTag } from '../../shared/ui/status-tag.tsx';
import css from './case.module.css';
import type { CaseView } from '../../shared/cases/cases.ts';

const words = text.caseActs;

/** When the case was held, by whom, and on what paper. */
export function HoldsCard({ one }: { one: CaseView }) {
  if (one.holds.length === 0) return null;
  const now = serverNow();
  return (
    <Card title={words.holdsTitle}>
      <ul className={css.comments}>
        {one.holds.map(({ from, to, reason, documentNo, who }) => (
          <li key={from}>
            {!to && <StatusTag kind="held" />} {words.holdSpan(pastText(from, now), to && pastText(to, now))}
            <p>{words.holdWords(who, reason, documentNo)}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** To whom the case was given to read, and who has read it. */
export function ReadersCard({ one }: { one: CaseView }) {
  if (one.readers.length === 0) return null;
  const now = serverNow();
  return (
    <Card title={words.readersTitle(one.readers.length)}>
      <ul className={css.comments}>
        {one.readers.map(({ name, posts, who, at, readAt }) => (
          <li key={`${name} ${at}`}>
            <b>{name}</b> <Muted small>{posts}</Muted>
            <p>
              {readAt ? words.readAt(pastText(readAt, now)) : words.unread}
              {text.common.dot}
              <Muted small>{words.givenBy(who, pastText(at, now))}</Muted>
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
