import type { z } from 'zod';
import type { Route } from '../../../../libs/domain/api/route.ts';
import { routes, type RouteId } from '../../../../libs/domain/api/routes.ts';
import type { Described } from './described.ts';
import { Listening } from './listening.ts';

type Of<K extends RouteId, P extends keyof Route> = P extends keyof (typeof routes)[K]
  ? (typeof routes)[K][P] extends z.ZodType
    ? z.input<(typeof routes)[K][P]>
    : never
  : never;
type Reply<K extends RouteId> = (typeof routes)[K] extends { response: infer S extends z.ZodType } ? z.output<S> : unknown;
type Optional<T> = [T] extends [never] ? undefined : T;

export interface Sent<K extends RouteId> {
  params?: Optional<Of<K, 'params'>>;
  query?: Optional<Of<K, 'query'>>;
  body?: Optional<Of<K, 'body'>>;
  file?: { name: string; bytes: Uint8Array<ArrayBuffer>; type?: string };
  fields?: Record<string, string>;
  key?: string;
}

export interface Answer<T = unknown> {
  status: number;
  headers: Headers;
  body: T;
  /** The problem's code, null for an answer that is none. */
  code: string | null;
}

const STREAM = 'text/event-stream';

/** The first piece of a stream that would not end by itself. */
async function firstOf(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body!.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new Uint8Array(value ?? []);
}

export interface RawRequest {
  headers?: Record<string, string>;
  body?: string | FormData | Uint8Array<ArrayBuffer>;
}

/** A browser as far as the API is concerned: keeps the cookie and sends the token back. Every answer is held to the OpenAPI document. */
export class ApiClient {
  readonly url: string;
  private readonly described: Described;
  cookie = '';
  csrfToken = '';

  constructor(url: string, described: Described) {
    this.url = url;
    this.described = described;
  }

  /** Sends a request as it is, hostile ones too. */
  async raw(method: string, path: string, { headers = {}, body }: RawRequest = {}): Promise<Answer> {
    const own: Record<string, string> = {
      ...(this.cookie && { cookie: this.cookie }),
      ...(this.csrfToken && method !== 'GET' && { 'x-csrf-token': this.csrfToken }),
      ...headers,
    };
    const response = await fetch(`${this.url}${path}`, { method, headers: own, redirect: 'manual', ...(body !== undefined && { body }) });
    const type = response.headers.get('content-type') ?? '';
    const bytes = type.startsWith(STREAM) ? await firstOf(response) : new Uint8Array(await response.arrayBuffer());
    const text = new TextDecoder().decode(bytes);
    const read: unknown = type.includes('json') ? JSON.parse(text) : type.startsWith('text/') || bytes.length === 0 ? text : bytes;
    for (const line of response.headers.getSetCookie()) this.cookie = line.startsWith('miaopu_session=;') ? '' : line.split(';')[0]!;
    const fault =
      path.startsWith('/api/') &&
      !path.startsWith('/api/docs') &&
      !path.startsWith('/api/openapi') &&
      method !== 'HEAD' &&
      method !== 'OPTIONS'
        ? this.described.fault(method, path, { status: response.status, type, body: read })
        : null;
    if (fault) throw new Error(fault);
    return { status: response.status, headers: response.headers, body: read, code: (read as { code?: string } | null)?.code ?? null };
  }

  /** Calls a route by its id. */
  async call<K extends RouteId>(id: K, { params, query, body, file, fields, key }: Sent<K> = {}): Promise<Answer<Reply<K>>> {
    const route: Route = routes[id];
    const path = route.path.replace(/:([^/]+)/g, (_, name: string) =>
      encodeURIComponent(String((params as Record<string, unknown> | undefined)?.[name])),
    );
    const search = query
      ? `?${new URLSearchParams(
          Object.entries(query as Record<string, unknown>)
            .filter(([, value]) => value !== undefined)
            .map(([name, value]): [string, string] => [name, String(value)]),
        ).toString()}`
      : '';
    const headers: Record<string, string> = {
      ...(key && { 'idempotency-key': key }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const sent = file ? form(file, fields) : body === undefined ? undefined : JSON.stringify(body);
    return (await this.raw(route.method, `${path}${search}`, { headers, ...(sent !== undefined && { body: sent }) })) as Answer<Reply<K>>;
  }

  /** The response, or an error with the problem that came instead. */
  async ok<K extends RouteId>(id: K, sent: Sent<K> = {}): Promise<Reply<K>> {
    const answer = await this.call(id, sent);
    if (answer.status >= 300) throw new Error(`${id}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Listens as an open page does; resolves when the server has said that it hears. */
  async listens(): Promise<Listening> {
    const response = await fetch(`${this.url}${routes.live.path}`, { headers: { cookie: this.cookie } });
    if (response.status !== 200) throw new Error(`live: ${response.status}`);
    const listening = new Listening(response);
    await listening.hears('look');
    return listening;
  }

  async signIn(userName: string, password: string): Promise<this> {
    const { csrfToken } = await this.ok('signIn', { body: { userName, password } });
    this.csrfToken = csrfToken;
    return this;
  }
}

function form(
  { name, bytes, type = 'application/octet-stream' }: NonNullable<Sent<RouteId>['file']>,
  fields: Record<string, string> = {},
): FormData {
  const data = new FormData();
  for (const [field, value] of Object.entries(fields)) data.append(field, value);
  data.append('file', new Blob([bytes], { type }), name);
  return data;
}
