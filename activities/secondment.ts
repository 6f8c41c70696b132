import type { Tx } from '../libs/db.ts';
import type { DeskRoom } from '../libs/desk/room.ts';
import { changeOnce } from '../libs/desk/steps.ts';
import { calendarOf } from '../libs/desk/when.ts';
import { isMissingYear, rollForward } from '../libs/domain/calendar.ts';
import type { HostRating } from '../libs/domain/secondment.ts';
import { isRefusal } from '../libs/domain/refusal.ts';
import { addFact, asFact, correctFact, type FactRecorded } from '../libs/people/facts.ts';
import { bookingOf, hostOf, isTaken } from '../libs/secondments/hosts.ts';
import type { Fact } from '../libs/domain/person.ts';
import type { WorldDoors, WorldResult } from '../workflows/core/activities.ts';
import { record } from './employment.ts';

type Stay = Fact<'secondment'>;

/** The stay that a case has put on a person's record. */
async function stayOf(tx: Tx, personId: string, caseId: string): Promise<Stay | null> {
  const row = await tx.personFact.findFirst({ where: { personId, kind: 'secondment', ground: `case:${caseId}`, endedAt: null } });
  return row && (asFact(row) as Stay);
}

/** What a refused correction says to `record`: an incident for people. */
const asMade = (made: FactRecorded | { refused: string }) => (isRefusal(made) ? { refused: made.refused } : made);

/** What a secondment changes: the host's days, and the stay on the person's record. Employment, pay and insurance stay as they are. */
export const secondmentActivities = (room: DeskRoom) =>
  ({
    bookHost: ({ hostId, fromOn, toOn, at: iso, ...step }) => {
      const at = new Date(iso);
      return changeOnce<WorldResult>(room, { ...step, at }, async (tx, state) => {
        const span = { fromOn, toOn };
        const host = hostId ? await hostOf(tx, hostId, fromOn) : null;
        const taken = !host || (await isTaken(tx, { caseId: state.id, hostUnit: host.unitCode, ...span }));
        return { result: { done: true, taken, ...(host && !taken && bookingOf(host.unitCode, span)) }, undo: null };
      });
    },

    recordStay: ({ personId, hostId, year, fromOn, toOn, at: iso, ...step }) => {
      const at = new Date(iso);
      return changeOnce<WorldResult>(room, { ...step, at }, async (tx, state) => {
        const moved = rollForward(await calendarOf(tx, state.unitCode), toOn);
        const on = isMissingYear(moved) ? null : moved.on;
        const last = on ?? toOn;
        const stands = await stayOf(tx, personId, state.id);
        const host = await hostOf(tx, hostId, fromOn);
        const value = { year, hostUnit: host?.unitCode ?? '', host: host ? `${host.town}${host.name}` : '接收社区' };
        const made = stands
          ? await correctFact(tx, { id: stands.id, toOn: last }, at)
          : await addFact(tx, { personId, kind: 'secondment', fromOn, toOn: last, value, ground: `case:${state.id}` }, at);
        const undo = await record({ tx, state, personId, at, verb: 'secondment.stay' }, [{ kind: 'secondment', made: asMade(made) }]);
        return { result: { done: true, ...(on && { on }) }, undo };
      });
    },

    concludeStay: ({ personId, toOn, rating, agreement, recalled, at: iso, ...step }) => {
      const at = new Date(iso);
      return changeOnce<WorldResult>(room, { ...step, at }, async (tx, state) => {
        // a recall in the first days comes before the story has put the stay on record
        const stands = await stayOf(tx, personId, state.id);
        if (!stands) return { result: { done: true }, undo: null };
        const value = { ...stands.value, rating: rating as HostRating, agreement, ...(recalled && { recalled }) };
        const made = await correctFact(tx, { id: stands.id, toOn, value }, at);
        const undo = await record({ tx, state, personId, at, verb: 'secondment.conclude' }, [{ kind: 'secondment', made: asMade(made) }]);
        return { result: { done: true }, undo };
      });
    },
  }) satisfies Pick<WorldDoors, 'bookHost' | 'recordStay' | 'concludeStay'>;
