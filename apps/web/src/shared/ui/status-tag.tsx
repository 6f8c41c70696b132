import {
  ArrowUpOutlined,
  CheckCircleFilled,
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleFilled,
  CloseCircleOutlined,
  CommentOutlined,
  ExclamationCircleFilled,
  EyeOutlined,
  FieldTimeOutlined,
  FileAddOutlined,
  InboxOutlined,
  MailOutlined,
  MinusCircleOutlined,
  NotificationOutlined,
  ProfileOutlined,
  PauseCircleOutlined,
  QuestionCircleOutlined,
  RollbackOutlined,
  SoundOutlined,
  StopOutlined,
  SyncOutlined,
  UndoOutlined,
  UserOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { ComponentType, ReactNode } from 'react';
import { text } from '../text/zh-CN.ts';
import css from './ui.module.css';

const words = text.status;
type Tone = 'blue' | 'grey' | 'gold' | 'red' | 'volcano' | 'green' | 'cyan' | 'purple';

/** Every state that the console shows: its tone, icon and word. A status is never told by colour alone. */
const kinds = {
  open: ['blue', ClockCircleOutlined, words.open],
  unclaimed: ['grey', InboxOutlined, words.unclaimed],
  awaits: ['grey', ClockCircleOutlined, words.awaits],
  soon: ['gold', FieldTimeOutlined, words.soon],
  overdue: ['red', ExclamationCircleFilled, words.overdue],
  escalated: ['volcano', ArrowUpOutlined, words.escalated],
  unknownDue: ['volcano', QuestionCircleOutlined, words.unknownDue],
  held: ['gold', PauseCircleOutlined, words.held],
  urged: ['volcano', SoundOutlined, words.urged],
  tentative: ['gold', FieldTimeOutlined, words.tentative],
  fixed: ['green', CheckCircleOutlined, words.fixed],
  running: ['blue', SyncOutlined, words.running],
  withdrawing: ['grey', UndoOutlined, words.withdrawing],
  passed: ['green', CheckCircleFilled, words.passed],
  failed: ['red', CloseCircleFilled, words.failed],
  stopped: ['grey', StopOutlined, words.stopped],
  done: ['green', CheckCircleOutlined, words.done],
  refused: ['red', CloseCircleOutlined, words.refused],
  returned: ['gold', RollbackOutlined, words.returned],
  closed: ['grey', MinusCircleOutlined, words.closed],
  probation: ['blue', SyncOutlined, words.probation],
  formal: ['green', CheckCircleOutlined, words.formal],
  left: ['grey', StopOutlined, words.left],
  none: ['grey', QuestionCircleOutlined, words.noStatus],
  assumed: ['gold', QuestionCircleOutlined, words.assumed],
  incident: ['red', WarningOutlined, words.incident],
  executed: ['green', CheckCircleOutlined, words.executed],
  rejected: ['red', StopOutlined, words.rejected],
  read: ['grey', EyeOutlined, words.read],
  error: ['red', CloseCircleOutlined, words.error],
  check: ['gold', WarningOutlined, words.check],
  good: ['green', CheckCircleOutlined, words.good],
  waiting: ['grey', ClockCircleOutlined, words.waiting],
  sending: ['blue', SyncOutlined, words.sending],
  sent: ['green', MailOutlined, words.sent],
  sendFailed: ['red', CloseCircleOutlined, words.sendFailed],
  noAddress: ['volcano', QuestionCircleOutlined, words.noAddress],
  inDigest: ['grey', ProfileOutlined, words.inDigest],
  notice: ['purple', NotificationOutlined, words.notice],
  objection: ['volcano', CommentOutlined, words.objection],
  confirm: ['purple', UserOutlined, words.confirm],
  fill: ['purple', FileAddOutlined, words.fill],
} satisfies Record<string, readonly [Tone, ComponentType<{ 'aria-hidden'?: boolean }>, string]>;

export type StatusKind = keyof typeof kinds;

export function StatusTag({ kind, children }: { kind: StatusKind; children?: ReactNode }) {
  const [tone, Icon, word] = kinds[kind];
  return (
    <span className={`${css.tag} ${css[tone]}`}>
      <Icon aria-hidden />
      {children ?? word}
    </span>
  );
}

/** A plain mark such as “第 2 轮”. */
export function Mark({ tone = 'grey', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`${css.tag} ${css[tone]}`}>{children}</span>;
}
