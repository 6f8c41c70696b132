import type { Tx } from '../db.ts';
import type { ProcessContract, StageContract } from '../domain/contract.ts';
import { dateOf, toDateColumn } from '../domain/dates.ts';
import { levelAbove, roleTitles, type Role } from '../domain/roles.ts';
import type { CaseState } from './state.ts';
import type { UnitsAbove } from './when.ts';

export interface Holder {
  accountId: string;
  chair: boolean;
}

/** Who a stage turns out to ask. `note` says in Chinese why it went to another level than the contract names. */
export type Asked =
  | { kind: 'person'; accountId: string; note: string | null }
  | { kind: 'group'; role: Role; unitCode: string; holders: string[]; note: string | null }
  | { kind: 'panel'; members: Holder[]; note: string | null };

/** Holders of a role in a unit on a day who may act at this stage of this case: separation of duty is applied before anyone is asked. */
async function eligible(tx: Tx, state: CaseState, contract: ProcessContract, stage: StageContract, role: Role, unitCode: string, at: Date): Promise<Holder[]> {
  const group = stage.fourEyes ? Object.entries(contract.stages).filter(([, other]) => other.fourEyes === stage.fourEyes && other !== stage).map(([name]) => name) : [];
  const starterBarred = stage.kind === 'opinion' || stage.kind === 'decision';
  const on = toDateColumn(dateOf(at));
  return tx.$queryRaw<Holder[]>`
    SELECT p.account_id AS "accountId", bool_or(coalesce(p.title, '') LIKE '%书记%') AS chair
    FROM post_held p JOIN account a ON a.id = p.account_id
    WHERE p.role = ${role} AND p.unit_code = ${unitCode} AND p.from_on <= ${on}::date AND (p.to_on IS NULL OR p.to_on >= ${on}::date) AND a.status <> 'disabled'
      AND p.account_id IS DISTINCT FROM ${state.subjectId}::uuid
      AND NOT (${starterBarred} AND p.account_id IS NOT DISTINCT FROM ${state.starterId}::uuid)
      AND NOT EXISTS (SELECT 1 FROM relative r WHERE r.account_id = p.account_id AND r.other_id = ${state.subjectId}::uuid)
      AND NOT EXISTS (SELECT 1 FROM task t WHERE t.case_id = ${state.id}::uuid AND t.answered_by_id = p.account_id AND t.stage = ANY(${group}::text[]))
    GROUP BY p.account_id ORDER BY chair DESC, p.account_id`;
}

/**
 * Resolves a stage's audience on the day. An audience that is empty or wholly barred, or a panel with too few left, goes to the level above at once,
 * and further up while nobody is there. Null when there is nobody at any level: an incident.
 */
export async function whoIsAsked(tx: Tx, state: CaseState, contract: ProcessContract, stage: StageContract, units: UnitsAbove, asks: readonly string[] | undefined, at: Date): Promise<Asked | null> {
  if ('subject' in stage.audience && state.subjectId) return { kind: 'person', accountId: state.subjectId, note: null };
  if ('named' in stage.audience && asks?.length === 1) return { kind: 'person', accountId: asks[0]!, note: null };
  if ('named' in stage.audience && asks && asks.length > 1) return { kind: 'panel', members: asks.map((accountId) => ({ accountId, chair: false })), note: null };
  let asked: { role: Role; unitCode: string | undefined } = 'role' in stage.audience ? { role: stage.audience.role, unitCode: units[stage.audience.level] } : { role: 'STREET_HR', unitCode: units.street };
  let note: string | null = 'role' in stage.audience ? null : 'subject' in stage.audience ? '当事人没有账号，由街道代为办理' : '没有指定办理人，由街道办理';
  for (let first = true; ; first = false) {
    const holders = asked.unitCode ? await eligible(tx, state, contract, stage, asked.role, asked.unitCode, at) : [];
    const panel = first && stage.panel && note === null;
    if (panel && holders.length >= (stage.panel!.minMembers ?? 1)) return { kind: 'panel', members: holders, note };
    if (!panel && holders.length > 0) return { kind: 'group', role: asked.role, unitCode: asked.unitCode!, holders: holders.map(({ accountId }) => accountId), note };
    const above = levelAbove[asked.role];
    if (!above) return null;
    note = `${roleTitles[asked.role]}没有可以办理的人员（空缺或应当回避），已报${roleTitles[above.role]}`;
    asked = { role: above.role, unitCode: units[above.level] };
  }
}
