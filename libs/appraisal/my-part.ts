import type { Tx } from '../db.ts';
import { openParts } from '../desk/list-people.ts';
import type { By, DeskRoom } from '../desk/room.ts';
import { seatsAsked } from '../desk/seat.ts';
import { readCase } from '../desk/state.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { administratorRoles } from '../domain/roles.ts';
import { peopleOf, type OnAppraisal } from './served.ts';

const STAGE = 'evaluation';

/**
 * The people of whom the actor may record evaluations now: those of their parts of the list, in their own name or as a substitute. Refuses `NotFound`,
 * `ListClosed`, `NotOnYourList`, `AdministratorDecidesNothing`.
 */
export async function myPart(
  tx: Tx,
  room: DeskRoom,
  { batchId, actor }: Pick<By, 'actor'> & { batchId: string },
): Promise<OnAppraisal[] | Refusal> {
  await tx.$queryRaw`SELECT 1 FROM "case" WHERE id = ${batchId}::uuid FOR SHARE`;
  const state = await readCase(tx, batchId);
  const contract = state && room.catalogue[state.process];
  if (!state || !contract?.stages[STAGE] || contract.people !== 'rating') return refuse('NotFound', { what: '这个年度考核' });
  if (actor.posts.some(({ role }) => administratorRoles.includes(role))) return refuse('AdministratorDecidesNothing');
  const parts = await openParts(tx, batchId, STAGE);
  if (state.status !== 'running' || parts.length === 0) return refuse('ListClosed', { stage: contract.stages[STAGE].title });
  const mine = parts.filter((part) => seatsAsked(part, contract.name, actor).length > 0).map(({ listUnit }) => listUnit);
  if (mine.length === 0) return refuse('NotOnYourList');
  const items = await tx.batchItem.findMany({ where: { batchId, listUnit: { in: mine } }, select: { caseId: true } });
  return peopleOf(
    tx,
    batchId,
    items.map(({ caseId }) => caseId),
  );
}
