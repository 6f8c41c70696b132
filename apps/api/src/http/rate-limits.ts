import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Route } from '../../../../libs/domain/api/route.ts';
import { refuse } from '../../../../libs/domain/refusal.ts';
import { System } from '../system.ts';
import { Refused } from './problem.ts';

type Limiter = ReturnType<FastifyInstance['createRateLimit']>;

/** Requests a minute: by account once signed in, for a whole county sits behind one address; by address before that. */
@Injectable()
export class RateLimits {
  private readonly system: System;
  private account: Limiter | undefined;
  private stranger: Limiter | undefined;
  private feed: Limiter | undefined;
  private notices: Limiter | undefined;
  private objections: Limiter | undefined;

  constructor(system: System) {
    this.system = system;
  }

  /** Once the plugin is registered; before the first request. */
  arm(app: FastifyInstance): void {
    const { perAccount, signIn, feeds, notices, objections } = this.system.config.rates;
    this.account = app.createRateLimit({
      max: perAccount,
      timeWindow: 60_000,
      keyGenerator: (request) => request.session!.actor.accountId,
    });
    this.stranger = app.createRateLimit({ max: signIn, timeWindow: 60_000 });
    this.feed = app.createRateLimit({ max: feeds, timeWindow: 60_000 });
    this.notices = app.createRateLimit({ max: notices, timeWindow: 60_000 });
    this.objections = app.createRateLimit({ max: objections, timeWindow: 3_600_000 });
  }

  passAccount(request: FastifyRequest): Promise<true> {
    return pass(this.account!, request);
  }

  /** Reading public notices, and the few objections an hour, use up nothing of what signing in has. */
  passStranger(request: FastifyRequest, rate?: Route['rate']): Promise<true> {
    return pass(rate ? this[rate]! : this.stranger!, request);
  }

  /** Calendars that programs read by themselves; they do not use up what signing in has. */
  passFeed(request: FastifyRequest): Promise<true> {
    return pass(this.feed!, request);
  }
}

async function pass(limiter: Limiter, request: FastifyRequest): Promise<true> {
  const verdict = await limiter(request);
  if (!verdict.isAllowed && verdict.isExceeded)
    throw new Refused(refuse('TooManyRequests', { seconds: Math.max(1, verdict.ttlInSeconds) }));
  return true;
}
