import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Session } from '../../../../libs/access/session.ts';
import type { Route } from '../../../../libs/domain/api/route.ts';
import type { routes, RouteId } from '../../../../libs/domain/api/routes.ts';
import type { Refusal } from '../../../../libs/domain/refusal.ts';
import type { Actor } from '../../../../libs/domain/roles.ts';

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Of<R extends Route, K extends keyof Route> = K extends keyof R ? Parsed<R[K]> : undefined;

/** A file as it was sent; its name and type are claims of the sender. */
export interface SentFile {
  name: string;
  type: string;
  bytes: Buffer;
}

/** A file to hand out; its type is the route's. */
export interface Download {
  name: string;
  bytes: Uint8Array;
}

/** A request that has passed the door: parsed by the route's schemas, with who acts, when, and from where (a keyed hash). */
export interface CallOf<R extends Route> {
  params: Of<R, 'params'>;
  query: Of<R, 'query'>;
  body: Of<R, 'body'>;
  fields: Of<R, 'upload'>;
  file: R extends { upload: unknown } ? SentFile : undefined;
  session: R extends { access: 'public' } ? Session | null : Session;
  /** For the desk's acts: who, when, from where, under which key of the request. */
  by: R extends { access: 'public' } ? null : { actor: Actor; at: Date; origin: string; requestKey?: string };
  at: Date;
  origin: string;
  /** For the session's cookie alone. */
  reply: FastifyReply;
}
export type Call<K extends RouteId> = CallOf<(typeof routes)[K]>;

/** What a handler answers: the response by the route's schema, or a refusal. */
export type AnswerOf<R extends Route> =
  | Refusal
  | (R extends { binary: string }
      ? Download
      : R extends { stream: string }
        ? Readable
        : R extends { response: infer S extends z.ZodType }
          ? z.input<S>
          : null);
