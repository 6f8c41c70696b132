import { serverNow } from '../time/clock.ts';
import type { Values } from './model.ts';

/** What was typed and not yet sent, kept in this browser under the account's own name. */
export interface Draft {
  values: Values;
  at: string;
}

const PREFIX = 'miaopu.draft.';
const KEEP_DAYS = 30;
export const draftKey = (accountId: string, what: string) => `${PREFIX}${accountId}.${what}`;

export function readDraft(key: string): Draft | null {
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? 'null') as Draft | null;
    return draft && typeof draft.values === 'object' ? draft : null;
  } catch {
    return null; // a draft that cannot be read is no draft
  }
}

/** The moment it was kept, or null where the browser keeps nothing (private windows, full storage). */
export function keepDraft(key: string, values: Values): string | null {
  const at = serverNow().toISOString();
  try {
    localStorage.setItem(key, JSON.stringify({ values, at }));
    return at;
  } catch {
    return null;
  }
}

export function dropDraft(key: string): void {
  localStorage.removeItem(key);
}

/** Drafts of things long done do not pile up on a shared computer. */
export function sweepDrafts(now = serverNow()): void {
  const oldest = now.getTime() - KEEP_DAYS * 86_400_000;
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && Date.parse(readDraft(key)?.at ?? '') < oldest) localStorage.removeItem(key);
  }
}
