import { createContext, useContext } from 'react';
import type { z } from 'zod';
import type { me } from '../../../../../libs/domain/api/session.ts';
import { administratorRoles, officerRoles, type Role } from '../../../../../libs/domain/roles.ts';

/** Who is signed in, and the posts held today. */
export type Me = z.infer<typeof me>;

export const MeContext = createContext<Me | null>(null);

/** The signed-in person; pages are only shown to one. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('no session above this component');
  return me;
}

export const holds = (me: Me, ...roles: readonly Role[]) => me.posts.some(({ role }) => roles.includes(role));

/** A community worker without any office: their pages are made for a phone. */
export const isWorkerOnly = (me: Me) => me.posts.every(({ role }) => role === 'WORKER' || role === 'CANDIDATE');

/** Applies for a post and is nothing else: their pages are the public ones. */
export const isCandidateOnly = (me: Me) => me.posts.length > 0 && me.posts.every(({ role }) => role === 'CANDIDATE');

/** Holds one of the three separated administrations: decides nothing and sees no case. */
export const isAdministrator = (me: Me) => holds(me, ...administratorRoles);

/** Has substitutes (代理) of their own to name, or arranges those of their unit. */
export const arrangesSubstitutes = (me: Me) => holds(me, 'SYSTEM_ADMIN') || holds(me, ...officerRoles);
