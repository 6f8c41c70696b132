import { routes } from '../../../../../libs/domain/api/routes.ts';
import { api, setCsrfToken } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import { setServerTime } from '../time/clock.ts';
import type { Me } from './me.ts';

/** Under which the signed-in person is kept among what was read. */
export const SESSION = ['session'];
// Whether this browser has signed in before: without it, asking who is signed in would only fetch a refusal.
const MARK = 'miaopu.signed-in';

export const hasSignedIn = (): boolean => localStorage.getItem(MARK) !== null;
export const forgetSignedIn = (): void => localStorage.removeItem(MARK);

/** Takes up the session of whoever has just signed in. */
export function adopt(me: Me): Me {
  setCsrfToken(me.csrfToken);
  setServerTime(me.now);
  localStorage.setItem(MARK, '1');
  return me;
}

/** Who is signed in; null when nobody is. */
export async function whoAmI(signal: AbortSignal): Promise<Me | null> {
  if (!hasSignedIn()) return null;
  try {
    return adopt(await api.call(routes.whoAmI, {}, { signal }));
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}
