import { lapsed, type Story, type Tools } from '../../core/story.ts';
import { tell } from '../../core/tell.ts';

/**
 * One applicant of a batch. What the batch's list decides is asked here all the same, as in every case of a batch; most applicants never get so far as to
 * have a story. Whoever is not called goes no further: the batch ends their case.
 */
export const applicationStory: Story = async (tools) => {
  const { ask, events } = tools;
  if (events.waive) return leave(tools, 'waived', 'waive');
  const check = await ask('check');
  if (check.verdict === 'rejected' && !(await qualifiedOnAppeal(tools))) return leave(tools, String(check.reason), 'check');

  await ask('recheck');
  await ask('choose');
  if ((await ask('medical')).verdict === 'failed' && (await ask('retest')).verdict !== 'passed')
    return leave(tools, 'medicalFailed', 'medical');
  await ask('review');
  if ((await ask('notice')).result === 'objected' && (await ask('afterObjection')).decision === 'cancelled')
    return leave(tools, 'objected', 'notice');
  await ask('approval');

  const { how } = await ask('reportIn');
  if (how !== 'reported') return leave(tools, how === 'absent' ? 'absent' : 'waived', 'reportIn');
  const { signedOn, community } = await ask('sign');
  const { personId } = await tools.world.hire('hire', {
    signedOn: String(signedOn),
    community: typeof community === 'string' ? community : null,
  });
  if (personId) await tools.world.startCase('probation', { process: 'probation', personId });
  return 'hired';
};

/** Rejected at the initial check: one appeal within two working days, and silence leaves it at that. */
async function qualifiedOnAppeal({ ask, today }: Tools): Promise<boolean> {
  // it gets its full time and lapses with it: a day long past puts no other end to it
  const appeal = await ask('appeal', { lapsesOn: today().toISOString().slice(0, 10) });
  if (lapsed(appeal) || appeal.wish !== 'appeals') return false;
  return (await ask('appealAnswer')).result === 'upheld';
}

/** They are out for a coded reason, and their place is free. */
async function leave({ world }: Tools, reason: string, stage: string): Promise<string> {
  await world.leaveRecruitment(`leave/${stage}`, { reason, stage });
  return reason === 'waived' || reason === 'absent' ? 'waived' : 'out';
}

export const application = tell(applicationStory);
