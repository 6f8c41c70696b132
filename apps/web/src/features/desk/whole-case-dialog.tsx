import { App } from 'antd';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { ReasonDialog } from '../../shared/ui/reason-dialog.tsx';
import { settle, type CaseView } from '../../shared/cases/cases.ts';

const words = text.caseActs;

/** 撤回, 撤销 and 申请回避: what will happen, and the reason for it. */
export function WholeCaseDialog({ one, verb, onClose }: { one: CaseView; verb: 'withdraw' | 'cancel' | 'recuse'; onClose: () => void }) {
  const { message } = App.useApp();
  const { title, effect, act: label, done } = words[verb];
  const act = useAct(routes[verb], async (reply, client) => {
    message.success(done);
    onClose();
    await settle(client, reply);
  });
  return (
    <ReasonDialog
      title={title}
      effect={effect}
      label={words.reason}
      tooShort={words.reasonShort}
      act={label}
      danger
      busy={act.isPending}
      error={act.error}
      onClose={onClose}
      onAct={(reason) => act.mutate({ params: { id: one.id }, body: { reason } })}
    />
  );
}
