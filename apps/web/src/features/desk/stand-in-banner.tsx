import { Link } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { isWorkerOnly, useMe } from '../../shared/session/me.ts';
import { longDate } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Notice } from '../../shared/ui/states.tsx';
import css from './desk.module.css';

const words = text.substitutes.banner;
type Own = Reply<typeof routes.substitutions>;

/** Above 待办: for whom the reader stands in now, and who stands in for them. */
export function StandInBanner() {
  const officer = !isWorkerOnly(useMe());
  const own = useRoute(routes.substitutions, {}, { enabled: officer });
  const lines = own.data ? sentences(own.data) : [];
  if (lines.length === 0) return null;
  return (
    <div className={css.banner}>
      <Notice tone="info" extra={<Link to="/substitutes">{words.open}</Link>}>
        {lines.map((line) => (
          <div key={line}>{line}</div>
        ))}
      </Notice>
    </div>
  );
}

const sentences = ({ given, taken }: Own): string[] => [
  ...taken.filter(({ state }) => state === 'current').map(({ principal, toOn }) => words.taken(principal.name, longDate(toOn))),
  ...given.filter(({ state }) => state === 'current').map(({ substitute, toOn }) => words.given(substitute.name, longDate(toOn))),
];
