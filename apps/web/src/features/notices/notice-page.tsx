import { Button, Modal } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { dateOf, formatDate } from '../../../../../libs/domain/dates.ts';
import { objectionOutcomes } from '../../../../../libs/domain/notice.ts';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { api, type Reply } from '../../shared/api/client.ts';
import { LOOK_AGAIN_MS, useRoute } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { pastText } from '../../shared/time/due.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Failed, Waiting } from '../../shared/ui/states.tsx';
import { StatusTag } from '../../shared/ui/status-tag.tsx';
import { NoticePaper } from './notice-paper.tsx';
import css from '../../shared/ui/public.module.css';
import { ObjectionForm } from './objection-form.tsx';

const words = text.notices.office;
type View = Reply<typeof routes.notice>;

/** One notice for its office: the paper, the objections by state, and the closing statement. */
export default function NoticePage() {
  const { noticeId = '' } = useParams();
  const [page, setPage] = useState(1);
  const [q, setQ] = useState('');
  const found = useRoute(
    routes.notice,
    { params: { id: noticeId }, query: { page, ...(q && { q }) } },
    { every: 4 * LOOK_AGAIN_MS, keep: true },
  );
  if (found.isPending) return <Waiting rows={12} />;
  if (!found.data) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const view = found.data;
  return (
    <div className={css.stack}>
      <Objections view={view} onRegistered={() => void found.refetch()} />
      <Statement view={view} />
      <div className="no-print">
        <NoticePaper
          notice={view}
          now={serverNow()}
          page={page}
          onPage={setPage}
          q={q}
          onFind={(typed) => {
            setPage(1);
            setQ(typed.trim());
          }}
        />
      </div>
    </div>
  );
}

function Objections({ view, onRegistered }: { view: View; onRegistered: () => void }) {
  const [registering, setRegistering] = useState(false);
  const now = serverNow();
  const columns = words.objectionColumns;
  return (
    <Card
      title={words.objectionsTitle}
      className="no-print"
      flush
      extra={
        <>
          <Link to={`/public/${view.id}`}>{words.publicPage}</Link>{' '}
          {view.mayRegister && (
            <Button size="small" onClick={() => setRegistering(true)}>
              {words.register}
            </Button>
          )}
        </>
      }
    >
      {view.objections.length === 0 ? (
        <p style={{ padding: 12 }}>{words.noObjections}</p>
      ) : (
        <DataTable
          label={words.objectionsTitle}
          rows={view.objections}
          rowKey={({ id }) => id}
          columns={[
            { key: 'about', title: columns.about, cell: ({ about }) => about, whole: true },
            { key: 'received', title: columns.received, cell: ({ receivedAt }) => pastText(receivedAt, now), tight: true },
            { key: 'how', title: columns.how, cell: ({ named }) => (named ? words.named : words.unnamed), tight: true },
            {
              key: 'state',
              title: columns.state,
              cell: ({ outcome }) =>
                outcome ? (
                  <StatusTag kind="done">{objectionOutcomes[outcome]}</StatusTag>
                ) : (
                  <StatusTag kind="objection">{words.pending}</StatusTag>
                ),
              tight: true,
            },
            {
              key: 'reply',
              title: columns.reply,
              cell: ({ named, repliedAt }) => (repliedAt ? pastText(repliedAt, now) : named ? words.notReplied : text.common.none),
              tight: true,
            },
            {
              key: 'case',
              title: columns.case,
              cell: ({ caseId, caseNo }) => (caseId ? <Link to={`/cases/${caseId}`}>{caseNo}</Link> : <Muted small>{words.recused}</Muted>),
            },
          ]}
        />
      )}
      {registering && <RegisterDialog view={view} onRegistered={onRegistered} onClose={() => setRegistering(false)} />}
    </Card>
  );
}

/** What came by telephone, letter or visit, put down by the office; the code is for whoever objects. */
function RegisterDialog({ view, onRegistered, onClose }: { view: View; onRegistered: () => void; onClose: () => void }) {
  return (
    <Modal open title={words.register} footer={null} onCancel={onClose} destroyOnHidden>
      <p className={css.small}>{words.registerIntro}</p>
      <ObjectionForm
        noticeId={view.id}
        listed={view.listed}
        send={async (body) => {
          const sent = await api.call(routes.registerObjection, { params: { id: view.id }, body });
          onRegistered();
          return sent;
        }}
      />
    </Modal>
  );
}

/** 公示情况说明, made when the last objection that came in time is closed. */
function Statement({ view }: { view: View }) {
  const closed = view.closedAt !== null;
  return (
    <Card
      title={words.statement}
      extra={
        closed && (
          <Button size="small" className="no-print" onClick={() => print()}>
            {words.print}
          </Button>
        )
      }
    >
      {closed && view.endsAt ? <StatementText view={view} endsAt={view.endsAt} /> : <Muted>{words.notYet}</Muted>}
    </Card>
  );
}

function StatementText({ view, endsAt }: { view: View; endsAt: string }) {
  const day = (at: string) => formatDate(dateOf(new Date(at)));
  return (
    <div className={css.stack}>
      <p className={css.opening}>{words.statementOf(view.issuer, day(view.postedAt), day(endsAt), view.days)}</p>
      <p className={css.opening}>{`《${view.title}》（${view.documentNo}）`}</p>
      <p className={css.opening}>{words.statementList(view.listed, view.what)}</p>
      <p className={css.opening}>{words.statementPlaces(view.places)}</p>
      {view.objections.length === 0 ? (
        <p className={css.opening}>{words.statementNone}</p>
      ) : (
        <>
          <p className={css.opening}>{words.statementSome(view.objections.length)}</p>
          <ul>
            {view.objections.map(({ id, about, outcome }) => (
              <li key={id}>{[about, outcome && objectionOutcomes[outcome]].filter(Boolean).join(text.common.colon)}</li>
            ))}
          </ul>
        </>
      )}
      <p style={{ textAlign: 'right' }}>
        {view.issuer}
        <br />
        {view.closedAt && day(view.closedAt)}
      </p>
    </div>
  );
}
