import type { Tx } from '../db.ts';
import { stageAs } from '../domain/pinned.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { administratorRoles, roleTitles, type Role } from '../domain/roles.ts';
import type { AboutList, OnPerson } from './list-acts.ts';
import { judgeOnList, type ListPerson } from './list-people.ts';
import { endedHow } from './may.ts';
import { openNewRounds } from './return.ts';
import { unitsAbove } from './when.ts';

/**
 * 撤销 a verdict while its list is open and nobody has been asked anything since: what stood before stands again, the verdict stays on record. A story that
 * has gone on to wait further down the list goes back to wait here.
 */
export async function undoVerdict(tx: Tx, about: AboutList, person: ListPerson, name: string): Promise<Refusal | OnPerson> {
  const { batch, contract, parts, actor, at } = about;
  if (!contract.stages[name]) return refuse('NotFound', { what: '这个环节' });
  const stage = stageAs(contract, name, person.pinned);
  const run = person.runs[name];
  if (run?.status !== 'closed' || !run.onList) return refuse('NothingToUndo', { stage: stage.title });
  const later = contract.order.slice(contract.order.indexOf(name) + 1).filter((stage) => person.runs[stage]);
  const waitsOnList = later.every((stage) => person.runs[stage]!.onList && person.runs[stage]!.status === 'open');
  if (person.effectiveAt || (person.hasStory && !waitsOnList)) return refuse('VerdictStands');
  const { seat, refusal } = judgeOnList({ batch, contract, name, stage }, { ...person, apart: null }, parts, actor);
  if (refusal) return refusal;
  const common = {
    verb: 'list.undo',
    principal: seat.principal,
    stage: name,
    round: run.round,
    before: run.result ?? {},
    after: {},
    apart: { kind: null, reason: null },
  };
  if (!person.hasStory) return { ...common, reopens: { stage: name, round: run.round } };
  const rounds = await openNewRounds(tx, person.id, [name], null, at);
  return { ...common, detail: { rounds }, message: { kind: 'returned', rounds } };
}

/** 退回补正: they leave the list, and their own story asks for the evidence (five working days). Refuses as `judgeOnList`, `AlreadyDecided`, `VerdictStands`. */
export function sendBack(
  about: AboutList,
  person: ListPerson,
  { stage: name, reason }: { stage: string; reason: string },
): Refusal | OnPerson {
  const { batch, contract, parts, actor } = about;
  const evidence = contract.listed?.sendsBackTo;
  if (!contract.stages[name] || !evidence) return refuse('NotFound', { what: '这个环节' });
  const stage = stageAs(contract, name, person.pinned);
  const { seat, refusal } = judgeOnList({ batch, contract, name, stage }, person, parts, actor);
  if (refusal) return refusal;
  if (person.runs[name]?.status === 'closed') return refuse('AlreadyDecided', { stage: stage.title });
  // once their story is told they send it back themselves, or the county has it computed anew
  if (person.hasStory) return refuse('VerdictStands');
  const round = (person.runs[evidence]?.round ?? 0) + 1;
  return {
    verb: 'list.sendBack',
    principal: seat.principal,
    stage: name,
    detail: { to: evidence, reason, rounds: { [evidence]: round } },
    asks: { stage: evidence, round },
    apart: { kind: 'evidence', reason },
    message: { kind: 'started' },
  };
}

const GOVERNS: readonly Role[] = ['COUNTY_ORG', 'CITY_ORG'];

/** The county's organisation department, or the city's, decides who goes a way of their own. */
async function mayGovern(tx: Tx, { actor }: AboutList, person: ListPerson): Promise<Refusal | null> {
  if (actor.posts.some(({ role }) => administratorRoles.includes(role))) return refuse('AdministratorDecidesNothing');
  const { city } = await unitsAbove(tx, person.county);
  const units = [person.county, city];
  if (!actor.posts.some(({ role, unitCode }) => GOVERNS.includes(role) && units.includes(unitCode)))
    return refuse('NotProcessOwner', { verb: '转为例外', who: GOVERNS.map((role) => roleTitles[role]).join('、') });
  const mine = person.accounts[actor.accountId]!;
  if (actor.accountId === person.subjectId) return refuse('OwnCase', { unit: actor.posts[0]?.unitName ?? '本单位' });
  if (mine.isRelative) return refuse('Relative');
  if (mine.isRecused) return refuse('Recused');
  return person.status === 'running' ? null : refuse('CaseEnded', { how: endedHow(person) });
}

/** 移出本批: they go on by themselves and hold the batch up no longer. Refuses once the batch decides on them (公示 and after). */
export async function setApart(tx: Tx, about: AboutList, person: ListPerson, reason: string): Promise<Refusal | OnPerson> {
  const refusal = await mayGovern(tx, about, person);
  if (refusal) return refusal;
  const onList = Object.values(person.runs).some(({ status, onList: listed }) => listed && status === 'open');
  if (onList || person.effectiveAt) return refuse('VerdictStands');
  if (person.apart === 'apart') return refuse('NotAtStage', { stage: '本批' });
  return {
    verb: 'list.setApart',
    before: { apart: person.apart },
    after: { apart: 'apart' },
    detail: { reason },
    apart: { kind: 'apart', reason },
    ...(!person.hasStory && { message: { kind: 'started' } }),
  };
}

/**
 * 任职变动: a role taken up in the middle of the batch, from its effective day. Whoever was computed already is computed anew and confirms anew, on their
 * own way; refuses once their case is in effect, and where the process knows no such thing.
 */
export async function takeRole(
  tx: Tx,
  about: AboutList,
  person: ListPerson,
  { postTitle, effectiveOn, reason }: { postTitle: string; effectiveOn: string; reason: string },
): Promise<Refusal | OnPerson> {
  const { order, listed } = about.contract;
  if (!listed?.roleCountsFrom) return refuse('NotFound', { what: '这种办理' });
  const refusal = await mayGovern(tx, about, person);
  if (refusal) return refusal;
  if (person.effectiveAt) return refuse('AlreadyEffective', { verb: '重新办理' });
  const override = { postTitle, effectiveOn };
  await tx.batchItem.update({ where: { caseId: person.id }, data: { override } });
  const common = { verb: 'list.takeRole', after: override, detail: { reason } };
  const been = order.slice(order.indexOf(listed.roleCountsFrom)).filter((stage) => person.runs[stage]);
  if (been.length === 0) return common;
  const rounds = await openNewRounds(tx, person.id, been, null, about.at);
  return {
    ...common,
    detail: { reason, rounds },
    apart: { kind: 'recompute', reason },
    message: { kind: 'returned', rounds },
  };
}
