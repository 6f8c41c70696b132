import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { formatMoment } from '../../../../../libs/domain/dates.ts';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { formatMark, formatScore } from '../../../../../libs/domain/recruitment/score.ts';
import { addressOf, api, type Reply } from '../../shared/api/client.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { Field, tie } from '../../shared/form/field.tsx';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { PublicFrame } from '../../shared/ui/public-frame.tsx';
import css from '../../shared/ui/public.module.css';
import { Facts } from '../../shared/ui/small.tsx';
import { ListState, Notice, Waiting } from '../../shared/ui/states.tsx';
import { CodeSignIn } from './code-sign-in.tsx';
import { useCandidate } from './use-candidate.ts';

const words = text.jobs.own;
type Own = Reply<typeof routes.ownApplications>['items'][number];

/** 我的报名: a candidate's own applications, and nothing else. */
export default function OwnApplicationsPage() {
  const candidacy = useCandidate();
  const { candidate } = candidacy;
  const own = useRoute(routes.ownApplications, {}, { enabled: candidate !== null });
  return (
    <PublicFrame title={text.jobs.mine}>
      <div className={css.one}>
        <h1 className="sr-only">{text.jobs.mine}</h1>
        {candidacy.pending ? (
          <Waiting />
        ) : !candidate ? (
          <Card title={text.jobs.mine}>
            <div className={css.form}>
              <p>{candidacy.office ? text.jobs.apply.office : words.signIn}</p>
              {candidacy.office ? (
                <Button onClick={() => void candidacy.signOut()}>{text.jobs.apply.signOut}</Button>
              ) : (
                <CodeSignIn onSignedIn={candidacy.signedIn} />
              )}
            </div>
          </Card>
        ) : (
          <section className={css.list}>
            <span className={css.small}>
              {text.jobs.apply.signedInAs(candidate.name)}
              <Button type="link" size="small" onClick={() => void candidacy.signOut()}>
                {text.jobs.apply.signOut}
              </Button>
            </span>
            <ListState query={own} empty={own.data?.items.length === 0} emptyText={words.none}>
              {own.data?.items.map((application) => (
                <OneApplication key={application.caseId} application={application} />
              ))}
            </ListState>
          </section>
        )}
      </div>
    </PublicFrame>
  );
}

function OneApplication({ application }: { application: Own }) {
  const { post, ticketNo, written, writtenRank, interview, total, rank, reason } = application;
  const mark = (value: Own['written'], place: number | null) =>
    value === null ? words.unpublished : [formatMark(value), place !== null && words.rank(place)].filter(Boolean).join(text.common.dot);
  return (
    <Card title={application.batchTitle}>
      <div className={css.form}>
        <Notice tone={application.standing === 'out' ? 'warning' : 'info'}>
          {[application.standingTitle, reason].filter(Boolean).join('：')}
        </Notice>
        <Facts
          items={[
            { label: words.post, value: `${post.code} ${post.title} ${post.unit}` },
            { label: words.idNo, value: application.idNoMasked },
            { label: words.submitted, value: formatMoment(new Date(application.submittedAt)) },
            { label: words.caseNo, value: application.caseNo },
            { label: words.ticket, value: ticketNo ?? words.noTicket },
            { label: words.written, value: mark(written, writtenRank) },
            { label: words.interview, value: mark(interview, null) },
            {
              label: words.total,
              value:
                total === null
                  ? words.unpublished
                  : [formatScore(total), rank !== null && words.rank(rank)].filter(Boolean).join(text.common.dot),
            },
          ]}
        />
        {ticketNo && (
          <a href={addressOf(routes.applicationTicket, { params: { id: application.caseId } })} download>
            {words.download}
          </a>
        )}
        {application.mayWaive && <Waive caseId={application.caseId} />}
      </div>
    </Card>
  );
}

function Waive({ caseId }: { caseId: string }) {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      await api.call(routes.waiveApplication, { params: { id: caseId }, body: { reason, declared: true } });
      setOpen(false);
      await client.invalidateQueries({ queryKey: [routes.ownApplications.id] });
    } catch (error) {
      setFault(sentenceOf(error));
    }
    setBusy(false);
  };
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {words.waive}
      </Button>
      <Modal
        open={open}
        title={words.waiveTitle}
        okText={words.waiveOk}
        okButtonProps={{ danger: true, disabled: reason.trim().length < 2 }}
        confirmLoading={busy}
        onOk={() => void send()}
        onCancel={() => setOpen(false)}
      >
        <p>{words.waiveText}</p>
        <Field id="waive-reason" label={words.reason} required fault={fault}>
          <Input.TextArea
            {...tie({ id: 'waive-reason', required: true, fault })}
            rows={3}
            maxLength={200}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </Field>
      </Modal>
    </>
  );
}
