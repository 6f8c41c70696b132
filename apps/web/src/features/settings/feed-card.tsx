import { App, Button, Input, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct, useRoute } from '../../shared/api/hooks.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Failed, Notice, Waiting } from '../../shared/ui/states.tsx';

const words = text.settings.feed;

/** 日历订阅: a secret address for one's own calendar, made, copied and taken back here. */
export function FeedCard() {
  const { message } = App.useApp();
  const [address, setAddress] = useState<string | null>(null);
  const state = useRoute(routes.calendarFeed, {});
  const make = useAct(routes.makeCalendarFeed, async ({ path }, client) => {
    setAddress(`${location.origin}${path}`);
    await client.invalidateQueries({ queryKey: [routes.calendarFeed.id] });
  });
  const revoke = useAct(routes.revokeCalendarFeed, async (_, client) => {
    setAddress(null);
    message.success(words.revoked);
    await client.invalidateQueries({ queryKey: [routes.calendarFeed.id] });
  });
  const made = state.data?.madeAt;
  const trouble = state.error ?? make.error ?? revoke.error;
  return (
    <Card title={words.title} note={words.note}>
      <div style={{ display: 'grid', gap: 12 }}>
        <p>{words.help}</p>
        {trouble && <Failed error={trouble} />}
        {state.isPending ? <Waiting rows={1} /> : <Muted>{made ? stateText(made, state.data?.lastReadAt ?? null) : words.none}</Muted>}
        {address && <Address address={address} />}
        <Space>
          {made ? (
            <Popconfirm title={words.renewAsk} okText={words.renew} cancelText={text.common.cancel} onConfirm={() => make.mutate({})}>
              <Button loading={make.isPending}>{words.renew}</Button>
            </Popconfirm>
          ) : (
            <Button type="primary" loading={make.isPending} onClick={() => make.mutate({})}>
              {words.make}
            </Button>
          )}
          {made && (
            <Popconfirm title={words.revokeAsk} okText={words.revoke} cancelText={text.common.cancel} onConfirm={() => revoke.mutate({})}>
              <Button danger loading={revoke.isPending}>
                {words.revoke}
              </Button>
            </Popconfirm>
          )}
        </Space>
      </div>
    </Card>
  );
}

const stateText = (madeAt: string, lastReadAt: string | null): string =>
  [words.since(pastText(madeAt, serverNow())), lastReadAt ? words.read(pastText(lastReadAt, serverNow())) : words.neverRead].join('，');

function Address({ address }: { address: string }) {
  const { message } = App.useApp();
  const copy = () =>
    navigator.clipboard.writeText(address).then(
      () => message.success(words.copied),
      () => message.warning(words.copyByHand),
    );
  return (
    <Notice tone="warning">
      <p>{words.once}</p>
      <Space.Compact style={{ width: '100%' }}>
        <Input readOnly value={address} aria-label={words.address} onFocus={({ target }) => target.select()} />
        <Button onClick={() => void copy()}>{words.copy}</Button>
      </Space.Compact>
    </Notice>
  );
}
