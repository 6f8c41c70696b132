import { addDays, addMonths } from '../../../libs/domain/dates.ts';
import { chainOf, type RatedYear } from '../../../libs/domain/rating-chain.ts';
import { endsByItself, type Shield } from '../../../libs/domain/severance.ts';
import type { StageAsk, Told } from '../../../libs/domain/story.ts';
import { lapsed, type Story, type Tools } from '../../core/story.ts';
import { tell } from '../../core/tell.ts';
import { asidesOf, leavesOn, watchDays, type WatchPolicy } from './policy.ts';

/** What a case of dismissal is started with. */
interface WatchInput {
  personId: string;
  /** The first failing year. */
  year: number;
  openedOn: string;
}

/**
 * Dismissal after two failing years: a year of improvement with evidence, the next rating, whether this way may be gone at all, the person's statement,
 * the union, the committee and the county, then notice. It proposes; people decide. What is missing or better at any point ends it without a dismissal.
 */
export const dismissalStory: Story = async (tools) => {
  const { events, known, world } = tools;
  const input = tools.input as unknown as WatchInput;
  const { personId } = input;
  const { agree, resign } = events;
  if (agree) return leave(tools, { outcome: 'agreed', lastOn: String(agree.told.endsOn), pays: agree.told.proposedBy === 'employer' });
  if (resign)
    return leave(tools, { outcome: 'resigned', lastOn: leavesOn(resign.on, resign.told.leavesOn as string | undefined), pays: false });
  if (events.corrected && !known('service')) return unwind(tools, input);

  await improve(tools, input);
  const next = events.rating!.told as unknown as RatedYear;
  const chain = chainOf(input.year, next);
  if (chain === 'recovered') return 'recovered';

  const found = await freeOfShield(tools);
  if (asidesOf(chain, found).length > 0) {
    const { how } = await gate(tools, 'manual');
    if (how === 'renew') return watchOn(tools, personId, 'renewed');
    if (how !== 'proceed') return 'otherwise';
  }
  if ((await gate(tools, 'legal')).result === 'renew') return watchOn(tools, personId, 'renewed');

  await world.checkReduction('reduction', {});
  await gate(tools, 'proposal');
  // to be heard is a right: silence holds nothing up
  await gate(tools, 'statement', { lapsesOn: input.openedOn });
  if ((await gate(tools, 'union')).stance === 'objects' && (await gate(tools, 'unionReply')).result === 'dropped')
    return watchOn(tools, personId, 'kept');
  if ((await gate(tools, 'committee')).result !== 'pass') return watchOn(tools, personId, 'kept');
  if ((await gate(tools, 'county')).result !== 'filed') return watchOn(tools, personId, 'kept');
  const service = await gate(tools, 'service');
  return leave(tools, { outcome: 'dismissed', lastOn: String(service.endsOn), pays: true });
};

/** The year of improvement, until the next rating is told. What is late is asked for, never assumed. */
async function improve({ askBeside, ask, again, round, until, dates, events, pinned }: Tools, input: WatchInput): Promise<void> {
  if (events.rating) return;
  const days = watchDays(input.year, pinned.days as WatchPolicy);
  const inTime = { lapsesOn: days.improveBy };
  await dates([
    { key: 'midyear', title: '年中复查', on: days.midyearOn },
    { key: 'nextFinalBy', title: '下一年度考核结果应当确定', on: days.nextFinalBy },
  ]);
  await askBeside(['warning', 'training'], inTime);
  await until('midyear', '等待年中复查', days.midyearOn);
  await askBeside(['midyear'], inTime);
  await until('rating', '等待下一年度考核结果', addDays(days.nextFinalBy, 1));
  while (!events.rating) {
    const { expectedOn } = await ask('chase');
    await until(`chase/${round('chase')}`, '等待年度考核结果', String(expectedOn));
    again('chase');
  }
}

/** While art. 42 shields the person the case waits for the day on which that ends, and looks again. */
async function freeOfShield(tools: Tools): Promise<Told> {
  for (;;) {
    const found = await gate(tools, 'eligibility');
    if (!endsByItself(found.shield as Shield)) return found;
    const until = String(found.shieldUntil);
    await tools.dates([{ key: 'shield', title: '法定保护期届满', on: until }]);
    await tools.until(`shield/${tools.round('eligibility')}`, '法定保护期内，期满后再核查', addDays(until, 1));
    tools.again('eligibility');
  }
}

/** Asks a stage. While the rating is under review nothing further is asked, and what is open goes on beside it. */
async function gate(
  { known, ask, askBeside, round, events }: Tools,
  stage: string,
  how?: Omit<StageAsk, 'stage' | 'round'>,
): Promise<Told> {
  const told = known(stage);
  if (told) return told;
  if (events.contest && !known('ratingReview')) await (round(stage) === 0 ? ask('ratingReview') : askBeside(['ratingReview']));
  return ask(stage, how);
}

/** Not dismissed, and the latest failing year is watched in its turn. */
async function watchOn({ world }: Tools, personId: string, outcome: 'renewed' | 'kept'): Promise<string> {
  await world.startCase('watch', { process: 'dismissal', personId });
  return outcome;
}

/** One of the two failing years is none any more. When it was the first, the second one is a first failing year itself. */
async function unwind({ events, world }: Tools, { personId, year }: WatchInput): Promise<string> {
  if (events.corrected!.told.year === year && events.rating?.told.rating === 'failed')
    await world.startCase('watch', { process: 'dismissal', personId });
  return 'unwound';
}

interface Leaving {
  outcome: 'dismissed' | 'agreed' | 'resigned';
  lastOn: string;
  /** Severance is due. */
  pays: boolean;
}

/** The contract ends with its day; what is owed, handed over and certified; then the papers stay open for as long as a dispute may come. */
async function leave(tools: Tools, { outcome, lastOn, pays }: Leaving): Promise<string> {
  const { ask, askBeside, askTogether, until, dates, events, known, world, pinned } = tools;
  await dates([{ key: 'lastDay', title: '劳动合同解除日', on: lastOn }]);
  if (events.arbitration) await askBeside(['litigation']);
  await until('handover', '等待劳动合同解除日', addDays(lastOn, 1));
  if (!isWrongful(known('litigation'))) {
    const { personId } = tools.input as unknown as WatchInput;
    await world.endEmployment('end-employment', { personId, lastOn, reason: outcome });
    await askTogether([...(pays ? ['severance'] : []), 'handover', 'certificate'], { countsFrom: lastOn });
  }
  const corrected = outcome === 'dismissed' && events.corrected !== undefined;
  if (!events.arbitration && !corrected)
    await until('archive', '保存证据，等待仲裁时效期满', addDays(addMonths(lastOn, (pinned.days as WatchPolicy).archiveMonths), 1));
  const verdict = events.arbitration ? await ask('litigation') : undefined;
  const ended = corrected || isWrongful(verdict) ? await putRight(tools, corrected) : outcome;
  await ask('archive');
  return ended;
}

const isWrongful = (verdict: Told | undefined): boolean => verdict !== undefined && !lapsed(verdict) && verdict.result !== 'maintained';

/** 恢复劳动关系 with back pay, or twice the severance (arts. 48, 87). */
async function putRight({ ask, input, world }: Tools, corrected: boolean): Promise<string> {
  if (corrected) await world.raiseIncident('corrected', { kind: 'RatingChangedLate', detail: {} });
  const { how } = await ask('reinstatement');
  if (how === 'compensated') return 'compensated';
  await world.reinstate('reinstate', { personId: String(input.personId), ended: 'end-employment' });
  return 'reinstated';
}

export const dismissal = tell(dismissalStory);
