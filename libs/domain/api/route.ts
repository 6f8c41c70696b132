import { z } from 'zod';
import type { RefusalCode } from '../refusal.ts';
import type { Role } from '../roles.ts';

/**
 * Who may call a route at all; the service then checks the unit and the thing itself.
 * `public`: no sign-in. `signedIn`: anyone with a session. `roles`: holders of one of these roles today, in whatever unit.
 */
export type RouteAccess = 'public' | 'signedIn' | { roles: readonly Role[] };

/** One route, described once: the controller, the OpenAPI document, the console's client and the access test all read this. */
export interface Route {
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `:name` parameters, e.g. /api/tasks/:id/answer */
  path: string;
  tag: string;
  summary: string;
  access: RouteAccess;
  /** Of a public route: which count of requests by address it uses up; that of signing in where it is not said. */
  rate?: 'notices' | 'objections';
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** The body is multipart/form-data with one `file` part; other fields by this schema. */
  upload?: z.ZodObject;
  /** JSON response; `binary` gives a media type instead. */
  response?: z.ZodType;
  binary?: string;
  /** What comes piece by piece for as long as somebody listens: a media type instead of a response. */
  stream?: string;
  status?: 200 | 201 | 202 | 204;
  refusals: readonly RefusalCode[];
}

export const route = <const R extends Route>(r: R): R => r;

export const id = z.uuid();
export const isoDate = z.iso.date().meta({ description: '日期，按北京时间' });
export const instant = z.iso.datetime({ offset: true });
export const byId = z.object({ id });
/** The name of a process, a stage or an event as a request gives it; never a word that every object answers to, such as `constructor`. */
export const named = z
  .string()
  .max(40)
  .refine((text) => !(text in Object.prototype), '没有这个名称');
/** Keyset paging: pass `next` of the page before as `after`. */
export const pageQuery = z.object({ after: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(100).default(20) });
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });

export const personRef = z.object({ accountId: id, name: z.string(), posts: z.string().meta({ description: '单位与职务，供显示' }) });
export const unitRef = z.object({ code: z.string(), name: z.string() });
/** `Idempotency-Key` header: the same key from the same account has one effect and one reply. */
export const idempotencyHeader = 'idempotency-key';

/** Every code a route can answer with: its own, and those of the door that it stands behind. */
export function everyRefusalOf(r: Route): RefusalCode[] {
  const changes = r.method !== 'GET';
  const door: (RefusalCode | false | undefined)[] = [
    'BadRequest',
    'TooManyRequests',
    r.access !== 'public' && 'NotSignedIn',
    r.access !== 'public' && changes && 'CsrfRefused',
    typeof r.access === 'object' && 'NotAllowed',
    changes && 'TooLarge',
    changes && 'WrongContentType',
    'Internal',
    'Unavailable',
  ];
  return [...new Set([...r.refusals, ...door.filter((code) => code !== false && code !== undefined)])];
}
