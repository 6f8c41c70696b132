import { LeftOutlined, StopOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useNavigate } from 'react-router';
import { rosterRoutes } from '../../../../../libs/domain/api/roster.ts';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { ActionBar } from '../../shared/ui/small.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import css from './import.module.css';
import type { Batch } from './import-page.tsx';

const words = text.importing;

/** Back, give up, take the good rows, or take all; what cannot be done says why. */
export function DryRunActs({ batch, onMapping }: { batch: Batch; onMapping: () => void }) {
  const { modal, message } = App.useApp();
  const navigate = useNavigate();
  const { good, refusedRows, rows } = batch.summary;
  const confirm = useAct(rosterRoutes.confirmRoster, async (_, client) => {
    await Promise.all(
      [rosterRoutes.rosterImport.id, rosterRoutes.rosterImports.id, routes.people.id, routes.probationCandidates.id].map((id) =>
        client.invalidateQueries({ queryKey: [id] }),
      ),
    );
  });
  const discard = useAct(rosterRoutes.discardRoster, async (_, client) => {
    message.success(words.discarded);
    await client.invalidateQueries({ queryKey: [rosterRoutes.rosterImports.id] });
    void navigate('/import');
  });
  const params = { id: batch.id };
  const askGoodOnly = () =>
    modal.confirm({
      title: words.goodOnlyTitle,
      content: words.goodOnlyEffect(good, refusedRows),
      okText: words.goodOnlyAct(good),
      cancelText: text.common.cancel,
      onOk: () => confirm.mutate({ params, body: { goodRowsOnly: true } }),
    });
  const askDiscard = () =>
    modal.confirm({
      title: words.discardTitle,
      content: words.discardEffect,
      okText: words.discard,
      cancelText: text.common.cancel,
      okButtonProps: { danger: true },
      onOk: () => discard.mutate({ params }),
    });
  const failed = confirm.error ?? discard.error;
  return (
    <>
      {failed && <Failed error={failed} />}
      <ActionBar
        end={
          <div className={css.filters}>
            {batch.why && (
              <span className={css.why}>
                <StopOutlined aria-hidden /> {words.cannot(batch.why)}
              </span>
            )}
            {!batch.mayConfirm && batch.mayTakeGoodRows && (
              <Button onClick={askGoodOnly} loading={confirm.isPending}>
                {words.goodOnly(good)}
              </Button>
            )}
            <Button
              type="primary"
              disabled={!batch.mayConfirm}
              loading={confirm.isPending}
              onClick={() => confirm.mutate({ params, body: {} })}
            >
              {confirm.isPending ? words.confirming : words.confirmAll(rows)}
            </Button>
          </div>
        }
      >
        <Button icon={<LeftOutlined aria-hidden />} onClick={onMapping}>
          {words.backToMapping}
        </Button>
        <Button type="text" danger onClick={askDiscard}>
          {words.discard}
        </Button>
      </ActionBar>
    </>
  );
}
