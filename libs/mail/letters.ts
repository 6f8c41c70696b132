import { dateOf, formatDate, formatEnd, timeOf, yearOf } from '../domain/dates.ts';
import type { DigestSection, MailParams, MailTemplate, TaskParams } from './params.ts';

/** A letter before it is laid out: subject, paragraphs, and the one page where something can be done about it. */
export interface Letter {
  subject: string;
  paragraphs: string[];
  link?: { label: string; path: string };
}

const task = ({ taskId }: TaskParams) => ({ label: '办理请点击', path: `/tasks/${taskId}` });
const matter = ({ caseId }: { caseId: string }) => ({ label: '查看办件', path: `/cases/${caseId}` });
const named = ({ caseTitle, caseNo }: { caseTitle: string; caseNo: string }) => `“${caseTitle}”（办件编号 ${caseNo}）`;

/** 2026年11月30日(周一) 17:30; a legal end at midnight is told as 24:00 of its day. */
function moment(at: Date): string {
  const lastMillisecond = new Date(at.getTime() - 1);
  return `${yearOf(dateOf(lastMillisecond))}年${formatEnd(at)}`;
}

function due({ dueAt, dueTentative }: TaskParams): string[] {
  if (!dueAt) return [];
  const tentative = dueTentative ? '（暂定，该年放假安排公布后以重新计算的为准）' : '';
  return [`办理期限：${moment(new Date(dueAt))}${tentative}。`];
}

const stead = ({ inStead }: TaskParams) => (inStead ? [`您在代理期内，代${inStead}办理。`] : []);
const note = (text?: string) => (text ? [`附言：${text}`] : []);

type Opened = MailParams['task-opened'];
const came: Record<NonNullable<Opened['how']>, (from: string) => string> = {
  transferred: (from) => `${from}把该环节转给您办理。`,
  delegated: (from) => `${from}请您就该环节提出建议，您答复后仍由对方办理。`,
  advised: (from) => `${from}已就该环节答复，请您继续办理。`,
  added: (from) => `${from}请您在该环节加签。`,
  'level-above': () => '下一级目前无人可以办理该环节，依规定由您办理。',
};

function opened(p: Opened): Letter {
  return {
    subject: `【待办】${p.caseTitle}：${p.stageTitle}`,
    paragraphs: [
      `${named(p)}已到“${p.stageTitle}”环节，请您办理。`,
      ...(p.how ? [came[p.how](p.fromName ?? '原经办人')] : []),
      ...stead(p),
      ...due(p),
      ...note(p.note),
    ],
    link: task(p),
  };
}

function reminder(p: MailParams['task-reminder']): Letter {
  const stage = `${named(p)}的“${p.stageTitle}”环节`;
  if (p.mark === 'overdue') {
    return {
      subject: `【已逾期】${p.caseTitle}：${p.stageTitle}`,
      paragraphs: [`${stage}已超过办理期限，请您尽快办理。`, ...stead(p), ...due(p)],
      link: task(p),
    };
  }
  if (p.mark === 100) {
    return {
      subject: `【到期】${p.caseTitle}：${p.stageTitle}`,
      paragraphs: [`${stage}的办理期限已到，仍未办结。该环节将同时报上一级知悉，您仍可办理。`, ...stead(p), ...due(p)],
      link: task(p),
    };
  }
  return {
    subject: `【提醒】${p.caseTitle}：${p.stageTitle}`,
    paragraphs: [`${stage}的办理时间已过 ${p.mark}%，请您按期办理。`, ...stead(p), ...due(p)],
    link: task(p),
  };
}

const sectionTitles = { overdue: '已超期', today: '今天到期', week: '七日内到期', fresh: '昨日以来新到' } as const;

function digest({ on, sections, later, news }: MailParams['digest']): Letter {
  const open = sections.reduce((sum, { total }) => sum + total, later);
  const overdue = sections.find(({ kind }) => kind === 'overdue')?.total ?? 0;
  const counted = [open > 0 && `待办 ${open} 件`, overdue > 0 && `超期 ${overdue} 件`, news.length > 0 && `消息 ${news.length} 条`];
  const line = ({ caseTitle, stageTitle, dueAt, dueTentative, fresh }: DigestSection['lines'][number]) =>
    `· ${fresh ? '〔新〕' : ''}${caseTitle}：${stageTitle}${dueAt ? `，${moment(new Date(dueAt))}${dueTentative ? '（暂定）' : ''}` : ''}`;
  return {
    subject: `【每日摘要】${formatDate(on)}：${counted.filter(Boolean).join('，')}`,
    paragraphs: [
      ...sections.map(({ kind, total, lines }) =>
        [
          `${sectionTitles[kind]}（${total} 件）`,
          ...lines.map(line),
          ...(total > lines.length ? [`· ……另有 ${total - lines.length} 件`] : []),
        ].join('\n'),
      ),
      ...(later > 0 ? [`另有 ${later} 件待办在七日以后到期。`] : []),
      ...(news.length > 0 ? [['消息', ...news.map((subject) => `· ${subject}`)].join('\n')] : []),
    ],
    link: { label: '打开待办', path: '/tasks' },
  };
}

