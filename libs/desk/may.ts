import type { ProcessContract, StageContract } from '../domain/contract.ts';
import { formatEnd, formatMoment } from '../domain/dates.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { administratorRoles, roleTitles, type Actor, type Role } from '../domain/roles.ts';
import { barredFrom } from './bars.ts';
import { stageOf } from './room.ts';
import { isAnothers, isInPerson, ownSeat, seatsAsked, type Seat } from './seat.ts';
import type { CaseState, TaskState } from './state.ts';

/** Whether a person may act on a task, and in whose name they do or would. */
export interface Judged {
  seat: Seat;
  refusal: Refusal | null;
}

/**
 * May this person act on this open task now, and in whose name? In order: still open (`TaskNotOpen`), no administrator
 * (`AdministratorDecidesNothing`), among those asked in their own name or in that of one for whom they stand in (`NotYourTask`), not held (`CaseHeld`),
 * then for each such name, their own first: not reserved to the person asked (`InPersonOnly`), separation of duty for both (`OwnCase`, `Relative`,
 * `Recused`, `StarterMayNotDecide`, `FourEyes`, `SignsOnce`), and nobody else's (`AlreadyClaimed`). Someone at the level above may act on an overdue task
 * that another has claimed or was named for.
 */
export function judge(contract: ProcessContract, state: CaseState, task: TaskState, actor: Actor): Judged {
  const seats = seatsAsked(task, state.process, actor);
  const seat = seats[0] ?? ownSeat(actor);
  if (state.status === 'running' && task.status === 'waiting') return { seat, refusal: refuse('TaskWaits') };
  if (state.status !== 'running' || task.status !== 'open')
    return { seat, refusal: refuse('TaskNotOpen', { how: state.status === 'withdrawing' ? endedHow(state) : '办结或收回' }) };
  if (actor.posts.some(({ role }) => administratorRoles.includes(role))) return { seat, refusal: refuse('AdministratorDecidesNothing') };
  if (seats.length === 0)
    return { seat, refusal: refuse('NotYourTask', { who: task.assigneeName ?? roleTitles[task.audienceRole as Role] ?? '其他人员' }) };
  const held = heldStill(state);
  if (held) return { seat, refusal: held };
  const judged = seats.map((each) => ({ seat: each, refusal: refusedAs(each, contract, state, task, actor) }));
  return judged.find(({ refusal }) => refusal === null) ?? judged[0]!;
}

function refusedAs(seat: Seat, contract: ProcessContract, state: CaseState, task: TaskState, actor: Actor): Refusal | null {
  const stage = stageOf(contract, task.stage);
  const { principal } = seat;
  if (principal && isInPerson(stage, task))
    return refuse('InPersonOnly', { name: principal.name, stage: stage.title, verb: stage.panel ? '投票' : '办理' });
  return (
    barredAs(actor, null, contract, state, task) ??
    (principal && barredAs(principal, principal.name, contract, state, task)) ??
    signsOnce(stage, task, actor, seat) ??
    (isAnothers(task, seat)
      ? refuse('AlreadyClaimed', {
          name: task.assigneeName ?? '',
          unit: task.assigneeUnit ?? '',
          at: formatMoment(new Date(task.claimedAt ?? task.openedAt)),
        })
      : null)
  );
}

/** The bars of one account; `of` names the principal where they are a principal's. */
function barredAs(
  { accountId, posts }: Pick<Actor, 'accountId' | 'posts'>,
  of: string | null,
  contract: ProcessContract,
  state: CaseState,
  task: TaskState,
): Refusal | null {
  const stage = stageOf(contract, task.stage);
  const { answeredStages, isRelative, isRecused } = task.accounts[accountId]!;
  const earlierOfGroup = stage.fourEyes
    ? answeredStages
        .filter((other) => other !== task.stage && contract.stages[other]?.fourEyes === stage.fourEyes)
        .map((other) => stageOf(contract, other).title)
    : [];
  return barredFrom(stage, {
    isSubject: accountId === state.subjectId,
    isStarter: accountId === state.starterId || accountId === state.startedById,
    isRelative,
    isRecused,
    earlierOfGroup,
    unitName: posts[0]?.unitName ?? '本单位',
    of,
  });
}

/** Nobody signs one stage twice by standing in for another. */
function signsOnce(stage: StageContract, task: TaskState, actor: Actor, { principal }: Seat): Refusal | null {
  const { signedHere, signedHereInStead } = task.accounts[actor.accountId]!;
  const twice = principal ? signedHere || (task.members?.includes(actor.accountId) ?? false) : signedHereInStead;
  return twice ? refuse('SignsOnce', { stage: stage.title }) : null;
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
