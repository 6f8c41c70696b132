import { addDays, dateOf } from '../../../libs/domain/dates.ts';
import { lapsed, type Story, type Tools } from '../../core/story.ts';
import { tell } from '../../core/tell.ts';
import { leavesOn, probationDays, type ProbationDays, type Suspension } from './policy.ts';

/** What a case of probation is started with and what is pinned into it. */
interface ProbationInput {
  personId: string;
  startedOn: string;
  probationMonths: number;
  openedOn: string;
}

/**
 * Probation to formal hire: conditions, mentor and mid-point check; opinions, appraisal and decision before the last day of probation; then confirm or
 * end. A last day that passes without a decision converts by itself, since "not up to conditions" must be proved during probation (art. 39(1), 21).
 */
export const probationStory: Story = async (tools) => {
  const { ask, askTogether, askBeside, until, dates, events } = tools;
  const input = tools.input as unknown as ProbationInput;
  const daysWith = (suspension?: Suspension) =>
    probationDays(input.startedOn, input.probationMonths, Number(tools.pinned.reviewBefore), suspension);
  const [planned, days] = [daysWith(), daysWith(events.suspend?.told as unknown as Suspension | undefined)];
  const inTime = { endsOn: days.lastDay };
  const preparing = { ...inTime, lapsesOn: addDays(days.reviewOn, -1) };

  await dates([{ key: 'lastDay', title: '试用期最后一天', on: days.lastDay, remindBefore: tools.pinned.reminders as number[] }]);
  if (events.resign) return leave(tools, input, leavesOn(events.resign.on, events.resign.told.leavesOn as string | undefined));

  // started late, what should have been prepared gets its full time, but holds nothing up; a later suspension makes no start less late
  if (input.openedOn >= planned.reviewOn) await askBeside(['conditions', 'mentor', 'midpoint'], preparing);
  else if (input.openedOn > planned.midpointOn) await askTogether(['conditions', 'mentor', 'midpoint'], preparing);
  else {
    await askTogether(['conditions', 'mentor'], preparing);
    await until('midpoint', '等待中期检查', days.midpointOn);
    await ask('midpoint', preparing);
  }
  await until('summary', '等待试用期满前考核', days.reviewOn);

  for (const stage of ['summary', 'community', 'mentorOpinion', 'street'] as const) {
    const asks = stage === 'mentorOpinion' ? await mentorOf(tools, preparing) : undefined;
    if (lapsed(await ask(stage, { ...inTime, ...(asks && { asks }) }))) return convert(tools, input, days);
  }
  const decision = await ask('committee', inTime);
  if (lapsed(decision)) return convert(tools, input, days);
  if (decision.result === 'pass') return confirm(tools, input, days, 'confirmed');

  if (lapsed(await ask('union', inTime))) return convert(tools, input, days);
  const service = await ask('service', inTime);
  if (lapsed(service)) return convert(tools, input, days);
  const servedOn = String(service.servedOn);
  await tools.world.endEmployment('end-employment', { personId: input.personId, lastOn: servedOn, reason: 'terminated' });
  return close(tools, 'terminated', servedOn);
};

/** The mentor named at pairing; when nobody was named in time, the stage asks the street's own. */
async function mentorOf({ ask }: Tools, preparing: { endsOn: string; lapsesOn: string }): Promise<string[] | undefined> {
  const told = await ask('mentor', preparing);
  return told.mentorId ? [String(told.mentorId)] : undefined;
}

async function confirm(tools: Tools, input: ProbationInput, days: ProbationDays, outcome: 'confirmed' | 'converted'): Promise<string> {
  await tools.world.confirmEmployment('confirm-employment', { personId: input.personId, on: addDays(days.lastDay, 1) });
  await tools.ask('filing');
  await tools.ask('notice');
  return outcome;
}

/** No decision by the last day: formal by law, and somebody must look at why. */
async function convert(tools: Tools, input: ProbationInput, days: ProbationDays): Promise<string> {
  await tools.world.raiseIncident('converted', { kind: 'ConvertedBySilence', detail: { lastDay: days.lastDay } });
  return confirm(tools, input, days, 'converted');
}

async function leave(tools: Tools, input: ProbationInput, lastOn: string): Promise<string> {
  if (dateOf(tools.today()) <= lastOn) await tools.until('certificate', '等待离职日', addDays(lastOn, 1));
  await tools.world.endEmployment('end-employment', { personId: input.personId, lastOn, reason: 'resigned' });
  return close(tools, 'resigned', lastOn);
}

/** Certificate and file transfer within 15 days of the last day of employment, then the county's filing. */
async function close(tools: Tools, outcome: 'terminated' | 'resigned', lastOn: string): Promise<string> {
  await tools.ask('certificate', { countsFrom: lastOn });
  await tools.ask('filing');
  return outcome;
}

export const probation = tell(probationStory);
