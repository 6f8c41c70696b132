import type { Db, Tx } from '../db.ts';
import type { ProcessContract } from '../domain/contract.ts';
import { formatMoment } from '../domain/dates.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { administratorRoles, roleTitles, type Actor, type Role } from '../domain/roles.ts';
import { endedHow } from './may.ts';
import { principalWho } from './seat.ts';
import type { CaseState } from './state.ts';
import { unitsAbove } from './when.ts';

/** Who may cancel (撤销) a case: the county's organisation department and its human resources bureau. */
const CANCELLERS: readonly Role[] = ['COUNTY_ORG', 'COUNTY_HR'];

const holdsAtCounty = async (db: Db | Tx, unitCode: string, actor: Actor, roles: readonly Role[]): Promise<boolean> => {
  const { county } = await unitsAbove(db as Tx, unitCode);
  return actor.posts.some((post) => post.unitCode === county && roles.includes(post.role));
};

/** 流程主管部门: whoever may start the process, at the case's own county. */
export const ownsProcess = (
  db: Db | Tx,
  { startedBy }: Pick<ProcessContract, 'startedBy'>,
  { unitCode }: Pick<CaseState, 'unitCode'>,
  actor: Actor,
): Promise<boolean> => holdsAtCounty(db, unitCode, actor, startedBy);

/**
 * Whether the actor may decide about the case itself, as its county: never an administrator, nor anyone whom separation of duty bars. Refuses
 * `AdministratorDecidesNothing`, `NotProcessOwner`, `OwnCase`, `Relative`, `Recused`, `CaseEnded`.
 */
async function mayGovern(db: Db | Tx, state: CaseState, actor: Actor, verb: string, roles: readonly Role[]): Promise<Refusal | null> {
  if (actor.posts.some(({ role }) => administratorRoles.includes(role))) return refuse('AdministratorDecidesNothing');
  if (!(await holdsAtCounty(db, state.unitCode, actor, roles)))
    return refuse('NotProcessOwner', { verb, who: roles.map((role) => roleTitles[role]).join('、') });
  if (actor.accountId === state.subjectId) return refuse('OwnCase', { unit: actor.posts[0]?.unitName ?? '本单位' });
  const [bars] = await db.$queryRaw<{ relative: boolean; recused: boolean }[]>`
    SELECT EXISTS (SELECT FROM relative WHERE account_id = ${actor.accountId}::uuid AND other_id = ${state.subjectId}::uuid) AS relative,
      EXISTS (SELECT FROM recusal WHERE case_id = ${state.id}::uuid AND account_id = ${actor.accountId}::uuid) AS recused`;
  if (bars!.relative) return refuse('Relative');
  if (bars!.recused) return refuse('Recused');
  return state.status === 'running' ? null : refuse('CaseEnded', { how: endedHow(state) });
}

/** 挂起 / 恢复: by the process owner. `NotHeld` or `AlreadyHeld` when there is nothing to do. */
export async function mayHold(
  db: Db | Tx,
  contract: ProcessContract,
  state: CaseState,
  actor: Actor,
  verb: '挂起' | '恢复',
): Promise<Refusal | null> {
  const refusal = await mayGovern(db, state, actor, verb, contract.startedBy);
  if (refusal) return refusal;
  if (verb === '恢复') return state.heldAt ? null : refuse('NotHeld');
  return state.heldAt ? refuse('AlreadyHeld', { since: formatMoment(state.heldAt) }) : null;
}

/**
 * 撤回: by the starter, or one who stands in for them, and by the process owner where a rule or another case started it; before the case takes effect, and
 * never where another case waits for how it ends. `starterName`: as far as the actor may know it.
 */
export async function mayWithdraw(
  db: Db | Tx,
  { caused, title, startedBy }: Pick<ProcessContract, 'caused' | 'title' | 'startedBy'>,
  state: CaseState,
  starterName: string | null,
  actor: Actor,
): Promise<Refusal | null> {
  if (state.status !== 'running') return refuse('CaseEnded', { how: endedHow(state) });
  if (caused) return refuse('NotCancelled', { title, verb: '撤回' });
  const { starterId } = state;
  const refusal =
    starterId === null
      ? await mayGovern(db, state, actor, '撤回', startedBy)
      : starterId === actor.accountId || principalWho(actor, state, starterId)
        ? null
        : refuse('OnlyStarterWithdraws', { name: starterName ?? '' });
  return refusal ?? (state.effectiveAt ? refuse('AlreadyEffective', { verb: '撤回' }) : null);
}

/** 撤销: by the county, before the case takes effect; what is in effect has its own way back. */
export async function mayCancel(
  db: Db | Tx,
  { caused, title }: Pick<ProcessContract, 'caused' | 'title'>,
  state: CaseState,
  actor: Actor,
): Promise<Refusal | null> {
  const refusal = await mayGovern(db, state, actor, '撤销', CANCELLERS);
  if (refusal) return refusal;
  if (caused) return refuse('NotCancelled', { title });
  return state.effectiveAt ? refuse('AlreadyEffective', { verb: '撤销', instead: '已经生效的部分，须按各自的纠正流程另行撤销。' }) : null;
}
