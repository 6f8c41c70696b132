import type { z } from 'zod';
import { idempotencyHeader, type Route } from '../../../../../libs/domain/api/route.ts';
import { connection } from './connection.ts';
import { Problem, problemFrom, unreachable } from './problem.ts';

type Given<R, K extends string, Name extends string, Optional extends boolean> = K extends keyof R
  ? R[K] extends z.ZodType
    ? Optional extends true
      ? Partial<Record<Name, z.input<R[K]>>>
      : Record<Name, z.input<R[K]>>
    : unknown
  : unknown;

/** What a call of the route takes: its parameters and body as the route's own schemas say, and the file where it takes one. */
export type Args<R extends Route> = Given<R, 'params', 'params', false> &
  Given<R, 'query', 'query', true> &
  Given<R, 'body', 'body', false> &
  (R extends { upload: infer U extends z.ZodType } ? { file: File; fields?: z.input<U> } : unknown);

/** What it answers: the parsed JSON, a file, or nothing. */
export type Reply<R extends Route> = R extends { response: infer S extends z.ZodType }
  ? z.output<S>
  : R extends { binary: string }
    ? Blob
    : undefined;

export interface CallOptions {
  signal?: AbortSignal;
  /** The act's key: the same key sent twice has one effect. Made anew when not given. */
  key?: string;
}

interface Loose {
  params?: Record<string, string | number>;
  query?: Record<string, unknown>;
  body?: unknown;
  file?: File;
  fields?: Record<string, unknown>;
}

let csrfToken = '';
/** The session's token, which every act carries (see the session feature). */
export function setCsrfToken(token: string): void {
  csrfToken = token;
}

let onSignedOut: () => void = () => {};
/** Told when the server says that nobody is signed in any more. */
export function whenSignedOut(tell: () => void): void {
  onSignedOut = tell;
}

/** A key for one act. `crypto.randomUUID` exists on https only, and county intranets often speak http. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The address of a call, for links that the browser itself follows (downloads). */
export function addressOf<R extends Route>(route: R, args: Args<R>): string {
  const { params = {}, query = {} } = args as Loose;
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '' && value !== null) search.set(name, String(value));
  return search.size > 0 ? `${path}?${search.toString()}` : path;
}

function bodyOf({ body, file, fields }: Loose): { body?: BodyInit; type?: string } {
  if (file) {
    const form = new FormData();
    // fields first: the server reads the parts in order and streams the file
    for (const [name, value] of Object.entries(fields ?? {})) if (value !== undefined) form.append(name, String(value));
    form.append('file', file, file.name);
    return { body: form };
  }
  return body === undefined ? {} : { body: JSON.stringify(body), type: 'application/json' };
}

function headersOf(route: Route, type: string | undefined, key: string | undefined): Headers {
  const headers = new Headers({ accept: route.binary ?? 'application/json' });
  if (type) headers.set('content-type', type);
  if (route.method !== 'GET') {
    headers.set('x-csrf-token', csrfToken);
    headers.set(idempotencyHeader, key ?? newKey());
  }
  return headers;
}

/** Calls a route of the one list. A refusal or a failure is thrown as a `Problem` with the sentence that the person is shown. */
async function call<R extends Route>(route: R, args: Args<R>, { signal, key }: CallOptions = {}): Promise<Reply<R>> {
  const { body, type } = bodyOf(args as Loose);
  let response: Response;
  try {
    response = await fetch(addressOf(route, args), {
      method: route.method,
      body,
      headers: headersOf(route, type, key),
      credentials: 'same-origin',
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    connection.lost();
    throw unreachable();
  }
  connection.made();
  if (!response.ok) throw await refusalOf(response, route);
  if (response.status === 204) return undefined as Reply<R>;
  return (await (route.binary ? response.blob() : response.json())) as Reply<R>;
}

async function refusalOf(response: Response, route: Route): Promise<Problem> {
  const problem = problemFrom(response.status, await response.json().catch(() => null));
  if (response.status === 401 && route.access !== 'public') onSignedOut();
  return problem;
}

/** The one client of the console. */
export const api = { call };
