import { App, Button, Checkbox, Radio } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { paces, type MailWishes } from '../../../../../libs/domain/mail-wishes.ts';
import { useAct, useRoute } from '../../shared/api/hooks.ts';
import { Field, tie } from '../../shared/form/field.tsx';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Failed, Waiting } from '../../shared/ui/states.tsx';

const words = text.settings.wishes;

/** 提醒方式: all in the digest, each at once, or as the house does it; copies by mail or not. */
export function MailWishesCard() {
  const wishes = useRoute(routes.mailWishes, {});
  return (
    <Card title={words.title} note={words.note}>
      {wishes.error ? (
        <Failed error={wishes.error} retry={() => void wishes.refetch()} />
      ) : wishes.data ? (
        <WishesForm kept={wishes.data} />
      ) : (
        <Waiting rows={4} />
      )}
    </Card>
  );
}

const pace = { id: 'mail-pace', group: true, help: words.always };

function WishesForm({ kept }: { kept: MailWishes }) {
  const { message } = App.useApp();
  const [wishes, setWishes] = useState(kept);
  const save = useAct(routes.setMailWishes, async (_, client) => {
    message.success(words.saved);
    await client.invalidateQueries({ queryKey: [routes.mailWishes.id] });
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ body: wishes });
      }}
      style={{ display: 'grid', gap: 16 }}
    >
      <Field {...pace} label={words.pace}>
        <Radio.Group
          {...tie(pace)}
          value={wishes.pace}
          onChange={({ target }) => setWishes({ ...wishes, pace: target.value as MailWishes['pace'] })}
          style={{ display: 'grid', gap: 8 }}
        >
          {paces.map((value) => (
            <Radio key={value} value={value}>
              {words.paces[value].title} <Muted small>{words.paces[value].help}</Muted>
            </Radio>
          ))}
        </Radio.Group>
      </Field>
      <Checkbox checked={wishes.copies} onChange={({ target }) => setWishes({ ...wishes, copies: target.checked })}>
        {words.copies}
      </Checkbox>
      {save.error && <Failed error={save.error} />}
      <div>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}
