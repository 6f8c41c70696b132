import type { NoticeTold } from '../../../libs/domain/notice.ts';
import type { Story, Tools } from '../../core/story.ts';
import { tell } from '../../core/tell.ts';

/**
 * A batch of certification and conversion: its people are put on the list, the list goes from stage to stage, and whoever leaves it goes on by themselves.
 * The story hears of a list once, when its last unit has done its part, however long the list is.
 */
export const certificationStory: Story = async (tools) => {
  const { ask, world } = tools;
  await inParts((part) => world.openPeople(`people/${part}`, {}));

  for (const list of ['survey', 'preliminary', 'review'] as const) {
    await ask(list);
    await inParts((part) => world.beginStories(`apart/${list}/${part}`, { who: 'apart' }));
  }
  await inParts((part) => world.computeList(`compute/${part}`, {}));
  await ask('computation');

  await inParts((part) => world.beginStories(`begin/${part}`, { who: 'listed' }));
  await ask('confirm');
  const held = await makePublic(tools);
  await ask('approval');
  await ask('filing');

  await ask('contract');
  if (held) {
    await ask('objections');
    await inParts((part) => world.releaseHeld(`release/${part}`, {}));
  }
  await ask('completion');
  return 'completed';
};

/** Public notice of everybody on the list: an objection holds up whom it is about, nobody else. Whether somebody is held. */
async function makePublic({ ask, askBeside, world }: Tools): Promise<boolean> {
  if (!(await world.listNotice('list-notice', {})).people) return false;
  const { upheld, undecided, held } = (await ask('notice')) as NoticeTold;
  await inParts((part) => world.passNotice(`notice/${part}`, { objected: [...upheld, ...undecided], held }));
  if (held.length > 0) await askBeside(['objections']);
  return held.length > 0;
}

/** Work on many is done some hundred at a time, each part remembered. */
async function inParts(work: (part: number) => ReturnType<Tools['world']['openPeople']>): Promise<void> {
  for (let part = 1; (await work(part)).more; part += 1);
}

export const certification = tell(certificationStory);
