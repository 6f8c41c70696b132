import { Modal } from 'antd';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { catalogue } from '../../../../../workflows/catalogue.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { faultsUnder, sentenceOf } from '../../shared/api/problem.ts';
import { SchemaFields } from '../../shared/form/schema-fields.tsx';
import { focusField, useSchemaForm } from '../../shared/form/use-schema-form.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { ReasonDialog } from '../../shared/ui/reason-dialog.tsx';
import { Notice } from '../../shared/ui/states.tsx';

const words = text.batches;
const PREFIX = 'list';

export type OnWhom = { caseIds: string[] } | { open: true };

interface Props {
  batchId: string;
  on: OnWhom;
  count: number;
  onClose: () => void;
  onJob: (jobId: string) => void;
}

/** One verdict for all who are chosen, by the form of the persons' own stage. */
export function DecideDialog({ batchId, stage, on, count, onClose, onJob }: Props & { stage: string }) {
  const contract = catalogue.conversion!.stages[stage]!;
  const form = useSchemaForm({ schema: contract.answer, draft: null });
  const act = useAct(routes.actOnList, ({ jobId }) => onJob(jobId));
  const submit = () => {
    const taken = form.take();
    if ('first' in taken) return focusField(PREFIX, taken.first);
    act.mutate(
      { params: { id: batchId }, body: { does: { act: 'decide', stage, answer: taken.answer }, on } },
      { onError: (error) => form.refuse(faultsUnder(error, 'body.does.answer')) },
    );
  };
  return (
    <Modal
      open
      title={words.dialogTitle(contract.title, count)}
      onCancel={onClose}
      onOk={submit}
      okText={words.dialogAct(count)}
      cancelText={text.common.cancel}
      okButtonProps={{ loading: act.isPending }}
      destroyOnHidden
    >
      <form noValidate onSubmit={(event) => event.preventDefault()} style={{ display: 'grid', gap: 12 }}>
        <Notice tone="info">{words.dialogHow}</Notice>
        <SchemaFields form={form} prefix={PREFIX} />
        {act.error && <Notice tone="error">{sentenceOf(act.error)}</Notice>}
      </form>
    </Modal>
  );
}

const kinds = {
  sendBack: {
    title: words.sendBackTitle,
    effect: words.sendBackEffect,
    label: words.sendBackLabel,
    act: words.sendBackAct,
  },
  setApart: {
    title: words.setApartTitle,
    effect: words.setApartEffect,
    label: words.setApartLabel,
    act: words.setApartAct,
  },
};

type Reasoned = Props & ({ kind: 'sendBack'; stage: string } | { kind: 'setApart'; stage?: undefined });

/** 退回补正 and 移出本批: with the reason, which each of them is told. */
export function ReasonedAct({ batchId, kind, stage, on, count, onClose, onJob }: Reasoned) {
  const act = useAct(routes.actOnList, ({ jobId }) => onJob(jobId));
  const of = kinds[kind];
  return (
    <ReasonDialog
      title={of.title(count)}
      effect={of.effect}
      label={of.label}
      tooShort={words.reasonShort}
      longest={500}
      act={of.act(count)}
      danger
      busy={act.isPending}
      error={act.error}
      onClose={onClose}
      onAct={(reason) =>
        act.mutate({
          params: { id: batchId },
          body: { does: kind === 'sendBack' ? { act: kind, stage, reason } : { act: kind, reason }, on },
        })
      }
    />
  );
}
