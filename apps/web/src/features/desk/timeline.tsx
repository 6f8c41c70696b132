import { CheckCircleOutlined, InfoCircleOutlined, RollbackOutlined, SettingOutlined, StopOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { serverNow } from '../../shared/time/clock.ts';
import { pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Changes } from '../../shared/ui/change.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import css from './case.module.css';
import desk from './desk.module.css';
import type { CaseView } from '../../shared/cases/cases.ts';

const words = text.oneCase;
const icons = {
  done: CheckCircleOutlined,
  returned: RollbackOutlined,
  refused: StopOutlined,
  system: SettingOutlined,
  info: InfoCircleOutlined,
};

type Entry = CaseView['timeline'][number];
const newestFirst = (a: Entry, b: Entry) => Date.parse(b.at) - Date.parse(a.at);

/** What happened, in plain words: who, with which post, acting for whom, what they decided and said, and what it changed. */
export function Timeline({ one }: { one: CaseView }) {
  const [opinions, setOpinions] = useState(false);
  const entries = [...one.timeline].sort(newestFirst).filter(({ words: said, tone }) => !opinions || said !== null || tone === 'returned');
  return (
    <Card
      title={words.timeline}
      extra={
        <>
          <button type="button" className={desk.linkButton} aria-pressed={opinions} onClick={() => setOpinions(!opinions)}>
            {opinions ? words.allEntries(one.timeline.length) : words.opinionsOnly}
          </button>
        </>
      }
      flush
    >
      {entries.length === 0 ? (
        <Empty>{words.timelineEmpty}</Empty>
      ) : (
        <ol className={css.timeline}>
          {entries.map((entry) => (
            <TimelineEntry key={`${entry.at}${entry.verb}${entry.who}${entry.title}`} entry={entry} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function TimelineEntry({ entry }: { entry: Entry }) {
  const { tone, title, round, who, posts, actingFor, at, words: said, refusal, changes } = entry;
  const Icon = icons[tone];
  return (
    <li className={css.entry}>
      <Icon className={css[`tone-${tone}`]} aria-hidden />
      <div>
        <div className={css.entryTop}>
          <b>{title}</b>
          {round !== null && round > 1 && <Muted small>{words.roundShort(round)}</Muted>}
        </div>
        <div className={css.entryWho}>
          <span>
            {who} <Muted>{[posts, actingFor && words.actingFor(actingFor)].filter(Boolean).join(text.common.dot)}</Muted>
          </span>
          <time dateTime={at}>{pastText(at, serverNow())}</time>
        </div>
        {said && <p className={css.entryWords}>{tone === 'system' ? said : words.quoted(said)}</p>}
        {refusal && <p className={css.refusedWords}>{words.refusedEntry(refusal)}</p>}
        <Changes changes={changes} />
      </div>
    </li>
  );
}
