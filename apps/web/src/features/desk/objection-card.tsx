import { Button } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Facts, Muted } from '../../shared/ui/small.tsx';
import { Failed } from '../../shared/ui/states.tsx';

const words = text.notices.content;

/** Who objects and what they say: opened by hand each time, for each look is an entry; gone with the page. */
export function ObjectionCard({ caseId, process }: { caseId: string; process: string }) {
  const [content, setContent] = useState<Reply<typeof routes.objectionContent> | null>(null);
  const look = useAct(routes.objectionContent, setContent);
  if (process !== 'objection') return null;
  return (
    <Card title={words.title} className="no-print">
      <Muted small>{words.hint}</Muted>
      {content && (
        <Facts
          items={[
            { label: words.from, value: content.name ?? words.none },
            { label: words.phone, value: content.phone ?? text.common.none },
            { label: words.contact, value: content.contact ?? text.common.none },
            { label: words.text, value: <span style={{ whiteSpace: 'pre-wrap' }}>{content.text}</span> },
          ]}
        />
      )}
      {look.error && <Failed error={look.error} />}
      <Button loading={look.isPending} onClick={() => (content ? setContent(null) : look.mutate({ params: { id: caseId } }))}>
        {content ? words.close : words.open}
      </Button>
    </Card>
  );
}
