import { lapsed, type Story, type Tools } from '../../core/story.ts';
import { tell } from '../../core/tell.ts';

/**
 * One person's year: self-report, what the list decides, the notice, then they are told. The rating becomes final when the time to ask for a review is over
 * or the review is answered; who complains to the city after that may still have it changed, and what it caused follows.
 */
export const ratingStory: Story = async (tools) => {
  const { ask, events, input, world } = tools;
  if (events.leave) return 'left';
  // rated without it where it does not come
  await ask('selfReport', { lapsesOn: String(input.selfReportBy) });
  await ask('scoring');
  await ask('committee');
  await ask('review');
  if ((await ask('notice')).result === 'objected') await ask('recheck');

  const told = await ask('notified', inFull(tools));
  const appeals = !lapsed(told) && told.wish === 'appeals';
  const stands = appeals && (await ask('appealAnswer')).verdict === 'asProposed';
  const { rating } = await world.recordRating('record', {});
  if (!stands) return rating!;

  const complaint = await ask('complaint', inFull(tools));
  if (lapsed(complaint) || complaint.wish !== 'complains') return rating!;
  if ((await ask('complaintAnswer')).verdict === 'asProposed') return rating!;
  return (await world.recordRating('record/complaint', {})).rating!;
};

/** A right that lapses with its full time: the first day of the year, long past, puts no other end to it. */
const inFull = ({ input }: Tools) => ({ lapsesOn: `${String(input.year)}-01-01` });

export const rating = tell(ratingStory);
