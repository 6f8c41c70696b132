import { FileExcelOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef } from 'react';
import { text } from '../../shared/text/zh-CN.ts';

const words = text.batches.workbooks;

/** Chooses one workbook and hands it on; the same file may be chosen again after it was mended. */
export function WorkbookFile({ busy, onFile }: { busy: boolean; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept=".xlsx"
        aria-label={words.choose}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) onFile(file);
          target.value = '';
        }}
      />
      <Button type="primary" icon={<FileExcelOutlined aria-hidden />} loading={busy} onClick={() => input.current?.click()}>
        {words.choose}
      </Button>
    </>
  );
}
