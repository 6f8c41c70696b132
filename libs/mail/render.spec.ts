import fc from 'fast-check';
import { letters } from './letters.ts';
import type { MailParams, MailTemplate } from './params.ts';
import { render, subjectOf } from './render.ts';

const aCase = { caseId: '5f0d3c1e-0000-4000-8000-000000000001', caseNo: 'SY-2026-0031', caseTitle: '杨秀英试用期满转正' };
const aTask = { ...aCase, taskId: '5f0d3c1e-0000-4000-8000-000000000002', stageTitle: '社区意见', dueAt: '2026-11-30T09:30:00Z' };
const to = { name: '田晓梅', publicUrl: 'https://hr.example.org' };

/** One full set of params a template; the type makes a forgotten template fail to compile. */
const samples: { [T in MailTemplate]: MailParams[T] } = {
  'task-opened': { ...aTask, how: 'transferred', fromName: '龙建华', note: '请先核对出勤' },
  'task-reminder': { ...aTask, mark: 80 },
  'task-urged': { ...aTask, byName: '龙建华', note: '材料急用' },
  'task-escalated': { ...aTask, heldBy: '河滨社区 田晓梅' },
  'task-returned': { ...aTask, byName: '龙建华', byPost: '街道党工委书记', reason: '缺导师评语' },
  'task-copied': { ...aTask, byName: '龙建华' },
  'case-withdrawn': { ...aCase, byName: '龙建华', kind: 'withdrawn', reason: '重复发起' },
  'case-held': { ...aCase, kind: 'held', byName: '龙建华', reason: '等待上级批复', documentNo: '碧组发〔2026〕12号' },
  'case-ended': { ...aCase, outcomeTitle: '予以转正' },
  'worker-notice': { ...aCase, heading: '试用期满转正', paragraphs: ['您已通过试用期考核。', '转正时间：2026年12月1日。'] },
  'sign-in-code': { code: '402917', expiresAt: '2026-12-01T09:30:00Z' },
  'activation-code': { userName: 'tianxm', code: 'K7QX-3MPA', expiresAt: '2026-12-01T09:30:00Z' },
  substitution: {
    principal: '龙建华',
    substitute: '田晓梅',
    byName: '麻静',
    fromOn: '2026-11-30',
    toOn: '2026-12-04',
    processes: ['试用转正'],
    ended: false,
  },
  digest: {
    on: '2026-11-30',
    sections: [
      {
        kind: 'overdue',
        total: 22,
        lines: [
          { caseTitle: '杨秀英试用期满转正', stageTitle: '社区意见', dueAt: '2026-11-27T09:30:00Z', dueTentative: false, fresh: false },
        ],
      },
      {
        kind: 'fresh',
        total: 1,
        lines: [{ caseTitle: '石兴云试用期满转正', stageTitle: '街道考核', dueAt: null, dueTentative: false, fresh: true }],
      },
    ],
    later: 3,
    news: ['【办结】杨秀英试用期满转正：予以转正'],
  },
  incident: {
    incidentId: '5f0d3c1e-0000-4000-8000-000000000003',
    title: '2027 年工作日历还没有导入',
    advice: '导入国务院办公厅公布的放假安排',
    ...aCase,
  },
};
const all = Object.keys(letters) as MailTemplate[];

test.each(all)('%s: text and HTML say the same, address the reader, and lead to one page', (template) => {
  const { subject, text, html } = render(template, samples[template], to);
  expect(subject).toMatch(/^【.+】./);
  expect(text).toContain('田晓梅同志：');
  const seen = html
    .replace(/^.*<body[^>]*>/s, '')
    .replace(/<[^>]+>/g, '')
    .replace(/\s/g, '');
  for (const line of text.split('\n').filter((line) => line && !line.includes('https://'))) expect(seen).toContain(line.replace(/\s/g, ''));
  const [url] = text.match(/https:\/\/\S+/)!;
  expect(html).toContain(`href="${url}"`);
  expect(url).toMatch(/^https:\/\/hr\.example\.org\/(tasks|cases|incidents)\/[0-9a-f-]{36}$|\/(activate|tasks|substitutes|jobs)$/);
  expect(`${subject}${text}`).not.toMatch(/undefined|null|NaN|Invalid/);
});

