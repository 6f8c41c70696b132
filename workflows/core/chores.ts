import { proxyActivities } from '@temporalio/workflow';
import type { CheckPart, Chores, DigestPart } from './activities.ts';

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

/** Cases in one night, in parts of fifty; what is left is the next night's. */
const MOST_PARTS = 100;

/** 夜间对账, started by its schedule at 02:30: the cases that changed since the last, those that changed first. Returns how many it has compared. */
export async function nightlyCheck(): Promise<number> {
  const at = new Date().toISOString();
  const span = await chores.spanToCheck({ at });
  const sum = { cases: 0, faults: 0 };
  let after: CheckPart['next'] = null;
  for (let parts = 0; parts < MOST_PARTS; parts += 1) {
    const part: CheckPart = await chores.compareCases({ at, ...span, after });
    sum.cases += part.cases;
    sum.faults += part.faults;
    after = part.next;
    if (after === null) break;
  }
  await chores.keepCheck({ at, since: span.since, until: after?.at ?? span.until, ...sum });
  return sum.cases;
}

/** 年度运行, started by its schedule each day at 07:30: what begins by itself on the day. Returns how many cases it has opened. */
export const yearlyOpenings = (): Promise<number> => chores.openYearly({ at: new Date().toISOString() });
