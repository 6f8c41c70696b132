import { text } from '../../shared/text/zh-CN.ts';
import { After, Before, type FieldChange } from '../../shared/ui/change.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';

const words = text.desk;

// “3,557.14 元，不变（…）”: said, but nothing to strike out
const stays = ({ before, after }: FieldChange) =>
  before !== null && (after === before || Boolean(after?.startsWith(`${before}${text.common.comma}`)));

/** The consequence before the signature: what holds now and what will hold. */
export function ChangesTable({ changes }: { changes: readonly FieldChange[] }) {
  if (changes.length === 0) return null;
  return (
    <div>
      <h3>{words.changesTitle}</h3>
      <DataTable
        label={words.changesTitle}
        rows={changes}
        rowKey={({ label }) => label}
        columns={[
          { key: 'label', title: words.changeItem, cell: ({ label }) => label, tight: true },
          { key: 'before', title: words.changeNow, cell: (change) => (stays(change) ? change.before : <Before value={change.before} />) },
          { key: 'after', title: words.changeAfter, cell: (change) => (stays(change) ? change.after : <After value={change.after} />) },
        ]}
      />
    </div>
  );
}
