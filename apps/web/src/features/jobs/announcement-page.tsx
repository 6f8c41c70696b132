import { Button } from 'antd';
import { Link, useParams } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { PublicFrame } from '../../shared/ui/public-frame.tsx';
import css from '../../shared/ui/public.module.css';
import { Failed, Notice, Waiting } from '../../shared/ui/states.tsx';
import { AnnouncementPaper, type Announcement } from './announcement-paper.tsx';
import { CodeSignIn } from './code-sign-in.tsx';
import { RegistrationForm } from './registration-form.tsx';
import { useCandidate } from './use-candidate.ts';

const words = text.jobs.apply;

/** One announcement for anybody, with the form beside it. */
export default function AnnouncementPage() {
  const { announcementId = '' } = useParams();
  const found = useRoute(routes.announcement, { params: { id: announcementId } });
  return (
    <PublicFrame title={found.data?.title ?? text.jobs.title}>
      {found.isPending ? (
        <Waiting rows={12} />
      ) : !found.data ? (
        <div className={css.one}>
          <Failed error={found.error} />
        </div>
      ) : (
        <div className={css.columns}>
          <AnnouncementPaper announcement={found.data} />
          <div className={`${css.side} no-print`}>
            <Card title={words.title} extra={<span className={css.small}>{words.free}</span>}>
              <Apply announcement={found.data} />
            </Card>
          </div>
        </div>
      )}
    </PublicFrame>
  );
}

function Apply({ announcement }: { announcement: Announcement }) {
  const candidacy = useCandidate();
  const { candidate, office } = candidacy;
  const own = useRoute(routes.ownApplications, {}, { enabled: candidate !== null });
  if (announcement.phase === 'soon') return <Notice tone="info">{words.soon}</Notice>;
  if (announcement.phase !== 'open') return <Notice tone="info">{words.over}</Notice>;
  if (candidacy.pending || (candidate && own.isPending)) return <Waiting rows={4} />;
  if (office)
    return (
      <div className={css.form}>
        <Notice tone="info">{words.office}</Notice>
        <Button onClick={() => void candidacy.signOut()}>{words.signOut}</Button>
      </div>
    );
  if (!candidate)
    return (
      <div className={css.form}>
        <p className={css.small}>{words.intro}</p>
        <CodeSignIn onSignedIn={candidacy.signedIn} />
      </div>
    );
  const mine = own.data?.items.find(({ batchId }) => batchId === announcement.id);
  return (
    <div className={css.form}>
      <span className={css.small}>
        {words.signedInAs(candidate.name)}
        <Button type="link" size="small" onClick={() => void candidacy.signOut()}>
          {words.signOut}
        </Button>
      </span>
      {mine ? (
        <>
          <Notice tone="good">{words.done}</Notice>
          <Link to="/jobs/mine">{words.see}</Link>
        </>
      ) : (
        <RegistrationForm announcement={announcement} />
      )}
    </div>
  );
}
