import { UndoOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { ReasonDialog } from '../../shared/ui/reason-dialog.tsx';
import { contractOf, settle, type CaseView } from '../../shared/cases/cases.ts';
import { DeclareDialog } from './declare-dialog.tsx';

const words = text.desk;

/** What this reader may do with the case itself: take it back before it takes effect, declare what happened in it. */
export function CaseActs({ one }: { one: CaseView }) {
  const [withdrawing, setWithdrawing] = useState(false);
  const [declaring, setDeclaring] = useState<string | null>(null);
  const mayWithdraw = one.actions.some(({ verb, allowed }) => verb === 'withdraw' && allowed);
  const event = declaring === null ? undefined : contractOf(one.process)?.events[declaring];
  return (
    <>
      {one.events
        .filter(({ allowed }) => allowed)
        .map(({ event: name, title }) => (
          <Button key={name} onClick={() => setDeclaring(name)}>
            {`${title}…`}
          </Button>
        ))}
      {mayWithdraw && (
        <Button icon={<UndoOutlined aria-hidden />} onClick={() => setWithdrawing(true)}>
          {words.withdraw}
        </Button>
      )}
      {withdrawing && <WithdrawDialog one={one} onClose={() => setWithdrawing(false)} />}
      {declaring !== null && event && (
        <DeclareDialog key={declaring} one={one} name={declaring} event={event} onClose={() => setDeclaring(null)} />
      )}
    </>
  );
}

function WithdrawDialog({ one, onClose }: { one: CaseView; onClose: () => void }) {
  const { message } = App.useApp();
  const act = useAct(routes.withdraw, async (reply, client) => {
    message.success(words.withdrawn);
    onClose();
    await settle(client, reply);
  });
  const dialog = words.withdrawDialog;
  return (
    <ReasonDialog
      title={dialog.title}
      effect={dialog.effect}
      label={dialog.reason}
      tooShort={dialog.reasonShort}
      act={dialog.act}
      danger
      busy={act.isPending}
      error={act.error}
      onClose={onClose}
      onAct={(reason) => act.mutate({ params: { id: one.id }, body: { reason } })}
    />
  );
}
