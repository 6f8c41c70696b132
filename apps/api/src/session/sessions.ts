import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findSession, looksLikeToken, tokenHashOf, type Session } from '../../../../libs/access/session.ts';
import { dateOf } from '../../../../libs/domain/dates.ts';
import { System } from '../system.ts';

export const COOKIE = 'miaopu_session';
const KEEP_MS = 5_000;
const MOST_KEPT = 2_000;

interface Kept {
  session: Session;
  at: number;
  on: string;
}

/** Who a request's cookie belongs to. A found session is kept for five seconds, so that a page's dozen requests cost one round trip. */
@Injectable()
export class Sessions {
  private readonly system: System;
  private readonly kept = new Map<string, Kept>();

  constructor(system: System) {
    this.system = system;
  }

  async of(request: FastifyRequest): Promise<Session | null> {
    const token = request.cookies[COOKIE];
    if (!token || !looksLikeToken(token)) return null;
    const hash = tokenHashOf(token);
    const on = dateOf(request.at);
    const kept = this.kept.get(hash);
    if (kept && kept.on === on && request.at.getTime() - kept.at < KEEP_MS) return kept.session;
    const session = await findSession(this.system.db, hash, request.at, this.system.config.session);
    this.kept.delete(hash);
    if (session) this.keep(hash, { session, at: request.at.getTime(), on });
    return session;
  }

  forget(session: Session): void {
    this.kept.delete(session.tokenHash);
  }

  setCookie(reply: FastifyReply, token: string): void {
    const { https, session } = this.system.config;
    void reply.setCookie(COOKIE, token, { path: '/', httpOnly: true, sameSite: 'strict', secure: https, maxAge: session.hours * 3600 });
  }

  clearCookie(reply: FastifyReply): void {
    void reply.clearCookie(COOKIE, { path: '/' });
  }

  private keep(hash: string, kept: Kept): void {
    if (this.kept.size >= MOST_KEPT) this.kept.delete(this.kept.keys().next().value!);
    this.kept.set(hash, kept);
  }
}
