import { text } from '../../shared/text/zh-CN.ts';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Muted } from '../../shared/ui/small.tsx';

const words = text.batches.workbooks;
/** So many are listed; the marked workbook has them all. */
const LISTED = 100;

interface Fault {
  row: number;
  letter: string;
  header: string;
  code: string;
  written: string;
  problem: string;
  fix: string;
}

/** What is wrong where, and what to do. */
export function WorkbookFaults({ faults }: { faults: readonly Fault[] }) {
  if (faults.length === 0) return null;
  const { columns } = words;
  return (
    <>
      <DataTable
        label={words.faults}
        rows={faults.slice(0, LISTED)}
        rowKey={({ row, letter, code }) => `${row}${letter}${code}`}
        columns={[
          { key: 'row', title: columns.row, cell: ({ row }) => row, right: true },
          { key: 'column', title: columns.column, cell: ({ header, letter }) => header || letter, tight: true },
          { key: 'written', title: columns.written, cell: ({ written }) => written },
          { key: 'problem', title: columns.problem, cell: ({ problem }) => problem },
          { key: 'fix', title: columns.fix, cell: ({ fix }) => fix },
        ]}
      />
      {faults.length > LISTED && <Muted small>{words.more(faults.length - LISTED)}</Muted>}
    </>
  );
}
