import { z } from 'zod';
import { workingDays } from '../../libs/domain/calendar.ts';
import type { Opening, ProcessContract } from '../../libs/domain/contract.ts';

const outcome = z.enum(['agree', 'refuse']).meta({ title: '意见', widget: 'radio', options: { agree: '同意', refuse: '不同意' } });
const opinion = z.object({ outcome, opinion: z.string().max(2000).optional() });
const asked = {
  kind: 'opinion',
  within: workingDays(5),
  answer: opinion,
  verdict: 'outcome',
  tells: ['outcome'],
  rehearsed: { outcome: 'agree' },
} as const;

/** Four steps with a countersignature of three named people in between: what engines for human tasks are compared by. No process of the product. */
export const contract = {
  name: 'ht6',
  title: '基准流程',
  short: '基准',
  summary: '社区、街道、三人会签、县级，共六次办理。',
  takes: '只用于测速',
  laws: [],
  startedBy: ['COUNTY_HR'],
  input: z.object({
    key: z.string().max(60),
    unitCode: z.string(),
    signers: z.array(z.uuid()).length(3),
    request: z.record(z.string(), z.union([z.string(), z.number()])),
    note: z.string().max(1024),
  }),
  policies: [],
  stages: {
    community: { ...asked, title: '社区办理', audience: { role: 'COMMUNITY_SECRETARY', level: 'community' } },
    street: { ...asked, title: '街道办理', audience: { role: 'STREET_HR', level: 'street' } },
    countersign: { ...asked, title: '三人会签', audience: { named: 'signers' }, panel: { rule: 'all', for: 'agree', against: 'refuse' } },
    county: { ...asked, title: '县级办理', audience: { role: 'COUNTY_ORG', level: 'county' } },
  },
  order: ['community', 'street', 'countersign', 'county'],
  map: [
    { from: 'community', to: 'street' },
    { from: 'street', to: 'countersign' },
    { from: 'countersign', to: 'county', when: '一致同意' },
  ],
  events: {},
  outcomes: {
    passed: { title: '办结', tone: 'passed' },
    refused: { title: '会签未通过', tone: 'failed' },
    withdrawn: { title: '已撤回', tone: 'stopped' },
    cancelled: { title: '已撤销', tone: 'stopped' },
  },
  open,
} satisfies ProcessContract;

/** The whole form goes to the story: one kilobyte that a case carries, as in every engine of the comparison. */
function open(input: Record<string, unknown>): Opening {
  const { key, unitCode } = input as { key: string; unitCode: string };
  return { naturalKey: key, title: `基准 ${key}`, unitCode, subjectAccountId: null, subjectPersonId: null, storyInput: input, pinned: {} };
}
