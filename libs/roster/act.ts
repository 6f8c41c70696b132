import type { Actor } from '../domain/roles.ts';

/** What every act on an import needs to know of whoever acts: `withinPath` is the unit whose people they may import, with all below. */
export interface ImportAct {
  actor: Actor;
  withinPath: string;
  at: Date;
  origin?: string | null;
}
