import { FileExcelOutlined } from '@ant-design/icons';
import { Button, Spin } from 'antd';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { addressOf } from '../../shared/api/client.ts';
import { useList } from '../../shared/api/hooks.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Failed, ListState, MoreRow } from '../../shared/ui/states.tsx';
import css from './import.module.css';
import { ImportSteps } from './import-steps.tsx';
import { useCheck } from './use-check.ts';

const words = text.importing;
export const ACCEPTED = '.xlsx';

export function Upload() {
  const { check, send, name } = useCheck();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <div className={css.page}>
      <ImportSteps step="upload" />
      <Card title={words.uploadTitle} extra={<a href={addressOf(routes.rosterTemplate, {})}>{words.template}</a>}>
        <div className={css.stack}>
          <p>{words.uploadHelp}</p>
          <div
            className={over ? `${css.drop} ${css.dropOver}` : css.drop}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => {
              event.preventDefault();
              setOver(false);
              send(event.dataTransfer.files[0]);
            }}
          >
            <input
              ref={input}
              type="file"
              hidden
              accept={ACCEPTED}
              aria-label={words.choose}
              onChange={({ target }) => {
                send(target.files?.[0]);
                target.value = '';
              }}
            />
            {check.isPending ? (
              <span role="status">
                <Spin size="small" /> {words.checking(name)}
              </span>
            ) : (
              <>
                <Button type="primary" icon={<FileExcelOutlined aria-hidden />} onClick={() => input.current?.click()}>
                  {words.choose}
                </Button>
                <Muted small>{words.drop}</Muted>
              </>
            )}
          </div>
          {check.error && <Failed error={check.error} />}
        </div>
      </Card>
      <History />
    </div>
  );
}

function History() {
  const list = useList(routes.rosterImports, { query: { limit: 20 } });
  const { historyColumns: columns } = words;
  return (
    <Card title={words.historyTitle} flush>
      <ListState query={list} empty={list.items.length === 0} emptyText={words.historyEmpty} rows={3}>
        <DataTable
          label={words.historyTitle}
          rows={list.items}
          rowKey={({ id }) => id}
          columns={[
            { key: 'file', title: columns.file, cell: ({ id, fileName }) => <Link to={`/import/${id}`}>{fileName}</Link> },
            { key: 'at', title: columns.at, cell: ({ uploadedAt, uploadedBy }) => `${pastText(uploadedAt, serverNow())} ${uploadedBy}` },
            { key: 'rows', title: columns.rows, cell: ({ rows }) => rows, right: true },
            { key: 'faults', title: columns.faults, cell: ({ refusedRows }) => refusedRows, right: true },
            { key: 'status', title: columns.status, cell: ({ status }) => words.statuses[status], tight: true },
            { key: 'result', title: columns.result, cell: ({ result }) => result?.text },
          ]}
        />
        <MoreRow list={list} count={list.items.length} />
      </ListState>
    </Card>
  );
}
