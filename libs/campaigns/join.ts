import { recordedActor } from '../access/actor.ts';
import type { Db, Tx } from '../db.ts';
import { contractOf, type By, type DeskRoom } from '../desk/room.ts';
import { readCase, type CaseState } from '../desk/state.ts';
import { dateOf } from '../domain/dates.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import type { Actor, Role } from '../domain/roles.ts';
import { append } from '../ledger/append.ts';
import { listedOf } from '../domain/campaign-words.ts';
import type { ProcessContract } from '../domain/contract.ts';
import { EMPLOYED, openCases, peopleFor } from './open-people.ts';

const OWNERS: readonly Role[] = ['COUNTY_ORG', 'CITY_ORG'];

/** Why nobody can be put on a batch's list by this actor now: it is not theirs, it has ended, its notice is under way, or it takes nobody who is not on it; null when they can. */
export async function whyNotJoin(
  db: Db | Tx,
  { state, people, unitPath, actor }: { state: Pick<CaseState, 'id' | 'status'>; people: ProcessContract; unitPath: string; actor: Actor },
): Promise<Refusal | null> {
  const owns = actor.posts.some(
    (post) => OWNERS.includes(post.role) && (unitPath.startsWith(post.unitPath) || post.unitPath.startsWith(unitPath)),
  );
  if (!owns) return refuse('NotProcessOwner', { verb: '加入人员', who: '区县或市委组织部' });
  if (state.status !== 'running') return refuse('CaseEnded', {});
  const { belongs, notice } = listedOf(people);
  if (belongs !== EMPLOYED) return refuse('JoinedByApplying');
  const isOver = notice && (await db.stageRun.count({ where: { caseId: state.id, stage: notice.stage } })) > 0;
  return isOver ? refuse('BatchClosedToJoin') : null;
}

/**
 * 中途加入: people who belong to a batch and were left out of it, as exceptions with stories of their own that begin at once; they stand on the list again
 * at the notice. Refuses `NotFound`, `NotProcessOwner`, `CaseEnded`, `BatchClosedToJoin`, `JoinedByApplying`, `NotInYourUnits`.
 */
export function joinBatch(
  room: DeskRoom,
  { batchId, personIds, reason, ...by }: By & { batchId: string; personIds: readonly string[]; reason: string },
): Promise<Refusal | { joined: number; left: number }> {
  return room.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "case" WHERE id = ${batchId}::uuid FOR SHARE`;
    const state = await readCase(tx, batchId);
    const batch = state && room.catalogue[state.process];
    if (!state || !batch?.people) return refuse('NotFound', { what: '这个批次' });
    const people = contractOf(room, batch.people);
    const unit = await tx.unit.findUniqueOrThrow({ where: { code: state.unitCode } });
    const refusal = await whyNotJoin(tx, { state, people, unitPath: unit.path, actor: by.actor });
    const common = {
      chain: `case:${batchId}` as const,
      verb: 'list.join',
      at: by.at,
      actor: recordedActor(by.actor),
      origin: by.origin ?? null,
      caseId: batchId,
    };
    if (refusal) {
      await append(tx, { ...common, accepted: false, refusal: { code: refusal.refused, params: refusal.params } });
      return refusal;
    }
    const found = await peopleFor(tx, people.name, batchId, String(state.input.cutOffOn), dateOf(by.at), { personIds });
    const reach = by.actor.posts.filter(({ role }) => OWNERS.includes(role)).map(({ unitPath }) => unitPath);
    const units = await tx.unit.findMany({
      where: { code: { in: found.map(({ unitCode }) => unitCode) } },
      select: { code: true, path: true },
    });
    const inScope = (code: string) => {
      const path = units.find((one) => one.code === code)?.path ?? '';
      return path.startsWith(unit.path) && reach.some((own) => path.startsWith(own));
    };
    const made = await openCases(
      tx,
      room,
      state,
      found.filter(({ unitCode }) => inScope(unitCode)),
      by.at,
      { kind: 'late', reason },
    );
    await append(tx, { ...common, accepted: true, detail: { reason, joined: made.length } });
    return { joined: made.length, left: personIds.length - made.length };
  });
}
