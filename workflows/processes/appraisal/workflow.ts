import type { NoticeTold } from '../../../libs/domain/notice.ts';
import type { Story, Tools } from '../../core/story.ts';
import { tell } from '../../core/tell.ts';

/**
 * A year's appraisal of a county or street: everybody is put on the list and asked for their self-report, the list goes from the streets to the county, the
 * best are made public, and everybody is told. However long the list is, this story hears of each stage once.
 */
export const appraisalStory: Story = async (tools) => {
  const { ask, world } = tools;
  await ask('plan');
  await inParts((part) => world.openPeople(`people/${part}`, {}));
  await ask('scheme');

  await inParts((part) => world.beginStories(`begin/${part}`, { who: 'listed' }));
  await ask('selfReport');
  await inParts((part) => world.appraiseListed(`appraise/${part}`, {}));
  await ask('evaluation');
  for (const list of ['scoring', 'committee', 'review'] as const) await ask(list);

  const held = await makePublic(tools);
  await ask('notified');
  if (held) {
    await ask('objections');
    await inParts((part) => world.releaseHeld(`release/${part}`, {}));
  }
  await ask('completion');
  return 'completed';
};

/** Public notice of those rated 优秀: an objection holds up whom it is about, nobody else. Whether somebody is held. */
async function makePublic({ ask, askBeside, world }: Tools): Promise<boolean> {
  const listed = (await world.listNotice('list-notice', {})).people ?? 0;
  const { upheld, undecided, held } = listed > 0 ? ((await ask('notice')) as NoticeTold) : { upheld: [], undecided: [], held: [] };
  await inParts((part) => world.passNotice(`notice/${part}`, { objected: [...upheld, ...undecided], held }));
  if (held.length > 0) await askBeside(['objections']);
  return held.length > 0;
}

/** Work on many is done some hundred at a time, each part remembered. */
async function inParts(work: (part: number) => ReturnType<Tools['world']['openPeople']>): Promise<void> {
  for (let part = 1; (await work(part)).more; part += 1);
}

export const appraisal = tell(appraisalStory);
