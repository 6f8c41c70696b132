import type { Story } from '../../core/story.ts';
import { tell } from '../../core/tell.ts';
import { repliesTo } from './policy.ts';

/** An objection to somebody on a public notice: checked, investigated, the notice's case told, and whoever gave their name answered. */
export const objectionStory: Story = async ({ ask, world, input }) => {
  const check = await ask('check');
  const asks = check.handlerId ? { asks: [String(check.handlerId)] } : {};
  const outcome = check.result === 'accepted' ? String((await ask('investigate', asks)).conclusion) : 'dismissed';
  // the notice's case waits for the conclusion, not for the reply
  await world.concludeObjection('conclude', { outcome });
  if (repliesTo(input.named === true)) await ask('reply', asks);
  return outcome;
};

export const objection = tell(objectionStory);
