import { actorOf } from '../../../libs/access/actor.ts';
import { dateOf } from '../../../libs/domain/dates.ts';
import type { Actor } from '../../../libs/domain/roles.ts';
import { workOnStartJobs } from '../../../libs/openings/start-jobs.ts';
import { Bell } from './bell.ts';
import { listen } from './ear.ts';
import type { EngineRoom } from './engine-room.ts';

const LOOK_MS = 2_000;

/** Works on lists of starts, at once when one is handed in, and on what a killed worker left. */
export async function runStartJobs({ config, log, db, catalogue, desk, signal }: EngineRoom, now: () => Date): Promise<void> {
  const bell = new Bell();
  const ear = listen(config.DATABASE_URL, { start_job: bell.ring }, log, signal);
  const nobody = (accountId: string): Actor => ({ accountId, name: '', personId: null, posts: [] });
  const house = { desk, catalogue, actorOf: async (accountId: string, at: Date) => (await actorOf(db, accountId, dateOf(at))) ?? nobody(accountId) };
  while (!signal.aborted) {
    const done = await workOnStartJobs(db, house, now()).catch((error: unknown) => {
      log.warn({ err: error }, 'start jobs failed');
      return 0;
    });
    if (done === 0) await bell.wait(LOOK_MS, signal);
  }
  await ear;
}
