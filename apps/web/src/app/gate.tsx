import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { Navigate } from 'react-router';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { api, whenSignedOut } from '../shared/api/client.ts';
import { sweepDrafts } from '../shared/form/drafts.ts';
import { isCandidateOnly, MeContext } from '../shared/session/me.ts';
import { adopt, forgetSignedIn, hasSignedIn, SESSION, whoAmI } from '../shared/session/session.ts';
import { Failed, Waiting } from '../shared/ui/states.tsx';
import { Shell } from './shell.tsx';

const SignInPage = lazy(() => import('../features/session/sign-in-page.tsx'));

/**
 * Lets the signed-in through to the page they asked for. When a session ends, the sign-in form takes the page's place under
 * the same address, so that signing in leads straight back; what was typed is in its draft.
 */
export function Gate() {
  const client = useQueryClient();
  const session = useQuery({ queryKey: SESSION, queryFn: ({ signal }) => whoAmI(signal), staleTime: 60_000 });

  useEffect(() => {
    sweepDrafts();
    whenSignedOut(() => {
      if (client.getQueryData(SESSION)) client.setQueryData(SESSION, null);
    });
  }, [client]);

  if (session.isPending) return <Waiting />;
  if (session.error && !session.data) return <Failed error={session.error} retry={() => void session.refetch()} />;
  if (!session.data) {
    const expired = hasSignedIn();
    return (
      <Suspense fallback={<Waiting />}>
        <SignInPage expired={expired} onSignedIn={(me) => client.setQueryData(SESSION, adopt(me))} />
      </Suspense>
    );
  }
  if (isCandidateOnly(session.data)) return <Navigate to="/jobs/mine" replace />;
  const signOut = async () => {
    await api.call(routes.signOut, {}).catch(() => undefined);
    forgetSignedIn();
    client.clear();
    client.setQueryData(SESSION, null);
  };
  return (
    <MeContext value={session.data}>
      <Shell onSignOut={() => void signOut()} />
    </MeContext>
  );
}
