import type { z } from 'zod';
import type { Db, Tx } from '../db.ts';
import { isMissingYear, workingDaysBetween, type Calendar } from '../domain/calendar.ts';
import type { StageContract } from '../domain/contract.ts';
import { dateOf } from '../domain/dates.ts';
import { roleTitles, type Role } from '../domain/roles.ts';

interface FieldMeta {
  widget?: string;
  title?: string;
  options?: Record<string, string> | string;
}

/** The Chinese of an answer's field and of its value, from the schema's own meta. */
export function fieldTitle(schema: z.ZodObject, field: string): string {
  return metaOf(schema, field)?.title ?? field;
}

export function valueTitle(schema: z.ZodObject, field: string, value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  const options = metaOf(schema, field)?.options;
  return (typeof options === 'object' ? options[String(value)] : undefined) ?? String(value);
}

/** What was written in a form's boxes: the text itself, or each under its title where there are several; null when there is nothing. */
export function writtenWords(schema: z.ZodObject, answer: Record<string, unknown>): string | null {
  const boxes = Object.keys(schema.shape).filter(
    (field) => metaOf(schema, field)?.widget === 'textarea' && valueTitle(schema, field, answer[field]),
  );
  const lines = boxes.map((field) => (boxes.length > 1 ? `${fieldTitle(schema, field)}：` : '') + String(answer[field]));
  return lines.length > 0 ? lines.join('\n') : null;
}

function metaOf(schema: z.ZodObject, field: string): FieldMeta | undefined {
  const shape = schema.shape as Record<string, z.ZodType | undefined>;
  const found = shape[field];
  if (!found) return undefined;
  const own = found.meta() as FieldMeta | undefined;
  const inner = (found as unknown as { unwrap?: () => z.ZodType }).unwrap?.().meta() as FieldMeta | undefined;
  return own ?? inner;
}

/** 合格: how a stage's verdict reads; null where the stage has none or it was not given. */
export const verdictTitle = (stage: StageContract | undefined, answer: Record<string, unknown> | null): string | null =>
  stage?.verdict && answer ? valueTitle(stage.answer, stage.verdict, answer[stage.verdict]) : null;

export interface DueWords {
  at: string | null;
  tentative: boolean;
  state: 'open' | 'soon' | 'overdue' | 'unknown' | 'held' | 'none';
  workingDaysLeft: number | null;
}

/** A due moment as lists show it: days left in working days (negative when overdue), `soon` when at most one is left; `held` while a hold keeps it open. */
export function dueWords(calendar: Calendar, dueAt: Date | null, tentative: boolean, at: Date, open: boolean, held = false): DueWords {
  if (!open) return { at: dueAt?.toISOString() ?? null, tentative, state: 'none', workingDaysLeft: null };
  if (!dueAt) return { at: null, tentative: false, state: held ? 'held' : 'unknown', workingDaysLeft: null };
  const left = workingDaysBetween(calendar, dateOf(at), dateOf(dueAt));
  const days = isMissingYear(left) ? null : left.days;
  const state = dueAt < at ? 'overdue' : days !== null && days <= 1 ? 'soon' : 'open';
  return { at: dueAt.toISOString(), tentative, state, workingDaysLeft: days };
}

export interface RecordedPost {
  role: string;
  unitCode?: string;
  unitName?: string;
  title?: string | null;
}

/** 锦江街道 党工委书记; a post without a title reads by its role. */
export const postWords = (posts: readonly RecordedPost[] | undefined, units: ReadonlyMap<string, string>): string =>
  (posts ?? [])
    .map((post) => `${post.unitName ?? units.get(post.unitCode ?? '') ?? ''} ${post.title ?? roleTitles[post.role as Role] ?? ''}`.trim())
    .join('、');

/** Names of units by code. */
export async function unitNames(db: Db | Tx, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.unit.findMany({ where: { code: { in: [...new Set(codes)] } }, select: { code: true, name: true } });
  return new Map(rows.map(({ code, name }) => [code, name]));
}
