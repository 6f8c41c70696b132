import { App, Button } from 'antd';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { momentText, pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import css from './case.module.css';
import { settle, type CaseView } from '../../shared/cases/cases.ts';

const words = text.caseActs;
type Asked = CaseView['asked'][number];

/** Who is asked now, each with the way to press for it where this reader may. */
export function AskedCard({ one }: { one: CaseView }) {
  if (one.asked.length === 0) return null;
  const now = serverNow();
  const mayUrge = one.actions.some(({ verb, allowed }) => verb === 'urge' && allowed);
  return (
    <Card title={words.askedTitle}>
      <ul className={css.comments}>
        {one.asked.map((asked) => (
          <li key={asked.taskId} className={css.askedLine}>
            <span>
              <b>{asked.who}</b> <Muted small>{asked.stageTitle}</Muted>
              {asked.urgedAt && (
                <>
                  {text.common.dot}
                  <Muted small>
                    {asked.urgeFrom
                      ? words.urgeFrom(pastText(asked.urgedAt, now), momentText(new Date(asked.urgeFrom), now))
                      : words.urgedAt(pastText(asked.urgedAt, now))}
                  </Muted>
                </>
              )}
            </span>
            {mayUrge && !asked.urgeFrom && <UrgeButton asked={asked} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function UrgeButton({ asked: { taskId, who, stageTitle } }: { asked: Asked }) {
  const { message } = App.useApp();
  const act = useAct(routes.urge, async (reply, client) => {
    message.success(words.urged(who));
    await settle(client, reply);
  });
  return (
    <Button
      size="small"
      className="no-print"
      aria-label={words.urgeLabel(who, stageTitle)}
      loading={act.isPending}
      onClick={() => act.mutate({ params: { id: taskId }, body: {} }, { onError: (error) => void message.error(sentenceOf(error)) })}
    >
      {words.urge}
    </Button>
  );
}
