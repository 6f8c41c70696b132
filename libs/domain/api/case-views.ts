import { z } from 'zod';
import { id, instant, isoDate, personRef, unitRef } from './route.ts';

/** Where a case as a whole stands. */
export const caseStatus = z.enum(['running', 'withdrawing', 'ended']);

/** A due moment as people read it. `held` = it is counted when the case goes on; `state: 'unknown'` = the year's calendar is missing; `tentative` = from a provisional table (暂定). */
export const due = z.object({
  at: instant.nullable(),
  tentative: z.boolean(),
  state: z.enum(['open', 'soon', 'overdue', 'unknown', 'held', 'none']),
  workingDaysLeft: z.number().int().nullable(),
});

/** A line of the inbox. */
export const taskLine = z.object({
  id,
  caseId: id,
  caseNo: z.string(),
  process: z.string(),
  processTitle: z.string(),
  stage: z.string(),
  stageTitle: z.string(),
  round: z.number().int(),
  title: z.string().meta({ description: '当事人或事由' }),
  unit: unitRef,
  unitLine: z.string().meta({ description: '街道 · 社区' }),
  status: z.enum(['open', 'waiting', 'done', 'closed']),
  part: z.enum(['main', 'before', 'beside', 'after', 'advice']).meta({ description: '本环节的待办，或加签、委派' }),
  mine: z.boolean().meta({ description: '已由我认领或指名给我' }),
  claimedBy: z.string().nullable(),
  inStead: z.string().nullable().meta({ description: '代谁办理；本人办理为空' }),
  inMyStead: z.string().nullable().meta({ description: '由谁代我办理' }),
  escalated: z.boolean(),
  openedAt: instant,
  due,
  held: z.boolean().meta({ description: '本件已挂起' }),
  urgedAt: instant.nullable().meta({ description: '最近一次催办' }),
  verdict: z.string().nullable(),
  answeredAt: instant.nullable(),
});

export const action = z.object({
  verb: z.string(),
  title: z.string(),
  allowed: z.boolean(),
  why: z.string().nullable().meta({ description: '现在不能做的原因' }),
  code: z.string().nullable(),
});

export const change = z.object({ label: z.string(), before: z.string().nullable(), after: z.string().nullable() });

/** One task with what its page needs: the form's last values, what will change, and what this reader may do. */
export const task = taskLine.extend({
  kind: z.string(),
  form: z.string().nullable(),
  panel: z.string().nullable().meta({ description: '会签规则，一句话' }),
  signers: z
    .array(
      z.object({
        taskId: id,
        name: z.string(),
        part: z.enum(['before', 'beside', 'after', 'advice']),
        title: z.string(),
        state: z.enum(['asked', 'waiting', 'answered']),
        verdict: z.string().nullable(),
        words: z.string().nullable(),
        removable: z.boolean(),
      }),
    )
    .meta({ description: '加签、委派的人员及其意见' }),
  members: z.array(z.object({ name: z.string(), state: z.enum(['asked', 'answered', 'closed']), verdict: z.string().nullable() })),
  doneBy: z.string().nullable().meta({ description: '本环节本轮最近由谁办理；本人办理的为空' }),
  note: z.string().nullable(),
  answer: z.record(z.string(), z.unknown()).nullable(),
  lastRound: z.record(z.string(), z.unknown()).nullable(),
  choices: z
    .record(z.string(), z.array(z.object({ value: z.string(), label: z.string() })))
    .meta({ description: '需从人员中选择的字段的可选项' }),
  changes: z.array(change).meta({ description: '同意后这些内容会改变' }),
  returnTargets: z.array(z.object({ stage: z.string(), title: z.string() })),
  actions: z.array(action),
  version: z.number().int(),
});

