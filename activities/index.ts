import { closePeople } from '../libs/campaigns/move-on.ts';
import type { Desk } from '../libs/desk/desk.ts';
import type { DeskRoom } from '../libs/desk/room.ts';
import { openIncident } from '../libs/desk/incidents.ts';
import { concludeObjection } from '../libs/desk/objection.ts';
import { changeOnce, undoSteps } from '../libs/desk/steps.ts';
import type { ObjectionOutcome } from '../libs/domain/notice.ts';
import { isRefusal } from '../libs/domain/refusal.ts';
import { undoFactChange, type FactChange } from '../libs/people/facts.ts';
import type { Activities, WorldResult } from '../workflows/core/activities.ts';
import { appraisalActivities } from './appraisal.ts';
import { campaignActivities } from './campaigns.ts';
import { deskActivities } from './desk.ts';
import { dismissalActivities } from './dismissal.ts';
import { employmentActivities } from './employment.ts';
import { secondmentActivities } from './secondment.ts';
import { recruitmentActivities } from './recruitment.ts';

/** Every activity that the worker registers: the story's doors to the desk and to the world. */
export function createActivities({ desk, room }: { desk: Desk; room: DeskRoom }): Activities {
  return {
    ...deskActivities(desk),
    ...employmentActivities(room),
    ...campaignActivities(room),
    ...dismissalActivities(room),
    ...secondmentActivities(room),
    ...appraisalActivities(room),
    ...recruitmentActivities(room),
    raiseIncident: ({ kind, detail, at, ...step }) =>
      changeOnce<WorldResult>(room, { ...step, at: new Date(at) }, async (tx, state) => {
        await openIncident(tx, {
          key: `${state.id}/${step.key}`,
          kind,
          caseId: state.id,
          unitCode: state.unitCode,
          at: new Date(at),
          detail: { caseNo: state.caseNo, title: state.title, ...detail },
        });
        return { result: { done: true }, undo: null };
      }),
    concludeObjection: ({ at, outcome, ...step }) =>
      concludeObjection(room, { ...step, at: new Date(at), outcome: outcome as ObjectionOutcome }),
    undoSteps: async ({ caseId, at: iso }) => {
      const at = new Date(iso);
      await closePeople(room.db, caseId, at);
      await undoSteps(room, { caseId, at }, async (tx, entry) => {
        const undone = await undoFactChange(tx, entry as FactChange, at);
        if (isRefusal(undone))
          await openIncident(tx, {
            key: `${caseId}/undo-failed`,
            kind: 'UndoFailed',
            caseId,
            unitCode: null,
            at,
            detail: { code: undone.refused },
          });
      });
    },
  };
}
