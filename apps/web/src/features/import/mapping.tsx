import { Button, Checkbox, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { Field } from '../../shared/form/field.tsx';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { ActionBar, Muted } from '../../shared/ui/small.tsx';
import { Failed, Notice } from '../../shared/ui/states.tsx';
import { Mark } from '../../shared/ui/status-tag.tsx';
import css from './import.module.css';
import type { Batch } from './import-page.tsx';
import { takeRun } from './take-run.ts';

const words = text.importing;
const tones = { sure: 'green', likely: 'gold', learned: 'green', officer: 'blue', none: 'grey' } as const;
type Choice = Record<string, string | null>;

/** Which column holds which field. */
export function Mapping({ batch, onDone }: { batch: Batch; onDone: () => void }) {
  const [changed, setChanged] = useState<Choice>({});
  const [sheet, setSheet] = useState(batch.sheet);
  const [headerTop, setHeaderTop] = useState(batch.headerTop);
  const [remember, setRemember] = useState(true);
  const remap = useAct(routes.remapRoster, async (reply, client) => {
    await takeRun(client, reply);
    if (reply.status === 'checked') onDone();
  });
  const otherSheet = sheet !== batch.sheet;
  const otherHeader = headerTop !== batch.headerTop;
  const run = () =>
    remap.mutate({
      params: { id: batch.id },
      // Columns belong to the sheet and header that they were read from: another one is read anew.
      body: {
        mapping: {
          ...(otherSheet && { sheet }),
          ...(otherHeader && { headerTop, headerBottom: headerTop }),
          ...(!otherSheet && !otherHeader && { columns: changed }),
        },
        remember,
      },
    });
  return (
    <>
      <Card title={words.mapTitle} note={words.mapHelp} flush>
        <div style={{ padding: 12 }} className={css.stack}>
          {batch.problems.map((problem) => (
            <Notice key={problem.text} tone="error">
              {problem.text}
            </Notice>
          ))}
          <WhereToRead batch={batch} sheet={sheet} onSheet={setSheet} headerTop={headerTop} onHeaderTop={setHeaderTop} />
        </div>
        {!otherSheet && !otherHeader && (
          <ColumnTable
            batch={batch}
            changed={changed}
            onChange={(letter, field) => setChanged((before) => ({ ...before, [letter]: field }))}
          />
        )}
      </Card>
      {remap.error && <Failed error={remap.error} />}
      <ActionBar>
        <Button type="primary" onClick={run} loading={remap.isPending}>
          {words.rerun}
        </Button>
        {batch.status === 'checked' && <Button onClick={onDone}>{words.toResult}</Button>}
        <Checkbox checked={remember} onChange={({ target }) => setRemember(target.checked)}>
          {words.remember}
        </Checkbox>
      </ActionBar>
    </>
  );
}

interface WhereProps {
  batch: Batch;
  sheet: string;
  onSheet: (name: string) => void;
  headerTop: number;
  onHeaderTop: (row: number) => void;
}

function WhereToRead({ batch, sheet, onSheet, headerTop, onHeaderTop }: WhereProps) {
  return (
    <div className={css.mapRow}>
      <Field id="sheet" label={words.sheet}>
        <Select
          id="sheet"
          value={sheet}
          onChange={onSheet}
          style={{ width: 260 }}
          options={batch.sheets.map(({ name, hidden, rows }) => ({
            value: name,
            label: `${name}${hidden ? words.hiddenSheet : ''} ${words.rowsOf(rows)}`,
          }))}
        />
      </Field>
      <Field id="header-row" label={words.headerRow}>
        <InputNumber id="header-row" min={1} max={2000} value={headerTop} onChange={(value) => value && onHeaderTop(value)} />
      </Field>
    </div>
  );
}

const NONE = '';

function ColumnTable({
  batch,
  changed,
  onChange,
}: {
  batch: Batch;
  changed: Choice;
  onChange: (letter: string, field: string | null) => void;
}) {
  const options = [
    { value: NONE, label: words.notImported },
    ...batch.fields.map(({ field, title, required }) => ({ value: field, label: required ? `${title}（${words.required}）` : title })),
  ];
  // A rating's year is a field that only this sheet has.
  for (const { field, title } of batch.columns)
    if (field && title && !options.some(({ value }) => value === field)) options.push({ value: field, label: title });
  const { mapColumns: columns } = words;
  return (
    <DataTable
      label={words.mapTitle}
      rows={batch.columns}
      rowKey={({ letter }) => letter}
      columns={[
        { key: 'letter', title: columns.letter, cell: ({ letter }) => letter, width: 56 },
        { key: 'header', title: columns.header, cell: ({ header }) => header || <Muted>{text.common.empty}</Muted> },
        {
          key: 'field',
          title: columns.field,
          width: 300,
          cell: ({ letter, header, field }) => (
            <Select
              aria-label={words.fieldLabel(letter, header)}
              showSearch
              optionFilterProp="label"
              value={(letter in changed ? changed[letter] : field) ?? NONE}
              options={options}
              onChange={(value) => onChange(letter, value || null)}
              style={{ width: '100%' }}
            />
          ),
        },
        {
          key: 'sureness',
          title: columns.sureness,
          cell: ({ letter, sureness }) => {
            const shown = letter in changed ? 'officer' : sureness;
            return <Mark tone={tones[shown]}>{words.sureness[shown]}</Mark>;
          },
        },
      ]}
    />
  );
}
