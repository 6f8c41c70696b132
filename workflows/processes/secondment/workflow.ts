import { addMonths, dateOf, type IsoDate } from '../../../libs/domain/dates.ts';
import { midtermOn, plannedEnd } from '../../../libs/domain/secondment.ts';
import type { SecondmentRules } from '../../../libs/domain/secondment-rules.ts';
import type { Story, Tools } from '../../core/story.ts';
import { tell } from '../../core/tell.ts';
import { logsOf } from './policy.ts';

/** What a case of secondment is started with. */
interface SecondmentInput {
  personId: string;
  year: number;
}

/** The receiving community's contact and the day agreed on. */
interface Placed {
  hostId: string;
  startOn: IsoDate;
}

/**
 * Secondment: nominated, willing, reviewed, made public and approved; matched with a host that has room and accepts; sent off, received, two months with
 * logs, appraised by the host; back home a summary, and twice a look at what was copied. A recall ends the stay early with what there is.
 */
export const secondmentStory: Story = async (tools) => {
  const { ask, until, dates, events, world } = tools;
  const { personId, year } = tools.input as unknown as SecondmentInput;
  if (events.decline) return 'declined';
  await ask('nomination');
  if ((await ask('consent')).consent === 'no') return 'declined';
  if ((await ask('review')).result !== 'pass') return 'notPassed';
  if ((await ask('notice')).result !== 'clear') return 'objected';
  const approved = (await ask('approval')).result;
  if (approved === 'rejected') return 'rejected';
  // a place that comes free goes to a reserve, within the year
  if (approved === 'reserve' && (await ask('callUp', { endsOn: `${year}-12-31` })).result !== 'called') return 'notCalled';

  const { hostId, startOn } = await match(tools);
  await dates([{ key: 'start', title: '报到', on: startOn }]);
  await ask('dispatch');
  await until('arrival', '等待报到', startOn);
  const arrival = await ask('arrival', { asks: [hostId], countsFrom: startOn });
  if (arrival.result !== 'arrived') return 'noShow';

  const arrivedOn = String(arrival.arrivedOn);
  const { months } = tools.pinned.rules as SecondmentRules;
  const toOn = events.extend ? String(events.extend.told.until) : plannedEnd(arrivedOn, months);
  const stay = { personId, hostId, year, fromOn: arrivedOn, toOn };
  // a rest day's end moves; where the year's table is missing it is shown unmoved, and moves on the day
  const { on } = await world.recordStay(`stay/${toOn}`, stay);
  const endsOn = events.recall ? String(events.recall.told.lastOn) : await learn(tools, stay, on);
  if (events.recall) await dates([{ key: 'end', title: '提前结束', on: endsOn }]);
  const { appraisal } = await close(tools, hostId, endsOn);
  const agreement = tools.known('agreement')?.result === 'signed';
  await world.concludeStay('conclude', {
    personId,
    toOn: endsOn,
    rating: String(appraisal!.rating),
    agreement,
    recalled: Boolean(events.recall),
  });
  if (events.recall) return 'recalled';
  return follow(tools, endsOn);
};

/** A match that was sent back before anybody was matched books nothing. */
const nothing = { hostId: '', fromOn: '', toOn: '' };

/** A host that has room on those days and accepts; one that has not, or cannot, is matched anew. Each match is booked once, under its round. */
async function match({ ask, again, round, world, pinned }: Tools): Promise<Placed> {
  const { months } = pinned.rules as SecondmentRules;
  let asked = 0;
  for (let n = 1; ; n += 1) {
    const past = round('match') > n;
    const told = past ? {} : await ask('match');
    const startOn = String(told.startOn);
    const booking = past ? nothing : { hostId: String(told.hostId), fromOn: startOn, toOn: plannedEnd(startOn, months) };
    const { taken } = await world.bookHost(`book/${n}`, booking);
    if (!taken) asked += 1;
    if (past) continue;
    if (!taken) {
      if (round('acceptance') < asked) again('acceptance');
      const { result } = await ask('acceptance', { asks: [String(told.hostId)] });
      if (result === 'accepts') return { hostId: String(told.hostId), startOn };
    }
    again('match');
  }
}

/** The stay to its last day: plan, a log each Friday, the middle, an agreement; extended once where both sides agree. The day on which it ended. */
async function learn(
  { askBeside, until, dates, world, pinned }: Tools,
  stay: { personId: string; hostId: string; year: number; fromOn: IsoDate; toOn: IsoDate },
  known: IsoDate | undefined,
): Promise<IsoDate> {
  const { remindBefore } = pinned.rules as SecondmentRules;
  const shown = known ?? stay.toOn;
  await dates([{ key: 'end', title: '跟岗期满', on: shown, remindBefore, inEffect: true }]);
  const asks = [stay.hostId];
  await askBeside(['plan', 'agreement'], { lapsesOn: shown });
  const asked = [{ stage: 'midterm', on: midtermOn(stay.fromOn, shown) }, ...logsOf(stay.fromOn, shown)];
  for (const { stage, on } of asked.sort((a, b) => (a.on < b.on ? -1 : 1))) {
    await until(stage, '跟岗学习中', on);
    await askBeside([stage], { lapsesOn: shown, asks });
  }
  await until('appraisal', '跟岗学习中', shown);
  const endsOn = known ?? (await world.recordStay(`stay/${stay.toOn}/late`, stay)).on ?? stay.toOn;
  await until('appraisal', '跟岗学习中', endsOn);
  return endsOn;
}

/** What the host says, the return, and what the person says; counted from the last day. */
async function close({ askTogether, until, today }: Tools, hostId: string, endsOn: IsoDate) {
  if (dateOf(today()) < endsOn) await until('appraisal', '等待跟岗最后一天', endsOn);
  return askTogether(['appraisal', 'returned', 'summary'], { asks: [hostId], countsFrom: endsOn });
}

/** What was learned is told, and looked at twice. */
async function follow({ ask, until, pinned }: Tools, endsOn: IsoDate): Promise<string> {
  const [first, second] = (pinned.rules as SecondmentRules).followUpMonths;
  await ask('sharing');
  await until('followUp3', '等待成果跟踪', addMonths(endsOn, first));
  await ask('followUp3');
  await until('followUp6', '等待成果跟踪', addMonths(endsOn, second));
  await ask('followUp6');
  return 'completed';
}

export const secondment = tell(secondmentStory);