test.each<[string, MailTemplate, object, string[]]>([
  ["the deadline with its weekday, in China's time", 'task-opened', aTask, ['“社区意见”环节', '2026年11月30日(周一) 17:30']],
  ['a provisional deadline as such', 'task-opened', { ...aTask, dueTentative: true }, ['暂定']],
  [
    'a legal end at midnight as 24:00 of its day, on the last day of the year too',
    'task-reminder',
    { ...aTask, mark: 50, dueAt: '2026-12-31T16:00:00Z' },
    ['2026年12月31日(周四) 24:00', '50%'],
  ],
  ['no deadline where there is none', 'task-opened', { ...aTask, dueAt: null }, []],
  ['a due date that is reached', 'task-reminder', { ...aTask, mark: 100 }, ['期限已到', '上一级']],
  ['an overdue task', 'task-reminder', { ...aTask, mark: 'overdue' }, ['已超过办理期限']],
  ['who let it come to this', 'task-escalated', samples['task-escalated'], ['河滨社区 田晓梅', '仍可办理']],
  ['the reason of a return', 'task-returned', samples['task-returned'], ['街道党工委书记 龙建华', '缺导师评语']],
  ['a hold, and the paper that says so', 'case-held', samples['case-held'], ['挂起', '等待上级批复（碧组发〔2026〕12号）']],
  ['that it goes on', 'case-held', { ...samples['case-held'], kind: 'resumed' }, ['恢复办理', '顺延']],
  ['a whole case to read', 'task-copied', { ...aCase, byName: '龙建华', note: '请阅知' }, ['抄送', '附言：请阅知']],
  ['a withdrawal', 'case-withdrawn', samples['case-withdrawn'], ['撤回', '重复发起']],
  ['a cancellation', 'case-withdrawn', { ...samples['case-withdrawn'], kind: 'cancelled' }, ['撤销']],
  ['an advice asked for', 'task-opened', { ...aTask, how: 'delegated', fromName: '龙建华' }, ['龙建华', '建议']],
])('tells %s', (_, template, params, expected) => {
  const { text } = render(template, params, to);
  for (const words of expected) expect(text).toContain(words);
  if (expected.length === 0) expect(text).not.toContain('期限');
});

test('whatever people wrote stays text in the HTML', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (written) => {
      const reason = `<script>${written}"'&</script>`;
      const { html } = render('task-returned', { ...samples['task-returned'], reason, caseTitle: reason }, to);
      expect(html).not.toContain('<script>');
      const tags = html.match(/<[^>]*>/g)!;
      expect(
        tags.every((tag) =>
          /^<(!doctype html|html lang="zh-CN"|head|meta charset="utf-8"|\/?title|\/head|body style="[^"]*"|\/body|p|p style="[^"]*"|\/p|br|a href="https:[^"]*"|\/a|\/html)>$/.test(
            tag,
          ),
        ),
      ).toBe(true);
    }),
  );
});

test('a subject is one line, whatever a title holds', () => {
  expect(subjectOf('case-ended', { ...samples['case-ended'], caseTitle: '甲\r\nBcc: x@example.org\n乙' })).not.toMatch(/[\r\n]/);
});

test('a template that does not exist is an error, not an empty mail', () => {
  expect(() => render('no-such', {}, to)).toThrow('no-such');
});

test('the digest says how much is open and overdue, names the first of each part, and says what it leaves out', () => {
  const { subject, text } = render('digest', samples.digest, to);
  expect(subject).toBe('【每日摘要】2026年11月30日：待办 26 件，超期 22 件，消息 1 条');
  expect(text).toContain('已超期（22 件）\n· 杨秀英试用期满转正：社区意见，2026年11月27日(周五) 17:30\n· ……另有 21 件');
  expect(text).toContain('· 〔新〕石兴云试用期满转正：街道考核\n');
});
