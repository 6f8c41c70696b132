import type { ProcessContract } from '../domain/contract.ts';
import { formatEnd, formatMoment } from '../domain/dates.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { administratorRoles, roleTitles, type Actor, type Role } from '../domain/roles.ts';
import { barredFrom } from './bars.ts';
import { stageOf } from './room.ts';
import type { CaseState, TaskState } from './state.ts';

/** Whether the actor is the one asked, or among those asked, or holds the level before which the task also lies. */
export function isAsked(
  task: Pick<TaskState, 'assigneeId' | 'audienceRole' | 'audienceUnit' | 'escalations' | 'panelPost'>,
  actor: Actor,
): boolean {
  const holds = (role: string | null, unitCode: string | null) =>
    actor.posts.some((post) => post.role === role && post.unitCode === unitCode);
  // leaving the post counts as recusal from its panel
  if (task.assigneeId === actor.accountId) return task.panelPost === null || holds(task.panelPost.role, task.panelPost.unitCode);
  return holds(task.audienceRole, task.audienceUnit) || task.escalations.some((level) => holds(level.role, level.unitCode));
}

/**
 * May this person act on this open task now? In order: still open (`TaskNotOpen`), no administrator (`AdministratorDecidesNothing`), among those asked
 * (`NotYourTask`), not held (`CaseHeld`), separation of duty (`OwnCase`, `Relative`, `Recused`, `StarterMayNotDecide`, `FourEyes`), and nobody else's
 * (`AlreadyClaimed`).
 * Someone at the level above may act on an overdue task that another has claimed or was named for.
 */
export function mayAct(contract: ProcessContract, state: CaseState, task: TaskState, actor: Actor): Refusal | null {
  if (state.status !== 'running' || task.status !== 'open')
    return refuse('TaskNotOpen', { how: state.status === 'withdrawing' ? endedHow(state) : '办结或收回' });
  const stage = stageOf(contract, task.stage);
  if (actor.posts.some(({ role }) => administratorRoles.includes(role))) return refuse('AdministratorDecidesNothing');
  if (!isAsked(task, actor))
    return refuse('NotYourTask', { who: task.assigneeName ?? roleTitles[task.audienceRole as Role] ?? '其他人员' });
  const held = heldStill(state);
  if (held) return held;
  const earlierOfGroup = stage.fourEyes
    ? task.answeredStages
        .filter((other) => other !== task.stage && contract.stages[other]?.fourEyes === stage.fourEyes)
        .map((other) => stageOf(contract, other).title)
    : [];
  const barred = barredFrom(stage, {
    isSubject: actor.accountId === state.subjectId,
    isStarter: actor.accountId === state.starterId,
    isRelative: task.isRelative,
    isRecused: task.isRecused,
    earlierOfGroup,
    unitName: actor.posts[0]?.unitName ?? '本单位',
  });
  if (barred) return barred;
  const above = task.escalations.some((level) => actor.posts.some((post) => post.role === level.role && post.unitCode === level.unitCode));
  if (task.assigneeId && task.assigneeId !== actor.accountId && !above) {
    return refuse('AlreadyClaimed', {
      name: task.assigneeName ?? '',
      unit: task.assigneeUnit ?? '',
      at: formatMoment(new Date(task.claimedAt ?? task.openedAt)),
    });
  }
  return null;
}

/** 挂起: while a case is held nobody acts on what is asked in it. */
export const heldStill = ({ heldAt }: Pick<CaseState, 'heldAt'>): Refusal | null =>
  heldAt ? refuse('CaseHeld', { since: formatMoment(heldAt) }) : null;

/** How a case that no longer runs reads. */
export const endedHow = ({ status, ending }: Pick<CaseState, 'status' | 'ending'>): string =>
  status === 'ended' ? '办结' : ending === 'cancelled' ? '撤销' : '撤回';

/** After a stage's legal end nobody answers it, whether or not the story has woken yet. */
export function pastLegalEnd(task: TaskState, at: Date): Refusal | null {
  return task.legalEndAt && at >= new Date(task.legalEndAt) ? refuse('LegalEndPassed', { at: formatEnd(new Date(task.legalEndAt)) }) : null;
}
