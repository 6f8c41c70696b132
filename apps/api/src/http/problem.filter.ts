import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { openIncident } from '../../../../libs/desk/incidents.ts';
import { dateOf } from '../../../../libs/domain/dates.ts';
import { refuse } from '../../../../libs/domain/refusal.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import type { Route } from '../../../../libs/domain/api/route.ts';
import { System } from '../system.ts';
import { isAway, problemOf, PROBLEM_TYPE, refusalOf, Refused } from './problem.ts';
import { wantsPage } from './pages.ts';

const shapes = Object.values(routes as Record<string, Route>).map(({ method, path }) => ({
  method,
  like: new RegExp(`^${path.replace(/:[^/]+/g, '[^/]+')}$`),
}));

/** The one place where anything that went wrong becomes an answer. Faults of ours are logged with the request's id and told without their inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly system: System;

  constructor(system: System) {
    this.system = system;
  }

  catch(error: unknown, host: ArgumentsHost): unknown {
    const http = host.switchToHttp();
    return sendProblem(this.system, error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

export function sendProblem(system: System, error: unknown, request: FastifyRequest, reply: FastifyReply): unknown {
  const limitMb = String(request.headers['content-type']).startsWith('multipart/') ? system.config.uploadLimitMb : 1;
  let { refusal, errors } = refusalOf(error, { limitMb, contentType: request.headers['content-type'] });
  if (refusal.refused === 'NotFound' && !(error instanceof Refused)) {
    if (wantsPage(request, system.config.webDist)) return reply.header('cache-control', 'no-cache').sendFile('index.html');
    const allowed = methodsAt(request.url.split('?')[0]!);
    if (allowed.length > 0 && !allowed.includes(request.method)) {
      refusal = refuse('WrongMethod', { method: request.method, allowed: allowed.join('、') });
      void reply.header('allow', allowed.join(', '));
    }
  }
  if (refusal.refused === 'Internal') {
    request.log.error({ err: error }, 'A fault of ours');
    void raise(system, error, request);
  }
  if (refusal.refused === 'Unavailable') request.log.warn('The database is out of reach');
  if (reply.sent) return undefined;
  // Where the router itself refuses, no hook of ours runs.
  void reply.header('x-request-id', request.id);
  if (refusal.params.seconds !== undefined) void reply.header('retry-after', String(refusal.params.seconds));
  const problem = problemOf(refusal, request.id, errors);
  return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
}

const methodsAt = (path: string): string[] => [...new Set(shapes.filter(({ like }) => like.test(path)).map(({ method }) => method))];

/** A fault of ours becomes an incident, one a day for each kind and place; the answer does not wait for it. */
async function raise({ db, now }: System, error: unknown, request: FastifyRequest): Promise<void> {
  const place = `${request.method} ${request.routeOptions.url ?? ''}`;
  const kind = error instanceof Error ? error.name : 'unknown';
  const at = now();
  try {
    await db.$transaction((tx) =>
      openIncident(tx, {
        key: `fault/${place}/${kind}/${dateOf(at)}`,
        kind: 'Fault',
        caseId: null,
        unitCode: null,
        detail: { place, kind },
        at,
      }),
    );
  } catch (failure) {
    request.log[isAway(failure) ? 'warn' : 'error']({ err: failure }, 'The fault could not be written down');
  }
}
