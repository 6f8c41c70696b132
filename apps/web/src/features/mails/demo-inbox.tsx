import { Checkbox } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useList } from '../../shared/api/hooks.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Empty, ListState, MoreRow, Notice } from '../../shared/ui/states.tsx';
import { Mark } from '../../shared/ui/status-tag.tsx';
import css from './mails.module.css';

const words = text.mails;
const OFTEN_MS = 5_000;
type Received = Reply<typeof routes.demoInbox>['items'][number];

/** The mails that the built-in mail server of the demonstration has really received. */
export function DemoInbox() {
  const [all, setAll] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useList(routes.demoInbox, { query: { all: all ? 'true' : 'false', limit: 50 } }, { every: OFTEN_MS });
  const mail = list.items.find((one) => keyOf(one) === chosen);
  return (
    <>
      <Notice tone="info">{words.inboxHelp}</Notice>
      <div className={css.split}>
        <Card
          title={words.tabs.inbox}
          extra={
            <Checkbox checked={all} onChange={({ target }) => setAll(target.checked)}>
              {words.inboxAll}
            </Checkbox>
          }
          flush
        >
          <ListState query={list} empty={list.items.length === 0} emptyText={words.emptyInbox}>
            <ul aria-label={words.inboxLabel}>
              {list.items.map((one) => (
                <li key={keyOf(one)}>
                  <button
                    type="button"
                    className={css.line}
                    aria-current={keyOf(one) === chosen ? true : undefined}
                    onClick={() => setChosen(keyOf(one))}
                  >
                    <b>{one.subject}</b>
                    <span>
                      {one.recipient}
                      <time dateTime={one.receivedAt}>{pastText(one.receivedAt, serverNow())}</time>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
            <MoreRow list={list} count={list.items.length} />
          </ListState>
        </Card>
        <Card title={mail?.subject ?? words.tabs.inbox}>{mail ? <MailBody mail={mail} /> : <Empty>{words.pick}</Empty>}</Card>
      </div>
    </>
  );
}

const keyOf = ({ messageId, recipient }: Received) => `${messageId} ${recipient}`;

function MailBody({ mail }: { mail: Received }) {
  return (
    <>
      <p>
        {mail.recipient} <Muted>{words.received(pastText(mail.receivedAt, serverNow()))}</Muted>{' '}
        {mail.copies > 1 && <Mark tone="red">{words.copies(mail.copies)}</Mark>}
      </p>
      <p className={css.body}>{mail.text}</p>
    </>
  );
}
