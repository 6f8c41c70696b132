import type { Rehearsed, RehearsalInput } from './core/rehearse.ts';

// The one file that the worker bundles: one export a process, what the house does by the clock, and the rehearsal.
export { dailyDigest, nightlyCheck, yearlyOpenings } from './core/chores.ts';
export { appraisal } from './processes/appraisal/workflow.ts';
export { application } from './processes/application/workflow.ts';
export { certification } from './processes/certification/workflow.ts';
export { conversion } from './processes/conversion/workflow.ts';
export { dismissal } from './processes/dismissal/workflow.ts';
export { objection } from './processes/objection/workflow.ts';
export { probation } from './processes/probation/workflow.ts';
export { secondmentPlan } from './processes/secondment-plan/workflow.ts';
export { secondment } from './processes/secondment/workflow.ts';
export { rating } from './processes/rating/workflow.ts';
export { recruitment } from './processes/recruitment/workflow.ts';

/**
 * Tells any of them to a clock of its own. Only a rehearsal needs the contracts: every story loads this file anew, and their schemas would cost it more than
 * all of its wake-ups.
 */
export async function rehearsal(input: RehearsalInput): Promise<Rehearsed> {
  const { rehearsed } = await import(/* webpackMode: "eager" */ './rehearsal.ts');
  return rehearsed(input);
}
