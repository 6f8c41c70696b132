import { openIncident } from '../libs/desk/incidents.ts';
import { contractOf, type DeskRoom } from '../libs/desk/room.ts';
import { changeOnce } from '../libs/desk/steps.ts';
import { unitsAbove } from '../libs/desk/when.ts';
import { dateOf } from '../libs/domain/dates.ts';
import { isRefusal } from '../libs/domain/refusal.ts';
import { isMassReduction } from '../libs/domain/severance.ts';
import { append } from '../libs/ledger/append.ts';
import { startCausedFor } from '../libs/openings/start-caused.ts';
import { undoFactChange, type FactChange } from '../libs/people/facts.ts';
import type { WorldDoors, WorldResult } from '../workflows/core/activities.ts';

/** Proposals of so many days count as made at the same time. */
const AT_ONCE_DAYS = 90;

/** What a dismissal changes or looks up beside the end of the employment itself. */
export const dismissalActivities = (room: DeskRoom) =>
  ({
    startCase: ({ process, personId, at: iso, ...step }) => {
      const at = new Date(iso);
      return changeOnce<WorldResult>(room, { ...step, at }, async (tx, state) => {
        const cause = { caseId: state.id, key: `${state.id}/${step.key}` };
        const started = await startCausedFor(tx, contractOf(room, process), { personId, cause, at });
        return { result: { done: true, people: isRefusal(started) ? 0 : 1 }, undo: null };
      });
    },

    checkReduction: ({ at: iso, ...step }) => {
      const at = new Date(iso);
      return changeOnce<WorldResult>(room, { ...step, at }, async (tx, state) => {
        const { street = state.unitCode } = await unitsAbove(tx, state.unitCode);
        const since = new Date(at.getTime() - AT_ONCE_DAYS * 86_400_000);
        const [count] = await tx.$queryRaw<[{ people: number; staff: number }]>`
          SELECT (SELECT count(DISTINCT c.person_id)::int FROM "case" c JOIN unit u ON u.code = c.unit_code JOIN step_result s ON s.case_id = c.id AND s.key = ${step.key}
              WHERE c.process = ${state.process} AND c.id <> ${state.id}::uuid AND starts_with(u.path, street.path) AND s.at >= ${since} AND (c.status <> 'ended' OR c.effective_at IS NOT NULL)) + 1 AS people,
            (SELECT count(*)::int FROM person_fact f JOIN unit u ON u.code = f.unit_code WHERE f.kind = 'employment' AND f.ended_at IS NULL AND f.value ->> 'status' <> 'ended'
              AND starts_with(u.path, street.path) AND f.from_on <= ${dateOf(at)}::date AND (f.to_on IS NULL OR f.to_on >= ${dateOf(at)}::date)) AS staff
          FROM unit street WHERE street.code = ${street}`;
        if (isMassReduction(count.people, count.staff))
          await openIncident(tx, {
            key: `${state.id}/${step.key}`,
            kind: 'MassReduction',
            caseId: state.id,
            unitCode: state.unitCode,
            at,
            detail: { caseNo: state.caseNo, title: state.title, ...count },
          });
        return { result: { done: true, people: count.people }, undo: null };
      });
    },

    reinstate: ({ personId, ended, at: iso, ...step }) => {
      const at = new Date(iso);
      return changeOnce<WorldResult>(room, { ...step, at }, async (tx, state) => {
        const change = await tx.stepResult.findUnique({ where: { caseId_key: { caseId: state.id, key: ended } } });
        const undone = change?.undo ? await undoFactChange(tx, change.undo as unknown as FactChange, at) : null;
        if (undone && isRefusal(undone))
          await openIncident(tx, {
            key: `${state.id}/${step.key}`,
            kind: 'UndoFailed',
            caseId: state.id,
            unitCode: state.unitCode,
            at,
            detail: { caseNo: state.caseNo, title: state.title, code: undone.refused },
          });
        await append(tx, {
          chain: `case:${state.id}`,
          verb: 'employment.reinstate',
          accepted: true,
          at,
          actor: null,
          caseId: state.id,
          personId,
          detail: { takenBack: change !== null },
        });
        return { result: { done: true }, undo: null };
      });
    },
  }) satisfies Pick<WorldDoors, 'startCase' | 'checkReduction' | 'reinstate'>;
