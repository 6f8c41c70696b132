import { useState } from 'react';
import { useParams } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { api } from '../../shared/api/client.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Failed, Notice, Waiting } from '../../shared/ui/states.tsx';
import { NoticePaper } from './notice-paper.tsx';
import css from '../../shared/ui/public.module.css';
import { ObjectionForm } from './objection-form.tsx';
import { ObjectionQuery } from './objection-query.tsx';
import { PublicFrame } from '../../shared/ui/public-frame.tsx';

const words = text.notices;

/** One notice for anybody: it reads like the paper, then comes the form. */
export default function PublicNoticePage() {
  const { noticeId = '' } = useParams();
  const [page, setPage] = useState(1);
  const [q, setQ] = useState('');
  const found = useRoute(routes.publicNotice, { params: { id: noticeId }, query: { page, ...(q && { q }) } }, { keep: true });
  const notice = found.data;
  return (
    <PublicFrame title={notice?.title ?? words.publicTitle}>
      {found.isPending ? (
        <Waiting rows={12} />
      ) : !notice ? (
        <div className={css.one}>
          <Failed error={found.error} />
        </div>
      ) : (
        <div className={css.columns}>
          <NoticePaper
            notice={notice}
            now={new Date(notice.now)}
            page={page}
            onPage={setPage}
            q={q}
            onFind={(typed) => {
              setPage(1);
              setQ(typed.trim());
            }}
          />
          <div className={`${css.side} no-print`}>
            <Card title={words.form.title} extra={<span className={css.small}>{words.form.noSignIn}</span>}>
              {notice.status === 'open' || notice.status === 'held' ? (
                <ObjectionForm
                  noticeId={noticeId}
                  listed={notice.listed}
                  send={(body) => api.call(routes.object, { params: { id: noticeId }, body })}
                />
              ) : (
                <Notice tone="info">{words.over}</Notice>
              )}
            </Card>
            <Card title={words.query.title}>
              <ObjectionQuery />
            </Card>
          </div>
        </div>
      )}
    </PublicFrame>
  );
}
