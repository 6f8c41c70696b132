import { Button, Popover } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Muted } from '../../shared/ui/small.tsx';
import { Failed, Waiting } from '../../shared/ui/states.tsx';

const words = text.mails;

/** How each try to deliver a mail went; asked for when it is opened. */
export function Attempts({ id, count }: { id: string; count: number }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover trigger="click" open={open} onOpenChange={setOpen} title={words.attemptsTitle} content={open && <AttemptList id={id} />}>
      <Button size="small" type="text">
        {words.tries(count)}
      </Button>
    </Popover>
  );
}

function AttemptList({ id }: { id: string }) {
  const { data, error } = useRoute(routes.mailAttempts, { params: { id } });
  if (error) return <Failed error={error} />;
  if (!data) return <Waiting rows={2} />;
  return (
    <ol aria-label={words.attemptsTitle} style={{ maxWidth: 420, margin: 0, paddingInlineStart: 20 }}>
      {data.attempts.map(({ at, outcome, detail }) => (
        <li key={at}>
          {pastText(at, serverNow())} {words.outcomes[outcome] ?? outcome} {detail && <Muted small>{detail}</Muted>}
        </li>
      ))}
    </ol>
  );
}
