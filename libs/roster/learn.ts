import { recordedActor } from '../access/actor.ts';
import type { Tx } from '../db.ts';
import { certificates, educations, normaliseText, politicalStatuses, postTitles } from '../domain/person-words.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { codesOf, isWithin } from '../domain/unit.ts';
import { append } from '../ledger/append.ts';
import { unitByCode, unitPath } from '../units/units.ts';
import type { ImportAct } from './act.ts';
import { headerKey, readField } from '../workbooks/fields.ts';
import type { Synonym } from '../workbooks/synonyms.ts';
import type { SynonymKind } from '../workbooks/verdict.ts';

/** The spellings that count for an officer: those taught in their units, above them and below. */
export async function synonymsFor(tx: Tx, withinPath: string): Promise<Synonym[]> {
  const rows = await tx.$queryRaw<Synonym[]>`
    SELECT s.kind, s.scope_code AS "scopeCode", s.written, s.meaning FROM import_synonym s LEFT JOIN unit u ON u.code = s.scope_code
    WHERE s.scope_code = '' OR u.path LIKE ${`${withinPath}%`} OR ${withinPath} LIKE u.path || '%'`;
  return rows;
}

const TERMS: Partial<Record<SynonymKind, readonly string[]>> = {
  postTitle: postTitles,
  education: educations,
  certificate: certificates,
  politicalStatus: politicalStatuses,
};
const LEVELS: readonly string[] = ['county', 'street', 'community'];

/**
 * Remembers a spelling. Its meaning must be a field, a term or a unit that exists. It counts in the officer's own units only: below the unit
 * it was written in, and never above their scope. Teaching it again replaces what was taught.
 */
export async function learn(tx: Tx, act: ImportAct, synonym: Synonym): Promise<Refusal | Synonym> {
  const { kind, meaning } = synonym;
  const written = kind === 'header' ? headerKey(synonym.written) : normaliseText(synonym.written);
  const scopeCode = synonym.scopeCode || (codesOf(act.withinPath).at(-1) ?? '');
  const scope = await unitPath(tx, scopeCode);
  if (!scope || !isWithin(scope, act.withinPath) || written === '') return refuse('BadRequest', { detail: '适用的单位不在您的管理范围' });
  if (!(await means(tx, kind, meaning, scope))) return refuse('BadRequest', { detail: `没有“${meaning}”这个含义` });
  const row = { kind, scopeCode, written };
  const taught = { meaning, taughtBy: act.actor.accountId, taughtAt: act.at };
  await tx.importSynonym.upsert({ where: { kind_scopeCode_written: row }, create: { ...row, ...taught }, update: taught });
  const { actor, at, origin = null } = act;
  await append(tx, {
    chain: `account:${actor.accountId}`,
    verb: 'roster.teach',
    accepted: true,
    at,
    actor: recordedActor(actor),
    origin,
    detail: { ...row, meaning },
  });
  return { ...row, meaning };
}

async function means(tx: Tx, kind: SynonymKind, meaning: string, scope: string): Promise<boolean> {
  if (kind === 'header') return readField(meaning) !== null;
  if (!LEVELS.includes(kind)) return TERMS[kind]?.includes(meaning) ?? false;
  const unit = await unitByCode(tx, meaning);
  return unit?.level === kind && isWithin(unit.path, scope);
}
