import type { Catalogue, ProcessContract, StageContract } from '../domain/contract.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import type { Db } from '../db.ts';

/** What the desk works with. */
export interface DeskRoom {
  db: Db;
  catalogue: Catalogue;
}

/** Who acts and when. `requestKey` makes the same request sent twice one act; `origin` is the keyed hash of the address. */
export interface By {
  actor: Actor;
  at: Date;
  origin?: string;
  requestKey?: string;
}

/** What an accepted act leaves behind. */
export interface Acted {
  caseId: string;
  version: number;
}
export type Verdict<T = Acted> = Refusal | T;

export function contractOf(room: DeskRoom, process: string): ProcessContract {
  const contract = room.catalogue[process];
  if (!contract) throw new Error(`No process ${process} in the catalogue`);
  return contract;
}

export function stageOf(contract: ProcessContract, stage: string): StageContract {
  const found = contract.stages[stage];
  if (!found) throw new Error(`No stage ${stage} in ${contract.name}`);
  return found;
}

/** How a person's posts read: 锦江街道 党工委委员. */
export const postsLine = (actor: Pick<Actor, 'posts'>): string =>
  actor.posts.map((post) => `${post.unitName}${post.title ? ` ${post.title}` : ''}`).join('、');
