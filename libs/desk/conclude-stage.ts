import type { Tx } from '../db.ts';
import type { StageContract } from '../domain/contract.ts';
import type { Told } from '../domain/story.ts';
import type { Done } from './act.ts';
import type { AboutStage } from './audience.ts';
import { closeStage } from './close-stage.ts';
import { postNotice } from './notice.ts';
import type { DeskRoom } from './room.ts';
import type { CaseState, TaskState } from './state.ts';

/** Everybody whom a stage asks has answered: it closes and the story is told, or its notice is posted and the stage goes on until its end. */
export async function concludeStage(
  tx: Tx,
  room: DeskRoom,
  about: AboutStage,
  { stage, round }: Pick<TaskState, 'stage' | 'round'>,
  told: Told,
  at: Date,
): Promise<Done> {
  if (about.stage.notice) {
    await postNotice(tx, room, about, { stage, round }, at);
    // the end of the notice is a later one than the posting's: the story sets its timer anew
    return { message: { kind: 'dates' } };
  }
  await closeStage(tx, { caseId: about.state.id, stage, round, status: 'closed', told, at });
  return closing(about.state, { stage, round }, about.stage, told);
}

/** The message that a stage has closed; the case takes effect with it when the contract says so. */
function closing(state: CaseState, task: Pick<TaskState, 'stage' | 'round'>, stage: StageContract, told: Told): Done {
  return {
    message: { kind: 'closed', stage: task.stage, round: task.round, told },
    takesEffect: state.effectiveAt === null && (stage.takesEffectWhen?.(told) ?? false),
  };
}
