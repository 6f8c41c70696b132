import { postDigests } from '../libs/desk/digest.ts';
import type { DeskRoom } from '../libs/desk/room.ts';
import { compareCases, keepCheck, spanToCheck, type Stories } from '../libs/desk/three-way.ts';
import { openYearly } from '../libs/openings/open-yearly.ts';
import type { Chores } from '../workflows/core/activities.ts';

/** What the house does by the clock. */
export const createChores = (room: DeskRoom, stories: Stories) =>
  ({
    sendDigests: ({ at, after }) => postDigests(room, { at: new Date(at), after }),
    spanToCheck: async ({ at }) => {
      const { since, until } = await spanToCheck(room.db, new Date(at));
      return { since: since.toISOString(), until: until.toISOString() };
    },
    compareCases: ({ at, since, until, after }) =>
      compareCases(room, stories, { at: new Date(at), span: { since: new Date(since), until: new Date(until) }, after }),
    openYearly: ({ at }) => openYearly(room, new Date(at)),
    keepCheck: ({ at, since, until, ...sum }) =>
      keepCheck(room.db, { ...sum, at: new Date(at), since: new Date(since), until: new Date(until) }),
  }) satisfies Chores;
