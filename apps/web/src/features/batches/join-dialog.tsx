import { App, Button, Tag } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { Field, tie } from '../../shared/form/field.tsx';
import { labelKept, PersonSelect } from '../../shared/form/person-select.tsx';
import { holds, useMe } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { ReasonDialog } from '../../shared/ui/reason-dialog.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import type { Board } from './batch-page.tsx';
import css from './batches.module.css';

const words = text.batches;

/** 中途加入, for whoever owns the batch; where it is too late, why. */
export function JoinButton({ board }: { board: Board }) {
  const [open, setOpen] = useState(false);
  const owns = holds(useMe(), 'COUNTY_ORG', 'CITY_ORG');
  if (!owns || board.status !== 'running') return null;
  if (!board.join.allowed) return <Muted small>{board.join.reason}</Muted>;
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {words.join}
      </Button>
      {open && <JoinDialog batchId={board.id} onClose={() => setOpen(false)} />}
    </>
  );
}

function JoinDialog({ batchId, onClose }: { batchId: string; onClose: () => void }) {
  const { message } = App.useApp();
  const [people, setPeople] = useState<string[]>([]);
  const [tried, setTried] = useState(false);
  const act = useAct(routes.joinBatch, async ({ joined, left }, client) => {
    if (left === 0) message.success(words.joined(joined, left));
    else message.warning(words.joined(joined, left));
    onClose();
    await Promise.all([routes.batch, routes.batchPeople].map(({ id }) => client.invalidateQueries({ queryKey: [id] })));
  });
  const fault = tried && people.length === 0 ? words.joinNobody : undefined;
  return (
    <ReasonDialog
      title={words.joinTitle}
      effect={words.joinEffect}
      label={words.joinReason}
      tooShort={words.reasonShort}
      longest={500}
      act={words.joinAct(people.length)}
      busy={act.isPending}
      error={act.error}
      onClose={onClose}
      onAct={(reason) => {
        setTried(true);
        if (people.length === 0) return document.getElementById('join-whom')?.focus();
        act.mutate({ params: { id: batchId }, body: { personIds: people, reason } });
      }}
    >
      <Field id="join-whom" label={words.joinWhom} required fault={fault}>
        <PersonSelect
          {...tie({ id: 'join-whom', required: true, fault })}
          value={undefined}
          onChange={(id) => id && setPeople([...new Set([...people, id])])}
          fault={fault !== undefined}
        />
        {people.length > 0 && (
          <div className={css.chips}>
            {people.map((id) => (
              <Tag
                key={id}
                closable
                closeIcon={<span aria-label={words.removeOne(labelKept(id))}>×</span>}
                onClose={() => setPeople(people.filter((other) => other !== id))}
              >
                {labelKept(id)}
              </Tag>
            ))}
          </div>
        )}
      </Field>
    </ReasonDialog>
  );
}
