import { postDigests } from '../libs/desk/digest.ts';
import type { DeskRoom } from '../libs/desk/room.ts';
import type { Chores } from '../workflows/core/activities.ts';

/** What the house does by the clock. */
export const createChores = (room: DeskRoom) =>
  ({
    sendDigests: ({ at, after }) => postDigests(room, { at: new Date(at), after }),
  }) satisfies Chores;
