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
type View = 'main' | 'opinions' | 'all';

// The story's own steps: part of the record, but not what an officer looks for first.
const quiet = new Set(['stage.open', 'stage.remind', 'stage.recount', 'stage.settle']);
const shownIn: Record<View, (entry: Entry) => boolean> = {
  main: ({ verb }) => !quiet.has(verb),
  opinions: ({ tone, words: said }) => tone !== 'system' && (said !== null || tone === 'returned'),
  all: () => true,
};

/** What happened, in plain words, newest first: who, with which post, acting for whom, what they decided and said, and what it changed. */
export function Timeline({ one }: { one: CaseView }) {
  const [view, setView] = useState<View>('main');
  const entries = one.timeline.filter(shownIn[view]).reverse();
  const labels: Record<View, string> = {
    main: words.mainEntries,
    opinions: words.opinionsOnly,
    all: words.allEntries(one.timeline.length),
  };
  return (
    <Card
      title={words.timeline}
      extra={(['main', 'opinions', 'all'] as const).map((name) => (
        <button
          key={name}
          type="button"
          className={`${desk.linkButton} no-print`}
          aria-pressed={view === name}
          onClick={() => setView(name)}
        >
          {labels[name]}
        </button>
      ))}
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
  const { tone, title, who, posts, actingFor, at, words: said, refusal, changes } = entry;
  const Icon = icons[tone];
  return (
    <li className={css.entry}>
      <Icon className={css[`tone-${tone}`]} aria-hidden />
      <div>
        <b>{title}</b>
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
