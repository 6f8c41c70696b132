import type { Tx } from '../db.ts';
import type { IsoDate } from '../domain/dates.ts';
import type { PersonKeys } from '../people/keys.ts';
import type { Assumptions } from './derive.ts';
import type { RosterRecord } from './rules.ts';

/** What the writers of an import share. */
export interface Writing {
  tx: Tx;
  keys: PersonKeys;
  batchId: string;
  ground: string;
  on: IsoDate;
  at: Date;
  assumptions: (record: RosterRecord) => Assumptions;
}
/** What was done to one person, for the ledger and for the undo. */
export interface Written {
  row: number;
  personId: string;
  action: 'new' | 'update';
  undo: object | null;
  before?: object;
  after: object;
}
