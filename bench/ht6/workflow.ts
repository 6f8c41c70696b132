import type { Story } from '../../workflows/core/story.ts';
import { tell } from '../../workflows/core/tell.ts';

/** Community, street, three signers who must all agree, county. */
const story: Story = async ({ ask, input }) => {
  await ask('community');
  await ask('street');
  const signed = await ask('countersign', { asks: input.signers as string[] });
  if (signed.outcome !== 'agree') return 'refused';
  await ask('county');
  return 'passed';
};

export const ht6 = tell(story);