export const timelineItem = z.object({
  at: instant,
  who: z.string(),
  posts: z.string(),
  actingFor: z.string().nullable(),
  verb: z.string(),
  title: z.string(),
  stage: z.string().nullable(),
  round: z.number().int().nullable(),
  words: z.string().nullable(),
  accepted: z.boolean(),
  refusal: z.string().nullable(),
  changes: z.array(change),
  tone: z.enum(['done', 'returned', 'refused', 'system', 'info']),
});

export const stageNow = z.object({
  stage: z.string(),
  title: z.string(),
  rounds: z.array(
    z.object({
      round: z.number().int(),
      status: z.enum(['open', 'closed', 'superseded', 'expired']),
      openedAt: instant,
      closedAt: instant.nullable(),
      verdict: z.string().nullable(),
      who: z.string().nullable(),
      due,
    }),
  ),
});

export const caseLine = z.object({
  id,
  caseNo: z.string(),
  process: z.string(),
  processTitle: z.string(),
  title: z.string(),
  unit: unitRef,
  unitLine: z.string(),
  status: caseStatus,
  outcome: z.string().nullable(),
  outcomeTitle: z.string().nullable(),
  at: z.string().nullable().meta({ description: '现在所在环节，或在等什么' }),
  startedAt: instant,
  endedAt: instant.nullable(),
  held: z.boolean(),
  due,
});

/** Who is asked now, when the case was held, and to whom it was given to read. */
export const caseActs = z.object({
  asked: z.array(
    z.object({
      taskId: id,
      stageTitle: z.string(),
      who: z.string(),
      urgedAt: instant.nullable(),
      urgeFrom: instant.nullable().meta({ description: '何时起可以再催；现在就可以的为空' }),
    }),
  ),
  holds: z.array(z.object({ from: instant, to: instant.nullable(), reason: z.string(), documentNo: z.string(), who: z.string() })),
  readers: z.array(
    z.object({
      name: z.string(),
      posts: z.string(),
      who: z.string().meta({ description: '抄送人' }),
      at: instant,
      readAt: instant.nullable().meta({ description: '首次阅读' }),
    }),
  ),
});

export const caseView = caseLine.extend({
  starter: personRef.nullable(),
  startedBy: z.string().nullable().meta({ description: '由谁代为发起；发起人本人发起的为空' }),
  subject: z.object({ personId: id.nullable(), name: z.string() }).nullable(),
  effectiveAt: instant.nullable(),
  version: z.number().int(),
  dates: z
    .array(z.object({ label: z.string(), on: isoDate.nullable(), note: z.string().nullable() }))
    .meta({ description: '试用期起止等' }),
  policy: z.array(z.object({ label: z.string(), value: z.string(), assumed: z.boolean() })),
  stages: z.array(stageNow),
  waitingFor: z.object({ title: z.string(), until: instant.nullable() }).nullable(),
  timeline: z.array(timelineItem),
  myTaskId: id.nullable(),
  attachments: z.array(
    z.object({
      id,
      name: z.string(),
      size: z.number().int(),
      type: z.string(),
      stageTitle: z.string().nullable(),
      who: z.string(),
      at: instant,
      sha256: z.string(),
    }),
  ),
  forms: z.array(z.object({ form: z.string(), title: z.string() })).meta({ description: '可以打印的文书' }),
  comments: z.array(z.object({ id, who: z.string(), text: z.string(), at: instant })),
  events: z.array(z.object({ event: z.string(), title: z.string(), allowed: z.boolean(), why: z.string().nullable() })),
  incidents: z.array(z.object({ id, title: z.string(), openedAt: instant, resolvedAt: instant.nullable() })),
  ...caseActs.shape,
  actions: z.array(action),
});

/** A rehearsed date of a case: a stage's deadline, a reminder or a legal limit. */
export const rehearsedDate = z.object({
  on: isoDate,
  at: instant.nullable(),
  kind: z.enum(['stage', 'reminder', 'legal', 'wait', 'end']),
  title: z.string(),
  who: z.string().nullable(),
  rule: z.string().nullable(),
  tentative: z.boolean(),
  unknown: z.boolean(),
});
