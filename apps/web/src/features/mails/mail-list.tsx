import { App, Button, Select, Space } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { LOOK_AGAIN_MS, useAct, useList } from '../../shared/api/hooks.ts';
import type { Reply } from '../../shared/api/client.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { holds, useMe } from '../../shared/session/me.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { ListState, MoreRow } from '../../shared/ui/states.tsx';
import { StatusTag, type StatusKind } from '../../shared/ui/status-tag.tsx';
import { Attempts } from './attempts.tsx';

const words = text.mails;
type MailLine = Reply<typeof routes.mails>['items'][number];
type Status = MailLine['status'];

const kinds: Record<Status, StatusKind> = {
  waiting: 'waiting',
  sending: 'sending',
  sent: 'sent',
  failed: 'sendFailed',
  'no-address': 'noAddress',
  digest: 'inDigest',
};
const filters = ['waiting', 'sent', 'failed', 'no-address', 'digest'] as const;
type Filter = (typeof filters)[number];

export function MailList({ scope }: { scope: 'mine' | 'units' }) {
  const [status, setStatus] = useState<Filter | ''>('');
  const list = useList(routes.mails, { query: { scope, limit: 50, ...(status && { status }) } }, { every: LOOK_AGAIN_MS });
  const select = (
    <Select<Filter | ''>
      aria-label={words.statusFilter}
      value={status}
      onChange={setStatus}
      style={{ width: 132 }}
      options={[{ value: '', label: words.allStatus }, ...filters.map((value) => ({ value, label: text.status[labelNames[value]] }))]}
    />
  );
  return (
    <Card title={words.tabs[scope]} extra={select} flush>
      <ListState query={list} empty={list.items.length === 0} emptyText={status ? text.common.nothingFits : words.empty}>
        <MailTable mails={list.items} />
        <MoreRow list={list} count={list.items.length} />
      </ListState>
    </Card>
  );
}

const labelNames = { waiting: 'waiting', sent: 'sent', failed: 'sendFailed', 'no-address': 'noAddress', digest: 'inDigest' } as const;

function MailTable({ mails }: { mails: readonly MailLine[] }) {
  const now = serverNow();
  return (
    <DataTable
      label={words.label}
      rows={mails}
      rowKey={({ id }) => id}
      columns={[
        { key: 'at', title: words.columns.at, cell: ({ at }) => pastText(at, now), tight: true },
        {
          key: 'to',
          title: words.columns.to,
          cell: ({ to, address }) => (
            <>
              {to} <Muted small>{address}</Muted>
            </>
          ),
        },
        {
          key: 'subject',
          title: words.columns.subject,
          cell: ({ subject, caseId }) => (caseId ? <Link to={`/cases/${caseId}`}>{subject}</Link> : subject),
        },
        { key: 'event', title: words.columns.event, cell: ({ event }) => words.events[event] ?? event, tight: true },
        {
          key: 'status',
          title: words.columns.status,
          cell: (mail) => (
            <>
              <StatusTag kind={kinds[mail.status]} /> <Muted small>{whenText(mail, now)}</Muted>
            </>
          ),
        },
        { key: 'act', title: words.columns.act, cell: (mail) => <Acts mail={mail} />, tight: true },
      ]}
    />
  );
}

function whenText({ status, sentAt, notBefore, attempts, lastError }: MailLine, now: Date): string {
  if (sentAt) return words.sentAt(pastText(sentAt, now));
  if (status === 'digest') return words.nextDigest;
  if (lastError) return words.attempts(attempts, lastError);
  return status === 'waiting' && Date.parse(notBefore) > now.getTime() ? words.notBefore(pastText(notBefore, now)) : '';
}

/** What can be looked at and done about one mail. */
function Acts({ mail: { id, status, attempts } }: { mail: MailLine }) {
  return (
    <Space size={4}>
      {attempts > 0 && <Attempts id={id} count={attempts} />}
      {(status === 'failed' || status === 'no-address') && <Retry id={id} />}
    </Space>
  );
}

function Retry({ id }: { id: string }) {
  const me = useMe();
  const { message } = App.useApp();
  const retry = useAct(routes.retryMail, async (_, client) => {
    message.success(words.retried);
    await client.invalidateQueries({ queryKey: [routes.mails.id] });
  });
  if (!holds(me, 'COUNTY_ORG', 'COUNTY_HR', 'CITY_ORG', 'SYSTEM_ADMIN')) return null;
  return (
    <Button
      size="small"
      loading={retry.isPending}
      onClick={() => retry.mutate({ params: { id } }, { onError: (error) => void message.error(sentenceOf(error)) })}
    >
      {words.retry}
    </Button>
  );
}
