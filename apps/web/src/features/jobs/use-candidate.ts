import { useQuery, useQueryClient } from '@tanstack/react-query';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { api } from '../../shared/api/client.ts';
import { isCandidateOnly, type Me } from '../../shared/session/me.ts';
import { adopt, forgetSignedIn, SESSION, whoAmI } from '../../shared/session/session.ts';

/** Who is signed in on the public pages: a candidate, an office, or nobody. */
export function useCandidate() {
  const client = useQueryClient();
  const session = useQuery({ queryKey: SESSION, queryFn: ({ signal }) => whoAmI(signal), staleTime: 60_000 });
  const me = session.data ?? null;
  return {
    pending: session.isPending,
    candidate: me && isCandidateOnly(me) ? me : null,
    office: me && !isCandidateOnly(me) ? me : null,
    signedIn: (who: Me) => {
      client.setQueryData(SESSION, adopt(who));
      void client.invalidateQueries({ queryKey: [routes.ownApplications.id] });
    },
    signOut: async () => {
      await api.call(routes.signOut, {}).catch(() => undefined);
      forgetSignedIn();
      client.setQueryData(SESSION, null);
      client.removeQueries({ queryKey: [routes.ownApplications.id] });
    },
  };
}
