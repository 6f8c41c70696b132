import { committee, type Officer } from '../../../test/support/cast.ts';
import { dateOf } from '../../../libs/domain/dates.ts';
import { isRefusal } from '../../../libs/domain/refusal.ts';
import type { TimedHouse } from '../../../test/support/stories.ts';
import type { Story } from '../../../test/support/story.ts';

// For tests: sound answers to each stage, by its title on the map. Dates are those of the day on which they are given.
const opinion = '表现符合录用条件，建议按期转正，没有不同意见。';

export const answerTo: Record<string, (on: string) => Record<string, unknown>> = {
  录用条件确认: () => ({ acknowledged: 'yes' }),
  中期检查: () => ({ how: 'done', findings: '帮带计划按期完成，工作日志齐全。' }),
  本人总结: () => ({ work: '熟悉网格情况，完成入户走访和台账登记。'.repeat(4), shortcomings: '政策掌握还不够，今后继续学习。' }),
  社区意见: () => ({ result: 'pass', opinion }),
  导师意见: () => ({ result: 'pass', opinion }),
  街道考核: (on) => ({
    result: 'pass',
    talkedOn: on,
    political: 18,
    skill: 20,
    work: 21,
    residents: 17,
    discipline: 9,
    opinion: `${opinion}经考核谈话和群众评价，综合得分良好。`,
  }),
  党工委决定: () => ({ result: 'pass', opinion: '同意按期转正。' }),
  工会意见: () => ({ stance: 'noObjection', opinion: '工会没有异议。' }),
  送达解除通知: (on) => ({ servedOn: on, how: 'inPerson', proof: '本人当面签收送达回证。' }),
  离职证明与档案转移: (on) => ({ issuedOn: on, transferredOn: on }),
  县级备案: () => ({ filed: 'filed', opinion: '同意备案。' }),
  告知本人: () => ({ read: 'yes' }),
};
export const failing = {
  result: 'fail',
  opinion: '不符合录用条件。',
  reasons: '第三条：三次未按时完成入户走访，有工作日志和谈话记录为证。',
};
/** Four of seven make the majority. */
export const majority: readonly Officer[] = committee.slice(0, 4);

const usual: Record<string, readonly (Officer | 'self')[]> = {
  录用条件确认: ['self'],
  导师结对: ['street'],
  中期检查: ['secretary'],
  本人总结: ['self'],
  社区意见: ['secretary'],
  导师意见: ['deputy'],
  街道考核: ['street'],
  党工委决定: majority,
  工会意见: ['union'],
  送达解除通知: ['street'],
  离职证明与档案转移: ['street'],
  县级备案: ['countyOrg'],
  告知本人: ['self'],
};

/** The usual people give a stage their usual answer, with `changes`. */
export async function passes(story: Story, title: string, changes: Record<string, unknown> = {}): Promise<void> {
  const answer =
    title === '导师结对'
      ? { mentorId: story.house.cast.ids.deputy, plan: '每周一次，共六个月，走访带教。' }
      : answerTo[title]!(dateOf(await story.house.clock.now()));
  for (const who of usual[title]!) {
    const verdict = await (who === 'self' ? story.self : story.officer(who)).answers(title, { ...answer, ...changes });
    if (isRefusal(verdict)) throw new Error(`${title}: ${JSON.stringify(verdict)}`);
  }
}

/** The usual people answer whatever is asked, each on the day on which it is asked, until `title` is; null: until the case has ended. */
export async function goesOnTo(house: TimedHouse, story: Story, title: string | null): Promise<void> {
  for (;;) {
    const open = await story.openStages();
    if (title !== null && open.includes(title)) return;
    const { status, waitingFor } = await story.case();
    if (status === 'ended') return;
    if (open.length > 0) await passes(story, open[0]!);
    else await house.until(dateOf(new Date((waitingFor as { until: string }).until)), '09:30');
  }
}
