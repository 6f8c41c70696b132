import { LeftOutlined, StopOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useNavigate } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { ActionBar } from '../../shared/ui/small.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import css from './import.module.css';
import type { Batch } from './import-page.tsx';

const words = text.importing;

/** Back, give up, take the good rows, or take all; what cannot be done says why. */
export function DryRunActs({ batch, onMapping }: { batch: Batch; onMapping: () => void }) {
  const confirm = useAct(routes.confirmRoster, async (_, client) => {
    const changed = [routes.rosterImport, routes.rosterImports, routes.people, routes.probationCandidates];
    await Promise.all(changed.map(({ id }) => client.invalidateQueries({ queryKey: [id] })));
  });
  return (
    <>
      {confirm.error && <Failed error={confirm.error} />}
      <ActionBar
        end={
          <ConfirmButtons
            batch={batch}
            busy={confirm.isPending}
            onConfirm={(goodRowsOnly) => confirm.mutate({ params: { id: batch.id }, body: { goodRowsOnly } })}
          />
        }
      >
        <Button icon={<LeftOutlined aria-hidden />} onClick={onMapping}>
          {words.backToMapping}
        </Button>
        <DiscardButton batch={batch} />
      </ActionBar>
    </>
  );
}

function ConfirmButtons({ batch, busy, onConfirm }: { batch: Batch; busy: boolean; onConfirm: (goodRowsOnly: boolean) => void }) {
  const { modal } = App.useApp();
  const { good, refusedRows, rows } = batch.summary;
  const askGoodOnly = () =>
    void modal.confirm({
      title: words.goodOnlyTitle,
      content: words.goodOnlyEffect(good, refusedRows),
      okText: words.goodOnlyAct(good),
      cancelText: text.common.cancel,
      onOk: () => onConfirm(true),
    });
  return (
    <div className={css.filters}>
      {batch.why && (
        <span className={css.why}>
          <StopOutlined aria-hidden /> {words.cannot(batch.why)}
        </span>
      )}
      {!batch.mayConfirm && batch.mayTakeGoodRows && (
        <Button onClick={askGoodOnly} loading={busy}>
          {words.goodOnly(good)}
        </Button>
      )}
      <Button type="primary" disabled={!batch.mayConfirm} loading={busy} onClick={() => onConfirm(false)}>
        {busy ? words.confirming : words.confirmAll(rows)}
      </Button>
    </div>
  );
}

function DiscardButton({ batch }: { batch: Batch }) {
  const { modal, message } = App.useApp();
  const navigate = useNavigate();
  const discard = useAct(routes.discardRoster, async (_, client) => {
    message.success(words.discarded);
    await client.invalidateQueries({ queryKey: [routes.rosterImports.id] });
    void navigate('/import');
  });
  const ask = () =>
    void modal.confirm({
      title: words.discardTitle,
      content: words.discardEffect,
      okText: words.discard,
      cancelText: text.common.cancel,
      okButtonProps: { danger: true },
      onOk: () => discard.mutate({ params: { id: batch.id } }, { onError: (error) => void message.error(sentenceOf(error)) }),
    });
  return (
    <Button type="text" danger onClick={ask} loading={discard.isPending}>
      {words.discard}
    </Button>
  );
}
