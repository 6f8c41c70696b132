import { useParams, useSearchParams } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { Failed, Waiting } from '../../shared/ui/states.tsx';
import { Career } from './career.tsx';
import { CasesCard, ChangesCard, CurrentCard, ViewsCard } from './person-cards.tsx';
import { PersonHeader } from './person-header.tsx';
import { RatingsCard } from './ratings-card.tsx';
import css from './person.module.css';

export type Person = Reply<typeof routes.person>;

/** 个人: the file as it stood on a day, each fact with its ground, and who has looked at it. */
export default function PersonPage() {
  const { personId = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const on = search.get('on') ?? undefined;
  // Not asked again by itself: each look at a file is a ledger entry.
  const person = useRoute(routes.person, { params: { id: personId }, query: { on } }, { keep: true });
  if (person.isPending) return <Waiting rows={12} />;
  if (!person.data) return <Failed error={person.error} retry={() => void person.refetch()} />;
  return (
    <div className={css.page}>
      <PersonHeader person={person.data} onDay={(day) => setSearch(day ? { on: day } : {}, { replace: true })} />
      {person.error && <Failed error={person.error} />}
      <div className={css.columns}>
        <Career person={person.data} />
        <div className={css.stack}>
          <CurrentCard person={person.data} />
          <RatingsCard person={person.data} />
          <ChangesCard person={person.data} />
        </div>
        <div className={css.stack}>
          <CasesCard person={person.data} />
          <ViewsCard person={person.data} />
        </div>
      </div>
    </div>
  );
}
