import { CheckOutlined, DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useRef } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { addressOf } from '../../shared/api/client.ts';
import { useAct, useRoute } from '../../shared/api/hooks.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Empty, Failed, Waiting } from '../../shared/ui/states.tsx';
import { Excerpt } from './excerpt.tsx';
import type { Fault } from './fault-list.tsx';
import css from './import.module.css';
import type { Batch } from './import-page.tsx';
import { takeRun } from './take-run.ts';
import { ACCEPTED } from './upload.tsx';
import { useCheck } from './use-check.ts';

const words = text.importing;

interface Props {
  batch: Batch;
  fault: Fault | null;
  group: string | null;
  onGroup: (group: { group: string; codes: readonly string[] } | null) => void;
  onTaught: () => void;
}

/** The row as it stands in the sheet, the kinds of faults, and the workbook to mend. */
export function DryRunAside({ batch, fault, group, onGroup, onTaught }: Props) {
  return (
    <div className={css.stack}>
      <Card title={fault ? words.excerptTitle(fault.row) : words.excerptPlain}>
        {fault ? <RowInSheet batch={batch} fault={fault} onTaught={onTaught} /> : <Empty>{words.excerptPick}</Empty>}
      </Card>
      {batch.summary.groups.length > 0 && (
        <Card title={words.groupsTitle}>
          <div className={css.groups}>
            {batch.summary.groups.map((one) => (
              <button
                key={one.group}
                type="button"
                className={css.link}
                aria-pressed={group === one.group}
                onClick={() => onGroup(group === one.group ? null : one)}
              >
                {words.groupLine(one.group, one.count)}
              </button>
            ))}
          </div>
        </Card>
      )}
      <MendCard batch={batch} />
    </div>
  );
}

function RowInSheet({ batch, fault, onTaught }: { batch: Batch; fault: Fault; onTaught: () => void }) {
  const excerpt = useRoute(routes.rosterExcerpt, { params: { id: batch.id }, query: { row: fault.row } });
  return (
    <div className={css.stack}>
      {excerpt.isPending ? (
        <Waiting rows={3} />
      ) : excerpt.data ? (
        <Excerpt excerpt={excerpt.data} row={fault.row} letter={fault.letter} />
      ) : (
        <Failed error={excerpt.error} retry={() => void excerpt.refetch()} />
      )}
      <p>{fault.message}</p>
      {fault.suggestion && <Suggestion batch={batch} suggestion={fault.suggestion} onTaught={onTaught} />}
    </div>
  );
}

function Suggestion({ batch, suggestion, onTaught }: { batch: Batch; suggestion: NonNullable<Fault['suggestion']>; onTaught: () => void }) {
  const { message } = App.useApp();
  const { label, ...synonym } = suggestion;
  const teach = useAct(routes.teachRoster, async (reply, client) => {
    message.success(words.taught);
    onTaught();
    await takeRun(client, reply);
  });
  return (
    <div>
      <Button
        icon={<CheckOutlined aria-hidden />}
        loading={teach.isPending}
        onClick={() =>
          teach.mutate({ params: { id: batch.id }, body: synonym }, { onError: (error) => void message.error(sentenceOf(error)) })
        }
      >
        {words.suggest(synonym.written, label)}
      </Button>
      <p>
        <Muted small>{words.suggestHelp}</Muted>
      </p>
    </div>
  );
}

function MendCard({ batch }: { batch: Batch }) {
  const { check, send, name } = useCheck();
  const input = useRef<HTMLInputElement>(null);
  return (
    <Card title={words.fixTitle}>
      <div className={css.stack}>
        <p>{words.fixHelp}</p>
        {batch.hasFile && (
          <Button
            type="primary"
            icon={<DownloadOutlined aria-hidden />}
            href={addressOf(routes.markedRoster, { params: { id: batch.id } })}
            block
          >
            {words.downloadMarked}
          </Button>
        )}
        <input
          ref={input}
          type="file"
          hidden
          accept={ACCEPTED}
          aria-label={words.again}
          onChange={({ target }) => {
            send(target.files?.[0]);
            target.value = '';
          }}
        />
        <Button icon={<UploadOutlined aria-hidden />} loading={check.isPending} onClick={() => input.current?.click()} block>
          {check.isPending ? words.checking(name) : words.again}
        </Button>
        {check.error && <Failed error={check.error} />}
      </div>
    </Card>
  );
}