/** What each template says. The words are those of one officer to another; no ID numbers, no personal data in addresses. */
export const letters: { [T in MailTemplate]: (params: MailParams[T]) => Letter } = {
  'task-opened': opened,
  'task-reminder': reminder,
  'task-urged': (p) => ({
    subject: `【催办】${p.caseTitle}：${p.stageTitle}`,
    paragraphs: [`${p.byName}请您尽快办理${named(p)}的“${p.stageTitle}”环节。`, ...stead(p), ...due(p), ...note(p.note)],
    link: task(p),
  }),
  'task-escalated': (p) => ({
    subject: `【逾期报告】${p.caseTitle}：${p.stageTitle}`,
    paragraphs: [
      `${named(p)}的“${p.stageTitle}”环节由${p.heldBy}办理，已超过期限，现报您知悉。`,
      ...stead(p),
      ...due(p),
      '您可以督促其办理，也可以直接办理；其本人仍可办理。',
    ],
    link: task(p),
  }),
  'task-returned': (p) => ({
    subject: `【退回】${p.caseTitle}：${p.stageTitle}`,
    paragraphs: [
      `${p.byPost ? `${p.byPost} ` : ''}${p.byName}把${named(p)}退回到“${p.stageTitle}”环节，请您重新办理。`,
      `退回理由：${p.reason}`,
      ...stead(p),
      ...due(p),
    ],
    link: task(p),
  }),
  'task-copied': (p) => ({
    subject: `【抄送】${p.caseTitle}${p.stageTitle ? `：${p.stageTitle}` : ''}`,
    paragraphs: [
      `${p.byName ?? '经办人'}把${named(p)}${p.stageTitle ? `的“${p.stageTitle}”环节` : ''}抄送给您，供您阅知，不需要办理。`,
      ...note(p.note),
    ],
    link: matter(p),
  }),
  'case-withdrawn': (p) => {
    const word = p.kind === 'withdrawn' ? '撤回' : '撤销';
    return {
      subject: `【已${word}】${p.caseTitle}`,
      paragraphs: [
        `${named(p)}已由${p.byName}${word}，您在本件中的待办已经关闭，不需要再办理。`,
        ...(p.reason ? [`${word}理由：${p.reason}`] : []),
      ],
      link: matter(p),
    };
  },
  'case-held': (p) => {
    const held = p.kind === 'held';
    return {
      subject: `【${held ? '挂起' : '恢复办理'}】${p.caseTitle}`,
      paragraphs: [
        held
          ? `${named(p)}已由${p.byName}挂起，恢复前不能办理，按工作日计算的时限停止计算；法定期限照常计算。`
          : `${named(p)}已由${p.byName}恢复办理。按工作日计算的时限已按挂起的工作日顺延，请按新的时限办理。`,
        `理由：${p.reason}（${p.documentNo}）`,
      ],
      link: matter(p),
    };
  },
  'case-ended': (p) => ({
    subject: `【办结】${p.caseTitle}：${p.outcomeTitle}`,
    paragraphs: [`${named(p)}已经办结，结果为：${p.outcomeTitle}。`],
    link: matter(p),
  }),
  'worker-notice': (p) => ({ subject: `【通知】${p.heading}`, paragraphs: [...p.paragraphs, `办件编号：${p.caseNo}。`], link: matter(p) }),
  substitution: (p) => {
    const what = p.processes.length > 0 ? `${p.processes.map((title) => `“${title}”`).join('、')}的` : '全部';
    const when = `${formatDate(p.fromOn)}至${formatDate(p.toOn)}`;
    return {
      subject: `【代理${p.ended ? '结束' : ''}】${p.substitute}代${p.principal}办理`,
      paragraphs: p.ended
        ? [`${p.byName}提前结束了代理：${p.substitute}不再代${p.principal}办理（原定${when}）。没有办完的待办仍由${p.principal}办理。`]
        : [
            `${p.byName}设置了代理：${when}，由${p.substitute}代${p.principal}办理${what}待办。`,
            '期满自动结束。本人的回执、确认和票决投票不能代理。',
          ],
      link: { label: '查看代理', path: '/substitutes' },
    };
  },
  'activation-code': (p) => ({
    subject: '【账号开通】苗圃系统激活码',
    paragraphs: [
      `您的苗圃系统账号已经建立，用户名：${p.userName}。`,
      `激活码：${p.code}`,
      `请在 ${formatDate(dateOf(new Date(p.expiresAt)))} ${timeOf(new Date(p.expiresAt))} 之前打开下面的页面，输入用户名和激活码，设置您自己的密码。激活码只能用一次，请勿转给他人。`,
    ],
    link: { label: '开通账号', path: '/activate' },
  }),
  'sign-in-code': (p) => ({
    subject: '【招聘报名】登录验证码',
    paragraphs: [
      `您的登录验证码：${p.code}`,
      `请在 ${timeOf(new Date(p.expiresAt))} 之前填写。验证码只能用一次，请勿告诉他人。不是您本人操作的，不必理会这封邮件。`,
    ],
    link: { label: '打开报名页面', path: '/jobs' },
  }),
  digest,
  incident: (p) => ({
    subject: `【事件待处理】${p.title}`,
    paragraphs: [
      `系统发现一件需要人工处理的事：${p.title}${p.caseNo ? `（办件编号 ${p.caseNo}）` : ''}。`,
      ...(p.advice ? [`可以安全地做的：${p.advice}`] : []),
    ],
    link: { label: '处理事件', path: `/incidents/${p.incidentId}` },
  }),
};
