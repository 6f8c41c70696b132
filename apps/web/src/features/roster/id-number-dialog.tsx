import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { ReasonDialog } from '../../shared/ui/reason-dialog.tsx';

const words = text.roster.idDialog;
const SHORTEST = 4;

export function IdNumberDialog({ personId, onClose, onShown }: { personId: string; onClose: () => void; onShown: (idNo: string) => void }) {
  const look = useAct(routes.idNumber, ({ idNo }) => {
    onShown(idNo);
    onClose();
  });
  return (
    <ReasonDialog
      title={words.title}
      effect={words.effect}
      label={words.purpose}
      tooShort={words.short}
      shortest={SHORTEST}
      longest={200}
      act={words.act}
      busy={look.isPending}
      error={look.error}
      onClose={onClose}
      onAct={(purpose) => look.mutate({ params: { id: personId }, body: { purpose } })}
    />
  );
}
