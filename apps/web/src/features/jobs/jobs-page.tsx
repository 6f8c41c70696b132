import { Link } from 'react-router';
import { formatMoment } from '../../../../../libs/domain/dates.ts';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { PublicFrame } from '../../shared/ui/public-frame.tsx';
import css from '../../shared/ui/public.module.css';
import { StatusTag, type StatusKind } from '../../shared/ui/status-tag.tsx';
import { ListState } from '../../shared/ui/states.tsx';

const words = text.jobs;
type Line = Reply<typeof routes.announcements>['items'][number];
const kinds: Record<Line['phase'], StatusKind> = { soon: 'awaits', open: 'notice', closed: 'closed', cancelled: 'stopped' };

export const PhaseTag = ({ phase }: { phase: Line['phase'] }) => <StatusTag kind={kinds[phase]}>{words.phase[phase]}</StatusTag>;
/** 报名 … 至 …; the end is the last minute of its day. */
export const registrationText = ({ registrationFrom, registrationTo }: Pick<Line, 'registrationFrom' | 'registrationTo'>): string =>
  words.registration(formatMoment(new Date(registrationFrom)), formatMoment(new Date(Date.parse(registrationTo) - 60_000)));

/** 招聘公告: what can be applied for, for anybody. */
export default function JobsPage() {
  const list = useRoute(routes.announcements, {});
  return (
    <PublicFrame title={words.title}>
      <div className={css.one}>
        <h1 className="sr-only">{words.title}</h1>
        <section className={css.list}>
          <ListState query={list} empty={list.data?.items.length === 0} emptyText={words.none}>
            {list.data?.items.map((line) => (
              <article key={line.id} className={css.item}>
                <h2>
                  <Link to={`/jobs/${line.id}`}>{line.title}</Link>
                </h2>
                <span>
                  <PhaseTag phase={line.phase} /> {words.places(line.posts, line.places)}
                </span>
                <span className={css.small}>
                  {[line.documentNo, line.issuer, registrationText(line)].filter(Boolean).join(text.common.dot)}
                </span>
              </article>
            ))}
          </ListState>
        </section>
      </div>
    </PublicFrame>
  );
}
