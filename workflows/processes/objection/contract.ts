import { z } from 'zod';
import { workingDays } from '../../../libs/domain/calendar.ts';
import type { Opening, OpeningFacts, ProcessContract } from '../../../libs/domain/contract.ts';
import { choice, date, optionalText, text } from '../../../libs/domain/form-fields.ts';
import { refuse, type Refusal } from '../../../libs/domain/refusal.ts';
import { checkAcceptance, checkReply, type Identity } from './policy.ts';

const wrong = (detail: string | null): Refusal | null => (detail === null ? null : refuse('AnswerDoesNotFit', { detail }));
const NOT_BY_NAME = '不要写反映人的姓名、电话等信息';

/** 公示异议: received, checked, given to somebody who may deal with it, investigated, the notice's case told, a named objector answered (domain 10A). */
export const contract = {
  name: 'objection',
  title: '公示异议',
  short: '异议',
  summary: '公示期内收到异议后，核对身份或线索，由应当回避以外的人员调查，结论告知原件，并答复实名反映人。',
  takes: '核对 2 个工作日，调查 10 个工作日，答复 5 个工作日',
  laws: [],
  startedBy: ['COUNTY_ORG'],
  caused: true,
  input: z.object({ objectionId: z.uuid(), title: z.string(), unitCode: z.string(), named: z.boolean(), barred: z.array(z.uuid()) }),
  policies: ['objection.within'],

  stages: {
    check: {
      title: '核对与受理',
      kind: 'decision',
      audience: { role: 'COUNTY_ORG', level: 'county' },
      within: workingDays(2),
      answer: z.object({
        identity: choice('身份与线索', ['verified', 'clues', 'neither'], {
          verified: '实名，身份已核实',
          clues: '身份未核实或不具名，但线索可以核实',
          neither: '身份未核实，线索也无法核实',
        }),
        result: choice('受理', ['accepted', 'notAccepted'], { accepted: '受理', notAccepted: '不予受理' }),
        handlerId: z
          .uuid({ error: '请选择承办人' })
          .optional()
          .meta({ title: '承办人', widget: 'person', options: 'handlers', help: '应当回避的人员不在名单里' }),
        reason: optionalText('不予受理的理由'),
      }),
      verdict: 'result',
      tells: ['result', 'handlerId'],
      takesEffectWhen: ({ result }) => result === 'notAccepted',
      check: (answer, { input }) =>
        wrong(
          checkAcceptance(answer as { result: string; identity: Identity; handlerId?: string; reason?: string }, {
            named: input.named === true,
            barred: input.barred as string[],
          }),
        ),
      rehearsed: { result: 'accepted', handlerId: 'rehearsal' },
    },
    investigate: {
      title: '调查核实',
      kind: 'decision',
      audience: { named: 'handler', else: { role: 'COUNTY_ORG', level: 'county' } },
      within: workingDays(10),
      form: '公示异议调查报告',
      answer: z.object({
        conclusion: choice('结论', ['rejected', 'upheld', 'undecided'], {
          rejected: '反映不属实',
          upheld: '反映属实',
          undecided: '无法查清',
        }),
        findings: text('调查情况', 20, 8, `写明调查了什么、向谁核实、依据什么。${NOT_BY_NAME}`),
        basis: text('结论的依据', 10, 4, NOT_BY_NAME),
      }),
      verdict: 'conclusion',
      tells: ['conclusion'],
      takesEffectWhen: () => true,
      rehearsed: { conclusion: 'rejected' },
    },
    reply: {
      title: '答复反映人',
      kind: 'filing',
      audience: { named: 'handler', else: { role: 'COUNTY_ORG', level: 'county' } },
      within: workingDays(5),
      form: '异议答复书',
      noReturn: true,
      answer: z.object({
        how: choice('答复方式', ['inPerson', 'post', 'mail', 'phone'], {
          inPerson: '当面送交',
          post: '邮寄',
          mail: '发到反映人留的邮箱',
          phone: '电话告知并作记录',
        }),
        repliedOn: date('答复日期'),
        proof: text('送达凭证', 4, 2, `签收、邮寄单号或记录人等。${NOT_BY_NAME}`),
      }),
      tells: ['repliedOn'],
      check: (answer, { on, closedOn }) => wrong(checkReply(answer as { repliedOn: string }, on, closedOn.investigate ?? closedOn.check)),
      rehearsed: {},
    },
  },
  order: ['check', 'investigate', 'reply'],
  map: [
    { from: 'check', to: 'investigate', when: '受理' },
    { from: 'check', to: 'reply', when: '不予受理', lane: 'aside' },
    { from: 'investigate', to: 'reply', when: '实名' },
  ],
  events: {},
  outcomes: {
    upheld: { title: '反映属实', tone: 'passed' },
    rejected: { title: '反映不属实', tone: 'passed' },
    undecided: { title: '无法查清', tone: 'stopped' },
    dismissed: { title: '不予受理', tone: 'stopped' },
    withdrawn: { title: '已撤回', tone: 'stopped' },
    cancelled: { title: '已撤销', tone: 'stopped' },
  },
  open,
} satisfies ProcessContract;

/** One case an objection. It has no person concerned: whoever it is about has no part in it. */
function open(given: Record<string, unknown>, { policies }: OpeningFacts): Opening | Refusal {
  const { objectionId, title, unitCode, named, barred } = contract.input.parse(given);
  return {
    naturalKey: objectionId,
    title,
    unitCode,
    subjectAccountId: null,
    subjectPersonId: null,
    storyInput: { objectionId, named, barred },
    pinned: {
      within: policies['objection.within']?.value ?? {},
      versions: Object.fromEntries(Object.entries(policies).map(([key, { version, assumed }]) => [key, { version, assumed }])),
    },
  };
}
