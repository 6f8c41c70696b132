import { App, Button, Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { DateInput } from '../../shared/form/date-input.tsx';
import { Field, tie } from '../../shared/form/field.tsx';
import { serverNow } from '../../shared/time/clock.ts';
import { momentText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import type { YearTable } from './calendar-page.tsx';
import css from './calendar.module.css';

const words = text.calendar.change;

interface Line {
  kind: 'off' | 'makeUp';
  name: string;
  from: string;
  to: string;
}

const linesOf = ({ holidays, workdays }: YearTable): Line[] => [
  ...holidays.map((day) => ({ kind: 'off' as const, ...day })),
  ...workdays.map(({ name, on }) => ({ kind: 'makeUp' as const, name, from: on, to: on })),
];

interface Props {
  table: YearTable;
  /** Whose own days they are; null for the State Council's table. */
  county: { code: string; name: string } | null;
  onClose: () => void;
}

/** Changes a year's table: first it is seen which deadlines would move, then it is confirmed with the reason. */
export function ChangeDialog({ table, county, onClose }: Props) {
  const { message } = App.useApp();
  const [lines, setLines] = useState(() => linesOf(table));
  const [official, setOfficial] = useState(table.state !== 'provisional');
  const [source, setSource] = useState(table.source ?? '');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const preview = useAct(routes.previewCalendar);
  const change = useAct(routes.changeCalendar, async (reply, client) => {
    message.success(words.done(reply.cases));
    await client.invalidateQueries();
    onClose();
  });
  const params = { year: table.year };
  const body = {
    unit: county?.code ?? '',
    official,
    source: source.trim(),
    off: lines.filter(({ kind }) => kind === 'off').map(({ name, from, to }) => ({ name, from, to })),
    makeUp: lines.filter(({ kind }) => kind === 'makeUp').map(({ name, from }) => ({ name, on: from })),
  };
  const whole = lines.every(({ name, from, to }) => name.trim() !== '' && from !== '' && to !== '') && source.trim().length >= 2;
  const short = reason.trim().length < 2;
  const edited = (next: Line[]) => {
    setLines(next);
    preview.reset();
  };
  const error = preview.error ?? change.error;
  return (
    <Modal
      open
      width={760}
      title={county ? words.ownTitle(county.name, table.year) : words.title(table.year)}
      onCancel={onClose}
      cancelText={text.common.cancel}
      okText={preview.data ? words.confirm : words.preview}
      okButtonProps={{ loading: preview.isPending || change.isPending, disabled: !whole }}
      onOk={() => {
        setTried(true);
        if (!preview.data) preview.mutate({ params, body });
        else if (!short) change.mutate({ params, body: { ...body, reason: reason.trim() } });
      }}
      destroyOnHidden
    >
      <div className={css.lines}>
        <Lines lines={lines} onEdit={edited} />
        <Field id="calendar-source" label={words.source} required>
          <Input
            {...tie({ id: 'calendar-source', required: true })}
            value={source}
            onChange={({ target }) => setSource(target.value)}
            maxLength={200}
          />
        </Field>
        <Checkbox checked={official} onChange={({ target }) => setOfficial(target.checked)}>
          {words.official}
        </Checkbox>
        {preview.data && <Moves {...preview.data} />}
        {preview.data && <Reason value={reason} onChange={setReason} fault={tried && short ? words.reasonShort : undefined} />}
        {error && <Notice tone="error">{sentenceOf(error)}</Notice>}
      </div>
    </Modal>
  );
}

function Lines({ lines, onEdit }: { lines: readonly Line[]; onEdit: (lines: Line[]) => void }) {
  return (
    <>
      {lines.map((line, i) => (
        <LineEditor
          key={i}
          line={line}
          label={words.line(i + 1)}
          onChange={(next) => onEdit(lines.map((one, at) => (at === i ? next : one)))}
          onRemove={() => onEdit(lines.filter((_, at) => at !== i))}
        />
      ))}
      <span>
        {(['off', 'makeUp'] as const).map((kind) => (
          <Button
            key={kind}
            size="small"
            onClick={() => onEdit([...lines, { kind, name: '', from: '', to: '' }])}
            style={{ marginRight: 8 }}
          >
            {words.add[kind]}
          </Button>
        ))}
      </span>
    </>
  );
}

function Reason({ value, onChange, fault }: { value: string; onChange: (value: string) => void; fault: string | undefined }) {
  return (
    <Field id="calendar-reason" label={words.reason} required fault={fault}>
      <Input.TextArea
        {...tie({ id: 'calendar-reason', required: true, fault })}
        rows={2}
        maxLength={500}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  );
}

function LineEditor({
  line,
  label,
  onChange,
  onRemove,
}: {
  line: Line;
  label: string;
  onChange: (line: Line) => void;
  onRemove: () => void;
}) {
  return (
    <div className={css.line} role="group" aria-label={label}>
      <Input
        aria-label={words.name}
        addonBefore={words.kind[line.kind]}
        value={line.name}
        maxLength={40}
        onChange={({ target }) => onChange({ ...line, name: target.value })}
      />
      <DateInput
        aria-label={words.from}
        value={line.from || undefined}
        allowClear={false}
        onChange={(from = '') => onChange({ ...line, from, to: line.kind === 'makeUp' || line.to < from ? from : line.to })}
      />
      {line.kind === 'off' ? (
        <DateInput
          aria-label={words.to}
          value={line.to || undefined}
          allowClear={false}
          onChange={(to = '') => onChange({ ...line, to })}
        />
      ) : (
        <span />
      )}
      <Button size="small" onClick={onRemove}>
        {words.remove}
      </Button>
    </div>
  );
}

type Preview = {
  moves: { caseId: string; caseNo: string; title: string; stageTitle: string; before: string | null; after: string | null }[];
  moved: number;
  reckoned: number;
  more: boolean;
};

function Moves({ moves, moved, reckoned, more }: Preview) {
  const now = serverNow();
  const moment = (at: string | null) => (at ? momentText(new Date(at), now) : text.due.unknown);
  return (
    <div role="status" className={css.moves}>
      <Notice tone={moved > 0 ? 'warning' : 'info'}>{words.moves(reckoned, moved, more)}</Notice>
      {moves.length > 0 && (
        <DataTable
          label={words.movesLabel}
          rows={moves}
          rowKey={({ caseId, stageTitle }) => caseId + stageTitle}
          columns={[
            { key: 'case', title: words.columns.case, cell: ({ caseNo, title }) => [title, caseNo].join(' ') },
            { key: 'stage', title: words.columns.stage, cell: ({ stageTitle }) => stageTitle, tight: true },
            { key: 'before', title: words.columns.before, cell: ({ before }) => moment(before), tight: true },
            { key: 'after', title: words.columns.after, cell: ({ after }) => moment(after), tight: true },
          ]}
        />
      )}
    </div>
  );
}
