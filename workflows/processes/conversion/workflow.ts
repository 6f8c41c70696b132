import { lapsed, type Story, type Tools } from '../../core/story.ts';
import { tell } from '../../core/tell.ts';

/**
 * One person of a batch, from certification to the new pay. What the batch's list decides is asked here all the same: the desk answers it from the list
 * as long as the person stands on it, and asks them by themselves once they go their own way.
 */
export const conversionStory: Story = async (tools) => {
  const { ask, events, known, round } = tools;
  const personId = String(tools.input.personId);
  if (events.withdraw) return 'withdrawn';
  if (events.leave) return 'left';

  // sent back for evidence before anything else goes on
  if (round('evidence') > 0) await ask('evidence');
  await ask('survey');
  for (const stage of ['preliminary', 'review'] as const)
    if ((await ask(stage)).verdict === 'notCertified' && !(await certifiedOnReview(tools))) return 'notCertified';

  if (!known('computation')) await tools.world.computePerson(`compute/${round('computation')}`, {});
  await ask('computation');
  await ask('confirm');
  await ask('notice');
  await ask('approval');

  const signed = await ask('contract');
  let signedOn = String(signed.signedOn);
  if (signed.how === 'declined') {
    const request = await ask('request');
    signedOn = String(request.on);
    if (request.how === 'ends') {
      await tools.world.endEmployment('end-employment', { personId, lastOn: signedOn, reason: 'declined' });
      return 'declined';
    }
  }
  await tools.world.convertPerson('convert', { personId, signedOn });
  return 'converted';
};

/** Not certified: the worker may ask for a review within ten days; silence leaves it at that. */
async function certifiedOnReview({ ask, input }: Tools): Promise<boolean> {
  // it gets its full time and lapses with it: a day long past puts no other end to it
  const appeal = await ask('appeal', { lapsesOn: String(input.cutOffOn) });
  if (lapsed(appeal) || appeal.wish !== 'appeals') return false;
  return (await ask('appealAnswer')).result === 'upheld';
}

export const conversion = tell(conversionStory);
