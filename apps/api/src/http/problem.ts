import { STATUS_CODES } from 'node:http';
import { refusalStatus, refusalText, refuse, type Refusal } from '../../../../libs/domain/refusal.ts';

export interface FieldFault {
  /** Where in the request: body.answer.opinion, query.limit. */
  path: string;
  message: string;
}

/** RFC 9457 document, the only form in which this API says no. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: FieldFault[];
  requestId: string;
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** Thrown inside the door only; rooms below return refusals. */
export class Refused extends Error {
  readonly refusal: Refusal;
  readonly errors: FieldFault[] | undefined;

  constructor(refusal: Refusal, errors?: FieldFault[]) {
    super(refusal.refused);
    this.refusal = refusal;
    this.errors = errors;
  }
}

export function problemOf(refusal: Refusal, requestId: string, errors?: FieldFault[]): Problem {
  const status = refusalStatus(refusal);
  return {
    type: `urn:miaopu:problem:${refusal.refused}`,
    title: STATUS_CODES[status] ?? String(status),
    status,
    code: refusal.refused,
    detail: refusalText(refusal),
    ...(errors && { errors }),
    requestId,
  };
}

interface FrameworkError {
  code?: string;
  statusCode?: number;
  status?: number;
  response?: { statusCode?: number };
}

/** What the framework and its plugins refuse by themselves, in the product's own codes. */
export function refusalOf(error: unknown, about: { limitMb: number; contentType?: string | undefined }): Refused {
  if (error instanceof Refused) return error;
  const { code, statusCode, status, response } = (error ?? {}) as FrameworkError;
  const http = statusCode ?? status ?? response?.statusCode ?? 500;
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || code === 'FST_INVALID_MULTIPART_CONTENT_TYPE' || http === 415) {
    return new Refused(refuse('WrongContentType', about.contentType ? { type: about.contentType.slice(0, 60) } : {}));
  }
  if (http === 413) return new Refused(refuse('TooLarge', { limitMb: about.limitMb }));
  if (http === 404) return new Refused(refuse('NotFound', { what: '这个地址' }));
  if (http === 503 || isAway(error)) return new Refused(refuse('Unavailable'));
  if (http >= 400 && http < 500) return new Refused(refuse('BadRequest', { detail: '请求的格式有误' }));
  return new Refused(refuse('Internal'));
}

const AWAY = [
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2037',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08006',
  '08001',
];

const AWAY_WORDS =
  /Can't reach database server|Connection terminated|DatabaseNotReachable|timeout exceeded when trying to connect|not queryable/;

/** What is read of an error, or of the plain object that a driver adapter keeps as its cause. */
interface Told {
  code?: unknown;
  originalCode?: unknown;
  kind?: unknown;
  message?: unknown;
  cause?: unknown;
  meta?: { driverAdapterError?: unknown };
}

/** Whether the database is out of reach, which passes, as against a fault of ours. */
export function isAway(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 4) return false;
  const { code, originalCode, kind, message, cause, meta } = error as Told;
  if ([code, originalCode].some((told) => AWAY.includes(String(told)))) return true;
  if ([kind, message].some((told) => AWAY_WORDS.test(String(told)))) return true;
  return isAway(cause, depth + 1) || isAway(meta?.driverAdapterError, depth + 1);
}
