import { text } from '../text/zh-CN.ts';

/** Where a request did not fit: `body.answer.opinion`, and what to write instead. */
export interface FieldFault {
  path: string;
  message: string;
}

/** A refused or failed request, as an error with the sentence that the person reads. `code` is the refusal's stable code. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly faults: readonly FieldFault[];

  constructor(status: number, code: string, sentence: string, faults: readonly FieldFault[] = []) {
    super(sentence);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.faults = faults;
  }
}

/** No answer at all: what was typed is safe, and asking again is safe because the act keeps its key. */
export const unreachable = () => new Problem(0, 'Unreachable', text.problem.unreachable);

/** Reads problem+json (RFC 9457); the sentence is the server's own, since refusals are worded once. */
export function problemFrom(status: number, body: unknown): Problem {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const sentence = typeof given.detail === 'string' && given.detail !== '' ? given.detail : text.problem.unknown(status);
  return new Problem(status, typeof given.code === 'string' ? given.code : 'Unknown', sentence, faultsOf(given.errors));
}

function faultsOf(given: unknown): FieldFault[] {
  if (!Array.isArray(given)) return [];
  return given.flatMap((fault: { path?: unknown; message?: unknown }) => {
    return typeof fault.path === 'string' && typeof fault.message === 'string' ? [{ path: fault.path, message: fault.message }] : [];
  });
}

/** The faults under one part of the request, by field. */
export function faultsUnder(error: unknown, part: string): Record<string, string> {
  if (!(error instanceof Problem)) return {};
  const under = error.faults.filter(({ path }) => path.startsWith(`${part}.`));
  return Object.fromEntries(under.map(({ path, message }) => [path.slice(part.length + 1).split('.')[0] ?? '', message]));
}

/** Whether asking again unchanged may help. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Problem && (error.status === 0 || error.status === 503 || error.status === 502);

export const sentenceOf = (error: unknown): string => (error instanceof Problem ? error.message : text.problem.unknown(0));
