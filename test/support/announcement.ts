import { z } from 'zod';
import { workingDays } from '../../libs/domain/calendar.ts';
import type { ProcessContract } from '../../libs/domain/contract.ts';
import { postingForm, type NoticeTold } from '../../libs/domain/notice.ts';
import { refuse } from '../../libs/domain/refusal.ts';
import type { Story } from '../../workflows/core/story.ts';

// Two processes of the tests alone that make something public: one about one person, and one about a list of which everybody goes on by themself.
const draft: ProcessContract['stages'][string] = {
  title: '拟稿',
  kind: 'task',
  audience: { role: 'STREET_HR', level: 'street' },
  within: workingDays(5),
  answer: z.object({ text: z.string().min(1, '请填写内容').meta({ title: '内容' }) }),
};
const notice: ProcessContract['stages'][string] = {
  title: '公示',
  kind: 'filing',
  audience: { role: 'COUNTY_ORG', level: 'county' },
  within: workingDays(2),
  answer: postingForm,
  notice: {
    title: '社区工作者聘用结果公示',
    basis: '经资格审查和组织考察',
    what: '拟聘用人员',
    period: workingDays(5),
    detailTitle: '等级档次',
  },
};
const file: ProcessContract['stages'][string] = {
  title: '备案',
  kind: 'filing',
  audience: { role: 'COUNTY_ORG', level: 'county' },
  within: workingDays(5),
  answer: z.object({ docNo: z.string().min(1).meta({ title: '文号' }) }),
  takesEffectWhen: () => true,
};
const common = {
  short: '公示',
  summary: '测试用',
  takes: '',
  laws: [],
  startedBy: ['COUNTY_HR', 'COUNTY_ORG'],
  input: z.object({ personId: z.uuid() }),
  policies: ['notice.days'],
  map: [],
  events: {},
  outcomes: {
    done: { title: '办成', tone: 'passed' },
    refused: { title: '未通过', tone: 'failed' },
    withdrawn: { title: '已撤回', tone: 'stopped' },
    cancelled: { title: '已撤销', tone: 'stopped' },
  },
} satisfies Partial<ProcessContract>;

export const announcement: ProcessContract = {
  ...common,
  name: 'announcement',
  title: '公布',
  stages: { draft, notice, file },
  order: ['draft', 'notice', 'file'],
  open: (_, { person, policies }) =>
    person
      ? {
          naturalKey: person.staffNo,
          title: `${person.name} · 公布`,
          unitCode: person.unitCode,
          subjectAccountId: person.accountId,
          subjectPersonId: person.personId,
          storyInput: { personId: person.personId },
          pinned: { notices: { notice: policies['notice.days']?.value } },
        }
      : refuse('NotFound', { what: '这名人员' }),
};

/** Who objects with reason ends the matter; what cannot be cleared up is filed no further. */
export const announcementStory: Story = async ({ ask }) => {
  await ask('draft');
  if ((await ask('notice')).result !== 'clear') return 'refused';
  await ask('file');
  return 'done';
};

export const roll: ProcessContract = {
  ...common,
  name: 'roll',
  title: '名单公布',
  stages: {
    draft,
    notice: { ...notice, notice: { ...notice.notice!, heldAlone: true } },
    file,
    objections: {
      title: '异议处理',
      kind: 'task',
      audience: { role: 'COUNTY_ORG', level: 'county' },
      within: workingDays(10),
      answer: z.object({}),
      awaitsObjections: 'notice',
    },
  },
  order: ['draft', 'notice', 'file', 'objections'],
  // about a list: the person only says whose county it is
  open: (input, facts) => {
    const opening = announcement.open(input, facts);
    return 'refused' in opening ? opening : { ...opening, subjectAccountId: null, subjectPersonId: null };
  },
};

/** Those without an objection are filed at the end of the period; the story ends when the last objection is closed. */
export const rollStory: Story = async ({ ask }) => {
  await ask('draft');
  await ask('notice');
  await ask('file');
  const told = (await ask('objections')) as NoticeTold;
  return told.upheld.length > 0 ? 'refused' : 'done';
};

/** What whoever posts a notice fills in. */
export const posting = {
  issuer: '中共碧江区委组织部',
  documentNo: '碧组公〔2026〕11号',
  places: '碧江区政府网站、各街道公示栏、各社区居务公开栏',
  phone: '0856-0000000（工作日 9:00—12:00）',
  address: '碧江区委组织部组织二科',
};
