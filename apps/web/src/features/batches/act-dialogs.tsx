import { Modal } from 'antd';
import { z } from 'zod';
import type { listAct } from '../../../../../libs/domain/api/batches.ts';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { date, text as formText } from '../../../../../libs/domain/form-fields.ts';
import { postTitles } from '../../../../../libs/domain/person-words.ts';
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
type ListAct = z.infer<typeof listAct>;

export type OnWhom = { caseIds: string[] } | { open: true };

interface Props {
  batchId: string;
  on: OnWhom;
  count: number;
  onClose: () => void;
  onJob: (jobId: string) => void;
}

interface FormProps extends Props {
  title: string;
  how: string;
  okText: string;
  schema: z.ZodObject;
  /** Where a refusal's faults point to. */
  under: string;
  doing: (answer: Record<string, unknown>) => ListAct;
}

function FormDialog({ batchId, on, title, how, okText, schema, under, doing, onClose, onJob }: FormProps) {
  const form = useSchemaForm({ schema, draft: null });
  const act = useAct(routes.actOnList, ({ jobId }) => onJob(jobId));
  const submit = () => {
    const taken = form.take();
    if ('first' in taken) return focusField(PREFIX, taken.first);
    act.mutate(
      { params: { id: batchId }, body: { does: doing(taken.answer), on } },
      { onError: (error) => form.refuse(faultsUnder(error, under)) },
    );
  };
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      onOk={submit}
      okText={okText}
      cancelText={text.common.cancel}
      okButtonProps={{ loading: act.isPending }}
      destroyOnHidden
    >
      <form noValidate onSubmit={(event) => event.preventDefault()} style={{ display: 'grid', gap: 12 }}>
        <Notice tone="info">{how}</Notice>
        <SchemaFields form={form} prefix={PREFIX} />
        {act.error && <Notice tone="error">{sentenceOf(act.error)}</Notice>}
      </form>
    </Modal>
  );
}

/** One verdict for all who are chosen, by the form of the persons' own stage. */
export function DecideDialog({ process, stage, ...props }: Props & { process: string; stage: string }) {
  const { title, answer: schema } = catalogue[catalogue[process]!.people!]!.stages[stage]!;
  return (
    <FormDialog
      {...props}
      title={words.dialogTitle(title, props.count)}
      how={words.dialogHow}
      okText={words.dialogAct(props.count)}
      schema={schema}
      under="body.does.answer"
      doing={(answer) => ({ act: 'decide', stage, answer })}
    />
  );
}

const role = z.object({
  postTitle: z
    .enum(postTitles, { error: words.role.missing })
    .meta({ title: words.role.postTitle, widget: 'select', options: Object.fromEntries(postTitles.map((title) => [title, title])) }),
  effectiveOn: date(words.role.effectiveOn),
  reason: formText(words.role.reason, 2, 3),
});

/** 任职变动: a role taken up in the middle of the batch. */
export function TakeRoleDialog(props: Props) {
  return (
    <FormDialog
      {...props}
      title={words.takeRoleTitle(props.count)}
      how={words.takeRoleHow}
      okText={words.takeRoleAct(props.count)}
      schema={role}
      under="body.does"
      doing={(answer) => ({ act: 'takeRole', ...role.parse(answer) })}
    />
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
