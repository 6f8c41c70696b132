import { SafetyCertificateOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Failed, Notice } from '../../shared/ui/states.tsx';
import css from './audit.module.css';

const words = text.audit;
const grouped = (count: number) => count.toLocaleString('zh-CN');

/** The plain answer to whether the ledger is intact. */
export function VerifyBar({ onAsk }: { onAsk: (entryId: string) => void }) {
  const verify = useAct(routes.verify);
  const again = (
    <Button
      icon={<SafetyCertificateOutlined aria-hidden />}
      type={verify.data ? 'default' : 'primary'}
      loading={verify.isPending}
      onClick={() => verify.mutate({})}
    >
      {verify.data ? words.again : words.verify}
    </Button>
  );
  if (verify.isPending)
    return (
      <Notice tone="info" extra={again}>
        {words.verifying}
      </Notice>
    );
  if (verify.error) return <Failed error={verify.error} retry={() => verify.mutate({})} />;
  if (!verify.data)
    return (
      <Notice tone="info" extra={again}>
        {words.notVerified}
      </Notice>
    );
  return (
    <Notice tone={verify.data.ok ? 'good' : 'error'} extra={again}>
      <Answer found={verify.data} onAsk={onAsk} />
    </Notice>
  );
}

function Answer({ found, onAsk }: { found: Reply<typeof routes.verify>; onAsk: (entryId: string) => void }) {
  const { ok, entries, seals, unsealed, oldestUnsealedAt, broken, keyId, at, milliseconds } = found;
  const now = serverNow();
  const brokenEntry = broken?.entryId;
  return (
    <>
      <div className={css.answer}>
        <b>{ok ? words.intact : words.broken}</b>
        <span>{ok ? words.intactDetail(grouped(entries), grouped(seals)) : broken?.text}</span>
        {brokenEntry && (
          <button type="button" className={css.pick} onClick={() => onAsk(brokenEntry)}>
            {words.showEntry}
          </button>
        )}
      </div>
      <p className={css.lines}>
        {words.verifiedAt(pastText(at, now), milliseconds)}
        {text.common.dot}
        {words.keyId(keyId)}
        {unsealed > 0 && `${text.common.dot}${words.unsealed(unsealed, oldestUnsealedAt && pastText(oldestUnsealedAt, now))}`}
      </p>
    </>
  );
}
