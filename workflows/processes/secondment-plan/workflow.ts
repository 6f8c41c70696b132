import type { Story } from '../../core/story.ts';
import { tell } from '../../core/tell.ts';

/** A year's plan: drafted, approved by somebody else, nominated for, matched, reported. The secretaries' own cases go beside it. */
export const secondmentPlanStory: Story = async ({ ask }) => {
  await ask('draft');
  if ((await ask('approval')).result !== 'approved') return 'rejected';
  await ask('nominations');
  await ask('matching');
  await ask('report');
  return 'reported';
};

export const secondmentPlan = tell(secondmentPlanStory);
