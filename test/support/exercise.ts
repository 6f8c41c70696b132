import { z } from 'zod';
import { workingDays } from '../../libs/domain/calendar.ts';
import type { Panel, ProcessContract } from '../../libs/domain/contract.ts';
import { refuse } from '../../libs/domain/refusal.ts';
import type { Story } from '../../workflows/core/story.ts';

// A process of the tests alone: one stage of each kind that the desk knows, one after the other.
const result = z.enum(['pass', 'fail'], { error: '请选择结论' }).meta({ title: '结论', options: { pass: '同意', fail: '不同意' } });
const vote = z
  .enum(['pass', 'fail', 'abstain'], { error: '请选择结论' })
  .meta({ title: '结论', options: { pass: '赞成', fail: '反对', abstain: '弃权' } });
const opinion = z.string().trim().min(2, '意见至少 2 个字').meta({ title: '意见' });
const panel = (title: string, of: Omit<Panel, 'for' | 'against'>): ProcessContract['stages'][string] => ({
  title,
  kind: 'decision',
  audience: { role: 'STREET_PARTY_COMMITTEE', level: 'street' },
  within: workingDays(5),
  panel: { ...of, for: 'pass', against: 'fail' },
  answer: z.object({ result: vote, opinion }),
  verdict: 'result',
  tells: ['result'],
});

export const exercise = {
  name: 'exercise',
  title: '演练',
  short: '演练',
  summary: '测试用',
  takes: '',
  laws: [],
  startedBy: ['COUNTY_HR', 'COUNTY_ORG'],
  input: z.object({ personId: z.uuid() }),
  policies: [],
  stages: {
    draft: {
      title: '拟稿',
      kind: 'task',
      audience: { role: 'STREET_HR', level: 'street' },
      within: workingDays(5),
      answer: z.object({ text: z.string().min(1, '请填写内容').meta({ title: '内容' }) }),
      tells: ['text'],
    },
    check: {
      title: '审核',
      kind: 'opinion',
      audience: { role: 'STREET_HR', level: 'street' },
      within: workingDays(5),
      answer: z.object({ result, opinion }),
      verdict: 'result',
      tells: ['result'],
    },
    all: panel('会签', { rule: 'all', minMembers: 2 }),
    any: panel('或签', { rule: 'any' }),
    inOrder: panel('依次办理', { rule: 'inOrder' }),
    ballot: panel('票决', { rule: 'ballot', share: 0.5, quorum: 0.5, minMembers: 3, veto: 'chair' }),
    file: {
      title: '备案',
      kind: 'filing',
      audience: { role: 'COUNTY_ORG', level: 'county' },
      within: workingDays(5),
      answer: z.object({ docNo: z.string().min(1).meta({ title: '文号' }) }),
      takesEffectWhen: () => true,
    },
  },
  order: ['draft', 'check', 'all', 'any', 'inOrder', 'ballot', 'file'],
  map: [],
  events: {},
  outcomes: {
    done: { title: '办成', tone: 'passed' },
    refused: { title: '未通过', tone: 'failed' },
    withdrawn: { title: '已撤回', tone: 'stopped' },
    cancelled: { title: '已撤销', tone: 'stopped' },
  },
  open: (_, { person }) =>
    person
      ? {
          naturalKey: person.staffNo,
          title: `${person.name} · 演练`,
          unitCode: person.unitCode,
          subjectAccountId: person.accountId,
          subjectPersonId: person.personId,
          storyInput: { personId: person.personId },
          pinned: {},
        }
      : refuse('NotFound', { what: '这名人员' }),
} satisfies ProcessContract;

/** Each stage in turn; the first that is not for it ends the matter. */
export const exerciseStory: Story = async ({ ask }) => {
  await ask('draft');
  for (const stage of ['check', 'all', 'any', 'inOrder', 'ballot'] as const) if ((await ask(stage)).result !== 'pass') return 'refused';
  await ask('file');
  return 'done';
};

/** An answer to a stage by lot: mostly for it, now and then against, an abstention, or one that does not fit. */
export function exerciseAnswer(stage: string, lot: number): Record<string, unknown> {
  if (lot % 11 === 0) return {};
  if (stage === 'draft') return { text: '初稿' };
  if (stage === 'file') return { docNo: '1号' };
  const verdict = lot % 7 === 0 ? 'fail' : lot % 7 === 1 && stage !== 'check' ? 'abstain' : 'pass';
  return { result: verdict, opinion: '见会议记录' };
}
