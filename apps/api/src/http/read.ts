import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { idempotencyHeader, type Route } from '../../../../libs/domain/api/route.ts';
import { refuse } from '../../../../libs/domain/refusal.ts';
import type { SentFile } from './call.ts';
import { Refused, type FieldFault } from './problem.ts';

const DEEPEST = 32;

/** What no schema says and no database takes: the character NUL, half a surrogate pair, nesting without end. */
function unfit(value: unknown, path: string, depth = 0): FieldFault | null {
  if (typeof value === 'string')
    return value.includes('\0') || /\p{Surrogate}/u.test(value) ? { path, message: '含有不能保存的字符' } : null;
  if (typeof value !== 'object' || value === null) return null;
  if (depth >= DEEPEST) return { path, message: '层级太深' };
  for (const [key, inner] of Object.entries(value)) {
    const found = unfit(key, path) ?? unfit(inner, `${path}.${key}`, depth + 1);
    if (found) return found;
  }
  return null;
}

const faultsOf = (error: z.ZodError, part: string): FieldFault[] =>
  error.issues.slice(0, 50).map((issue) => ({ path: [part, ...issue.path.map(String)].join('.'), message: issue.message }));

const words: Record<string, string> = { params: '地址', query: '查询条件', body: '内容', fields: '表单', headers: '请求头' };

/** Parses the parts of a request by the route's schemas; every fault of every part is told at once, by its path. */
export function parseParts(route: Route, parts: Record<'params' | 'query' | 'body' | 'fields', unknown>): Record<string, unknown> {
  const parsed: Record<string, unknown> = {};
  const faults: FieldFault[] = [];
  for (const [part, schema] of [
    ['params', route.params],
    ['query', route.query],
    ['body', route.body],
    ['fields', route.upload],
  ] as const) {
    if (!schema) continue;
    const fault = unfit(parts[part], part);
    if (fault) {
      faults.push(fault);
      continue;
    }
    const result = schema.safeParse(parts[part] ?? (part === 'body' ? undefined : {}));
    if (result.success) parsed[part] = result.data;
    else faults.push(...faultsOf(result.error, part));
  }
  if (faults.length > 0) throw badRequest(faults);
  return parsed;
}

function badRequest(faults: FieldFault[]): Refused {
  const first = faults[0]!;
  const where = first.path.replace(/^(params|query|body|fields|headers)(?:\.|$)/, (_, part: string) => `${words[part]} `).trim();
  return new Refused(refuse('BadRequest', { detail: `${where}：${first.message}`.slice(0, 200) }), faults);
}

/** The one file of a multipart body with its other fields. */
export async function readUpload(request: FastifyRequest): Promise<{ file: SentFile; fields: Record<string, string> }> {
  if (!request.isMultipart()) throw new Refused(refuse('WrongContentType', { accepted: 'multipart/form-data' }));
  const { file, fields } = await readForm(request).catch(asBroken);
  if (!file) throw badRequest([{ path: 'body.file', message: '没有收到文件' }]);
  const fault = unfit(file.name, 'body.file');
  if (fault) throw badRequest([fault]);
  return { file, fields };
}

async function readForm(request: FastifyRequest): Promise<{ file: SentFile | null; fields: Record<string, string> }> {
  let file: SentFile | null = null;
  const fields: Record<string, string> = {};
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      const bytes = await part.toBuffer();
      if (part.fieldname === 'file') file = { name: part.filename ?? 'file', type: part.mimetype, bytes };
    } else if (typeof part.value === 'string') {
      fields[part.fieldname] = part.value;
    }
  }
  return { file, fields };
}

/** What the parser has no code for is a form that was cut short or has no boundary. */
function asBroken(error: Error & { statusCode?: number }): never {
  throw error.statusCode ? error : badRequest([{ path: 'body', message: '表单不完整或格式有误' }]);
}

/** The key under which the same request sent twice has one effect. */
export function requestKeyOf(request: FastifyRequest): string | undefined {
  const key = request.headers[idempotencyHeader];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,100}$/.test(key))
    throw badRequest([{ path: `headers.${idempotencyHeader}`, message: '应为 1–100 个可见字符' }]);
  return key;
}
