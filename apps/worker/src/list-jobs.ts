import { actorOf } from '../../../libs/access/actor.ts';
import { giveUpFirstOnList, workOnListJobs } from '../../../libs/campaigns/list-jobs.ts';
import { dateOf } from '../../../libs/domain/dates.ts';
import type { Actor } from '../../../libs/domain/roles.ts';
import { Bell } from './bell.ts';
import { listen } from './ear.ts';
import type { EngineRoom } from './engine-room.ts';

const LOOK_MS = 2_000;
const AFTER_FAULT_MS = 500;
/** People in one transaction; after a fault one alone, so that it is known which. */
const MANY = 100;
/** How often one person may be a fault of ours before they get that as their verdict. */
const PATIENCE = 3;

/** Works on acts on many people of a batch, at once when one is handed in, and on what a killed worker left. */
export async function runListJobs({ config, log, db, catalogue, signal }: EngineRoom, now: () => Date): Promise<void> {
  const bell = new Bell();
  const ear = listen(config.DATABASE_URL, { list_job: bell.ring }, log, signal);
  const nobody = (accountId: string): Actor => ({ accountId, name: '', personId: null, posts: [], standsInFor: [] });
  const actor = async (accountId: string, at: Date) => (await actorOf(db, accountId, dateOf(at))) ?? nobody(accountId);
  let faults = 0;
  while (!signal.aborted) {
    try {
      if ((await workOnListJobs({ db, catalogue }, actor, now(), faults === 0 ? MANY : 1)) === 0) await bell.wait(LOOK_MS, signal);
      faults = 0;
    } catch (error) {
      log.warn({ err: error }, 'list jobs failed');
      // a fault counts only while the database answers: that it is away is nobody's verdict
      faults = await db.$queryRaw`SELECT 1`.then(
        () => faults + 1,
        () => faults,
      );
      if (faults > PATIENCE)
        faults = await giveUpFirstOnList(db, now()).then(
          () => 0,
          () => faults,
        );
      await bell.wait(AFTER_FAULT_MS, signal);
    }
  }
  await ear;
}
