import { mkdir } from 'node:fs/promises';
import { seedDemo } from '../../../prisma/seed/demo.ts';
import { seedReference } from '../../../prisma/seed/reference.ts';
import type { Command } from './main.ts';

/** Units, calendars and policies; with DEMO=1 also invented people in every post. May be run at every start. */
export const seed: Command = async ({ db, config }) => {
  await seedReference(db);
  if (config.demo) {
    await mkdir(config.dataDir, { recursive: true });
    await seedDemo(db, config.dataDir);
  }
  return 0;
};
