import { appraiseFor } from '../libs/appraisal/keep-results.ts';
import type { DeskRoom } from '../libs/desk/room.ts';
import { changeOnce } from '../libs/desk/steps.ts';
import { recordAppraisal } from '../libs/openings/record-appraisal.ts';
import type { WorldDoors, WorldResult } from '../workflows/core/activities.ts';

/** People in one transaction. */
const AT_ONCE = 100;

/** What an annual appraisal makes of its people, and what it changes. */
export const appraisalActivities = (room: DeskRoom) =>
  ({
    appraiseListed: ({ caseId, key, at: iso }) => {
      const at = new Date(iso);
      return changeOnce<WorldResult>(room, { caseId, key, at }, async (tx) => {
        const found = await tx.$queryRaw<{ id: string }[]>`
          SELECT i.case_id AS id FROM batch_item i JOIN "case" c ON c.id = i.case_id
          WHERE i.batch_id = ${caseId}::uuid AND i.result IS NULL AND c.status = 'running' ORDER BY i.case_id LIMIT ${AT_ONCE}`;
        await appraiseFor(
          tx,
          caseId,
          found.map(({ id }) => id),
          at,
        );
        return { result: { done: true, more: found.length === AT_ONCE }, undo: null };
      });
    },

    recordRating: ({ at: iso, ...step }) => {
      const at = new Date(iso);
      return changeOnce<WorldResult>(room, { ...step, at }, async (tx, state) => ({
        result: { done: true, rating: await recordAppraisal(tx, room, state, at) },
        undo: null,
        takesEffect: true,
      }));
    },
  }) satisfies Pick<WorldDoors, 'appraiseListed' | 'recordRating'>;
