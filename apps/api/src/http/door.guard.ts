import { timingSafeEqual } from 'node:crypto';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { holds } from '../../../../libs/access/permission.ts';
import { recordRefusal } from '../../../../libs/access/records.ts';
import type { Session } from '../../../../libs/access/session.ts';
import type { Route } from '../../../../libs/domain/api/route.ts';
import { refuse } from '../../../../libs/domain/refusal.ts';
import { keyed } from '../../../../libs/ledger/keys.ts';
import { Sessions } from '../session/sessions.ts';
import { System } from '../system.ts';
import { ROUTE } from './handles.ts';
import { Refused } from './problem.ts';
import { RateLimits } from './rate-limits.ts';

declare module 'fastify' {
  interface FastifyRequest {
    session: Session | null;
    /** When the request came in, by this process's clock: the time of whatever it does. */
    at: Date;
    /** Keyed hash of the address it came from. */
    origin: string;
  }
}

/** The door, in this order: session, CSRF token, rate limit, role. What a session is refused by role enters the ledger. */
@Injectable()
export class DoorGuard implements CanActivate {
  private readonly reflector: Reflector;
  private readonly system: System;
  private readonly sessions: Sessions;
  private readonly limits: RateLimits;

  constructor(reflector: Reflector, system: System, sessions: Sessions, limits: RateLimits) {
    this.reflector = reflector;
    this.system = system;
    this.sessions = sessions;
    this.limits = limits;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const route = this.reflector.get<Route | undefined>(ROUTE, context.getHandler());
    if (!route) return true;
    request.at = this.system.now();
    request.origin = keyed(this.system.keys, request.ip);
    request.session = await this.sessions.of(request);
    if (route.access === 'public') return this.limits.passStranger(request, route.rate);
    if (!request.session) throw new Refused(refuse('NotSignedIn'));
    if (route.method !== 'GET' && !sameToken(request.headers['x-csrf-token'], request.session.csrfToken))
      throw new Refused(refuse('CsrfRefused'));
    await this.limits.passAccount(request);
    if (route.access !== 'signedIn' && !holds(request.session.actor, route.access.roles)) {
      const refusal = refuse('NotAllowed', { what: route.summary });
      await recordRefusal(
        this.system.db,
        { actor: request.session.actor, at: request.at, origin: request.origin },
        `door.${route.id}`,
        refusal,
      );
      throw new Refused(refusal);
    }
    return true;
  }
}

function sameToken(sent: string | string[] | undefined, own: string): boolean {
  if (typeof sent !== 'string' || Buffer.byteLength(sent) !== Buffer.byteLength(own)) return false;
  return timingSafeEqual(Buffer.from(sent), Buffer.from(own));
}
