import { App, Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { addressOf, type Reply } from '../../shared/api/client.ts';
import { useAct, useRoute } from '../../shared/api/hooks.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { holds, useMe } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import css from './batches.module.css';
import type { Board } from './batch-page.tsx';
import { WorkbookFaults } from './workbook-faults.tsx';
import { WorkbookFile } from './workbook-file.tsx';

const words = text.batches.workbooks;
type Upload = Reply<typeof routes.checkRecruitment>;
type Kind = Upload['kind'];
const kinds = Object.keys(words.kinds) as Kind[];

/** 招聘的表格: post table, applicants and scores go in by workbook, tried before they are taken; registers and papers come out. */
export function RecruitmentCard({ board: { id, status } }: { board: Board }) {
  const me = useMe();
  const [kind, setKind] = useState<Kind>('posts');
  const [chosen, setChosen] = useState<string | null>(null);
  const allowed = holds(me, ...routes.checkRecruitment.access.roles);
  const uploads = useRoute(routes.recruitmentUploads, { params: { id } }, { enabled: allowed });
  const check = useAct(routes.checkRecruitment, async (upload, client) => {
    setChosen(upload.id);
    await client.invalidateQueries({ queryKey: [routes.recruitmentUploads.id] });
  });
  const latest = chosen ?? uploads.data?.items.find((one) => one.kind === kind)?.id;
  const shown = useRoute(routes.recruitmentUpload, { params: { id: latest ?? '' } }, { enabled: latest !== undefined });
  if (!allowed) return null;
  return (
    <Card
      title={words.recruitment}
      extra={
        <Segmented
          value={kind}
          onChange={(next) => {
            setKind(next);
            setChosen(null);
          }}
          options={kinds.map((value) => ({ value, label: words.kinds[value] }))}
        />
      }
    >
      <div className={css.page}>
        {status === 'running' && (
          <div className={css.facts}>
            <WorkbookFile busy={check.isPending} onFile={(file) => check.mutate({ params: { id }, file, fields: { kind } })} />
            <Muted small>{words.tried}</Muted>
          </div>
        )}
        {check.error && <Notice tone="error">{sentenceOf(check.error)}</Notice>}
        {latest && shown.data && <Verdict key={latest} upload={shown.data} />}
        <Downloads id={id} />
      </div>
    </Card>
  );
}

function Verdict({ upload }: { upload: Upload }) {
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const confirm = useAct(routes.confirmRecruitment, async ({ added, updated, unchanged, left }, client) => {
    message.success(words.taken(added, updated, unchanged, left));
    await client.invalidateQueries();
  });
  const corrects = upload.updated > 0 && ['written', 'interview', 'extra'].includes(upload.kind);
  const take = (goodRowsOnly: boolean) =>
    confirm.mutate({ params: { id: upload.id }, body: { goodRowsOnly, ...(corrects && { reason: reason.trim() }) } });
  const ready = !corrects || reason.trim().length >= 2;
  return (
    <section className={css.page} aria-label={upload.fileName}>
      <div className={css.facts}>
        <b>{upload.fileName}</b>
        <span>{words.counts(upload.rows, upload.good, upload.refusedRows)}</span>
        <Muted>
          {upload.result
            ? words.done(upload.result.added, upload.result.updated)
            : words.would(upload.added, upload.updated, upload.unchanged)}
        </Muted>
        {upload.missing.length > 0 && <span>{words.missing(upload.missing)}</span>}
      </div>
      {upload.status === 'checked' && (
        <div className={css.facts}>
          {corrects && (
            <Input
              aria-label={words.reason}
              placeholder={words.reason}
              value={reason}
              maxLength={200}
              onChange={({ target }) => setReason(target.value)}
              style={{ width: 280 }}
            />
          )}
          {upload.refusedRows === 0 ? (
            <Button type="primary" disabled={!ready} loading={confirm.isPending} onClick={() => take(false)}>
              {words.take(upload.rows)}
            </Button>
          ) : (
            <Button disabled={!ready || upload.good === 0} loading={confirm.isPending} onClick={() => take(true)}>
              {words.takeGood(upload.good)}
            </Button>
          )}
          {upload.faults.length > 0 && (
            <a href={addressOf(routes.markedRecruitment, { params: { id: upload.id } })} download>
              {words.marked}
            </a>
          )}
        </div>
      )}
      {confirm.error && <Notice tone="error">{sentenceOf(confirm.error)}</Notice>}
      <WorkbookFaults faults={upload.faults} />
    </section>
  );
}

const papers = Object.entries(words.papers) as [keyof typeof words.papers, string][];
const registers = Object.entries(words.registers) as [keyof typeof words.registers, string][];

function Downloads({ id }: { id: string }) {
  return (
    <ul className={css.facts} aria-label={words.out}>
      {papers.map(([paper, title]) => (
        <li key={paper}>
          {title}：
          {(['pdf', 'docx'] as const).map((format) => (
            <a
              key={format}
              className={css.download}
              href={addressOf(routes.recruitmentPaper, { params: { id, paper }, query: { format } })}
              aria-label={`${title} ${format}`}
              download
            >
              {format === 'pdf' ? 'PDF' : 'Word'}
            </a>
          ))}
        </li>
      ))}
      {registers.map(([kind, title]) => (
        <li key={kind}>
          <a className={css.download} href={addressOf(routes.recruitmentRegister, { params: { id, kind } })} download>
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
}
