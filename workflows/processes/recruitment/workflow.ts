import { addDays } from '../../../libs/domain/dates.ts';
import type { NoticeTold } from '../../../libs/domain/notice.ts';
import type { Story, Tools } from '../../core/story.ts';
import { tell } from '../../core/tell.ts';

/**
 * A batch of recruitment: quota, announcement, registration, exams; then those proposed go through choice, medical examination and review, with backfill,
 * until no place that came free can be given any more; notice, approval, and each one's own way to the contract.
 */
export const recruitmentStory: Story = async (tools) => {
  const { ask, events, until, world } = tools;
  if (events.cancelPlan) return over(tools, 'planCancelled');
  await move(tools, 'open', 'open');
  if ((await ask('quota')).verdict === 'declined') return over(tools, 'declined');
  await until('check', '报名', addDays(await registrationEnds(tools), 1));
  await inParts((part) => world.openPeople(`people/${part}`, {}));

  await ask('check');
  await inParts((part) => world.beginStories(`apart/check/${part}`, { who: 'apart', kind: 'rejected' }));
  await ask('appeals');
  await ask('opening');
  if ((await move(tools, 'opening', 'opening')) === 0) return over(tools, 'nobodyLeft');
  await examine(tools);
  const held = await propose(tools);

  await ask('approval');
  await move(tools, 'close', 'close');
  await inParts((part) => world.beginStories(`begin/${part}`, { who: 'listed' }));
  if (held) {
    await ask('objections');
    await inParts((part) => world.releaseHeld(`release/${part}`, {}));
  }
  await ask('completion');
  return 'completed';
};

/** The announcement is asked again as long as it cannot be made: no post table, or more places than the quota. The last day of registration. */
async function registrationEnds(tools: Tools): Promise<string> {
  for (let n = 1; ; n += 1) {
    const { registrationTo } = await inRound(tools, 'announcement', n);
    if ((await move(tools, `announce/${n}`, 'announce')) !== 0) return String(registrationTo);
  }
}

/** Written exam, re-check with backfill, interview, ranking; a tie across the last place is parted by an extra interview. */
async function examine(tools: Tools): Promise<void> {
  const { ask } = tools;
  await ask('written');
  await move(tools, 'written', 'written');
  for (let n = 1; ; n += 1) {
    await inRound(tools, 'recheck', n);
    if (!(await move(tools, `recheck/${n}`, 'recheck'))) break;
  }
  await ask('interview');
  for (let n = 1; await move(tools, `totals/${n}`, 'totals'); n += 1) await inRound(tools, 'extra', n);
}

/** Rounds of those proposed, up to a notice after which no place is to be filled. Whether somebody is held by an objection. */
async function propose(tools: Tools): Promise<boolean> {
  let held = false;
  let published = 0;
  for (let n = 1; ; n += 1) {
    await inRound(tools, 'choose', n);
    await move(tools, `choose/${n}`, 'choose');
    await inRound(tools, 'medical', n);
    await inParts((part) => tools.world.beginStories(`apart/medical/${n}/${part}`, { who: 'apart', kind: 'retest' }));
    await inRound(tools, 'retests', n);
    await inRound(tools, 'review', n);
    if (await move(tools, `fill/${n}`, 'fill')) continue;
    const told = await makePublic(tools, (published += 1));
    held ||= (told?.held.length ?? 0) > 0;
    if (!told || !(await move(tools, `objected/${published}`, 'fill'))) return held;
  }
}

/**
 * Public notice of those on the list. An objection holds up whom it is about; upheld, their place is free; what could not be found out is for people to
 * decide in that case alone. Null where nobody is left to publish.
 */
async function makePublic(tools: Tools, n: number): Promise<NoticeTold | null> {
  const { askBeside, world } = tools;
  if ((await world.listNotice(`list-notice/${n}`, {})).people === 0) return null;
  const told = (await inRound(tools, 'notice', n)) as NoticeTold;
  const { upheld, undecided, held } = told;
  await move(tools, `upheld/${n}`, 'upheld', upheld);
  await inParts((part) => world.passNotice(`notice/${n}/${part}`, { objected: undecided, held }));
  if (held.length > 0) await askBeside(['objections']);
  return told;
}

/** A stage in its n-th round. */
async function inRound({ ask, again, round }: Tools, stage: string, n: number) {
  if (round(stage) < n) again(stage);
  return ask(stage);
}

/** One step of the batch over all its applications, and the cases end of those who are out by it. How many people it says. */
async function move({ world }: Tools, key: string, step: string, cases: string[] = []): Promise<number | undefined> {
  const { people } = await world.moveRecruitment(`move/${key}`, { step, cases });
  await inParts((part) => world.endApplications(`out/${key}/${part}`, {}));
  return people;
}

async function over(tools: Tools, outcome: string): Promise<string> {
  await move(tools, 'cancel', 'cancel');
  return outcome;
}

/** Work on many is done some hundred at a time, each part remembered. */
async function inParts(work: (part: number) => Promise<{ more?: boolean }>): Promise<void> {
  for (let part = 1; (await work(part)).more; part += 1);
}

export const recruitment = tell(recruitmentStory);
