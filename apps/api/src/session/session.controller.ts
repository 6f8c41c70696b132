import { Controller } from '@nestjs/common';
import { activate } from '../../../../libs/access/activation.ts';
import { closeSession, type Session } from '../../../../libs/access/session.ts';
import { signIn } from '../../../../libs/access/sign-in.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { isRefusal } from '../../../../libs/domain/refusal.ts';
import { roleTitles } from '../../../../libs/domain/roles.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { Live } from '../live/live.ts';
import { System } from '../system.ts';
import { Sessions } from './sessions.ts';

/** Signing in and out, and who is signed in. */
@Controller()
export class SessionController {
  private readonly system: System;
  private readonly sessions: Sessions;
  private readonly live: Live;

  constructor(system: System, sessions: Sessions, live: Live) {
    this.live = live;
    this.system = system;
    this.sessions = sessions;
  }

  @Handles(routes.signIn)
  async signIn({ body, session, at, origin, reply }: Call<'signIn'>) {
    const { db, config } = this.system;
    const opened = await signIn(db, { ...body, at, origin, rules: config.session });
    if (isRefusal(opened)) return opened;
    if (session) await this.end(session);
    this.sessions.setCookie(reply, opened.token);
    return tellSession(opened, config.demo, at);
  }

  @Handles(routes.whoAmI)
  async whoAmI({ session, at }: Call<'whoAmI'>) {
    return tellSession(session, this.system.config.demo, at);
  }

  @Handles(routes.signOut)
  async signOut({ session, reply }: Call<'signOut'>) {
    await this.end(session);
    this.sessions.clearCookie(reply);
    return null;
  }

  @Handles(routes.activate)
  async activate({ body, at, origin }: Call<'activate'>) {
    return activate(this.system.db, { ...body, at, origin });
  }

  private async end(session: Session): Promise<void> {
    this.sessions.forget(session);
    await closeSession(this.system.db, session.tokenHash);
    this.live.signedOut(session.tokenHash);
  }
}

/** Who is signed in, as their page is told. `demo`: whether this is the demonstration. */
export function tellSession({ actor, csrfToken, demo }: Session, inDemo: boolean, at: Date) {
  const posts = actor.posts.map(({ role, title, unitCode, unitName }) => ({
    role,
    title: title ?? roleTitles[role],
    unit: { code: unitCode, name: unitName },
  }));
  return {
    accountId: actor.accountId,
    name: actor.name,
    personId: actor.personId,
    posts,
    rolesInStead: [...new Set(actor.standsInFor.flatMap((principal) => principal.posts.map(({ role }) => role)))],
    csrfToken,
    demo: demo && inDemo,
    now: at.toISOString(),
  };
}
