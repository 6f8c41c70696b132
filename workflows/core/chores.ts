import { proxyActivities } from '@temporalio/workflow';
import type { Chores, DigestPart } from './activities.ts';

const chores = proxyActivities<Chores>({
  startToCloseTimeout: '2 minutes',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** 每日摘要, started by its schedule each day at 08:30; on days off the desk sends nothing. Returns how many mails it has posted. */
export async function dailyDigest(): Promise<number> {
  let posted = 0;
  for (let after: string | null = null; ;) {
    // each part by the clock of its own moment: what comes late is told as it is then
    const part: DigestPart = await chores.sendDigests({ at: new Date().toISOString(), after });
    posted += part.posted;
    if (part.next === null) return posted;
    after = part.next;
  }
}
