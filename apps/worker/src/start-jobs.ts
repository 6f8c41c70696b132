import { actorOf } from '../../../libs/access/actor.ts';
import { dateOf } from '../../../libs/domain/dates.ts';
import type { Actor } from '../../../libs/domain/roles.ts';
import { giveUpFirstStart, workOnStartJobs } from '../../../libs/openings/start-jobs.ts';
import { Bell } from './bell.ts';
import { listen } from './ear.ts';
import type { EngineRoom } from './engine-room.ts';

const LOOK_MS = 2_000;
const AFTER_FAULT_MS = 500;
/** Items in one transaction; after a fault one alone, so that it is known which. */
const MANY = 50;
/** How often an item may be a fault of ours before it gets that as its verdict. */
const PATIENCE = 3;

/** Works on lists of starts, at once when one is handed in, and on what a killed worker left. */
export async function runStartJobs({ config, log, db, catalogue, desk, signal }: EngineRoom, now: () => Date): Promise<void> {
  const bell = new Bell();
  const ear = listen(config.DATABASE_URL, { start_job: bell.ring }, log, signal);
  const nobody = (accountId: string): Actor => ({ accountId, name: '', personId: null, posts: [], standsInFor: [] });
  const house = {
    desk,
    catalogue,
    actorOf: async (accountId: string, at: Date) => (await actorOf(db, accountId, dateOf(at))) ?? nobody(accountId),
  };
  let faults = 0;
  while (!signal.aborted) {
    try {
      if ((await workOnStartJobs(db, house, now(), faults === 0 ? MANY : 1)) === 0) await bell.wait(LOOK_MS, signal);
      faults = 0;
    } catch (error) {
      log.warn({ err: error }, 'start jobs failed');
      // a fault counts only while the database answers: that it is away is nobody's verdict
      faults = await db.$queryRaw`SELECT 1`.then(
        () => faults + 1,
        () => faults,
      );
      if (faults > PATIENCE)
        faults = await giveUpFirstStart(db, now()).then(
          () => 0,
          () => faults,
        );
      await bell.wait(AFTER_FAULT_MS, signal);
    }
  }
  await ear;
}
