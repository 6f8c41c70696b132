import { Button, Input } from 'antd';
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import css from './case.module.css';
import type { CaseView } from '../../shared/cases/cases.ts';

const words = text.oneCase;

export function CommentsCard({ one }: { one: CaseView }) {
  const client = useQueryClient();
  const [said, setSaid] = useState('');
  const comment = useAct(routes.comment, async () => {
    setSaid('');
    await client.invalidateQueries({ queryKey: [routes.case.id] });
  });
  return (
    <Card title={words.comments(one.comments.length)}>
      {one.comments.length === 0 && <Muted small>{words.noComments}</Muted>}
      <ul className={css.comments}>
        {one.comments.map(({ id, who, text: line, at }) => (
          <li key={id}>
            <b>{who}</b> <Muted small>{pastText(at, serverNow())}</Muted>
            <p>{line}</p>
          </li>
        ))}
      </ul>
      {one.status === 'running' && (
        <div className={`${css.commentForm} no-print`}>
          <Input.TextArea
            aria-label={words.commentLabel}
            placeholder={words.commentPlaceholder}
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={2000}
            value={said}
            onChange={({ target }) => setSaid(target.value)}
          />
          {comment.error && <Failed error={comment.error} />}
          <Button
            size="small"
            disabled={said.trim() === ''}
            loading={comment.isPending}
            onClick={() => comment.mutate({ params: { id: one.id }, body: { text: said.trim() } })}
          >
            {words.commentAct}
          </Button>
        </div>
      )}
    </Card>
  );
}
