import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { api, setCsrfToken, whenSignedOut } from '../shared/api/client.ts';
import { Problem } from '../shared/api/problem.ts';
import { sweepDrafts } from '../shared/form/drafts.ts';
import { MeContext, type Me } from '../shared/session/me.ts';
import { setServerTime } from '../shared/time/clock.ts';
import { Failed, Waiting } from '../shared/ui/states.tsx';
import { Shell } from './shell.tsx';

const SignInPage = lazy(() => import('../features/session/sign-in-page.tsx'));
const SESSION = ['session'];
// Whether this browser has signed in before: without it, asking who is signed in would only fetch a refusal.
const MARK = 'miaopu.signed-in';

function adopt(me: Me): Me {
  setCsrfToken(me.csrfToken);
  setServerTime(me.now);
  localStorage.setItem(MARK, '1');
  return me;
}

async function whoAmI(signal: AbortSignal): Promise<Me | null> {
  if (!localStorage.getItem(MARK)) return null;
  try {
    return adopt(await api.call(routes.whoAmI, {}, { signal }));
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

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
    const expired = localStorage.getItem(MARK) !== null;
    return (
      <Suspense fallback={<Waiting />}>
        <SignInPage expired={expired} onSignedIn={(me) => client.setQueryData(SESSION, adopt(me))} />
      </Suspense>
    );
  }
  const signOut = async () => {
    await api.call(routes.signOut, {}).catch(() => undefined);
    localStorage.removeItem(MARK);
    client.clear();
    client.setQueryData(SESSION, null);
  };
  return (
    <MeContext value={session.data}>
      <Shell onSignOut={() => void signOut()} />
    </MeContext>
  );
}
