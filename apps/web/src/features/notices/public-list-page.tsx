import { Link } from 'react-router';
import { dateOf } from '../../../../../libs/domain/dates.ts';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { dayText } from '../../shared/time/due.ts';
import { Card } from '../../shared/ui/card.tsx';
import { ListState } from '../../shared/ui/states.tsx';
import { ObjectionQuery } from './objection-query.tsx';
import { endText, NoticeTag } from './notice-state.tsx';
import css from '../../shared/ui/public.module.css';
import { PublicFrame } from '../../shared/ui/public-frame.tsx';

const words = text.notices;

/** 公示公告: what stands now, and what has closed lately. */
export default function PublicListPage() {
  const list = useRoute(routes.publicNotices, {});
  const now = list.data ? new Date(list.data.now) : serverNow();
  return (
    <PublicFrame title={words.publicTitle}>
      <div className={css.columns}>
        <section className={css.list}>
          <h1 className="sr-only">{words.publicTitle}</h1>
          <ListState query={list} empty={list.data?.items.length === 0} emptyText={words.none}>
            {list.data?.items.map((head) => (
              <article key={head.id} className={css.item}>
                <h2>
                  <Link to={`/public/${head.id}`}>{head.title}</Link>
                </h2>
                <span>
                  <NoticeTag status={head.status} /> {endText(head, now)}
                </span>
                <span className={css.small}>
                  {[
                    head.documentNo,
                    head.issuer,
                    words.posted(dayText(dateOf(new Date(head.postedAt)), now)),
                    words.count(head.listed),
                  ].join(text.common.dot)}
                </span>
              </article>
            ))}
          </ListState>
        </section>
        <Card title={words.query.title}>
          <ObjectionQuery />
        </Card>
      </div>
    </PublicFrame>
  );
}
