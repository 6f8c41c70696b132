import type { Desk } from '../libs/desk/desk.ts';
import type { DeskDoors } from '../workflows/core/activities.ts';

/** The desk's doors for stories: instants come as ISO strings and leave as the desk gives them. */
export const deskActivities = (desk: Desk) =>
  ({
    recall: (of) => desk.recall(of),
    messagesAfter: (of) => desk.messagesAfter(of),
    openStages: ({ at, ...of }) => desk.openStages({ ...of, at: new Date(at) }),
    waitUntil: ({ at, until, ...of }) => desk.waitUntil({ ...of, at: new Date(at), until: new Date(until) }),
    setDates: ({ at, ...of }) => desk.setDates({ ...of, at: new Date(at) }),
    whatIsDue: ({ at, ...of }) => desk.whatIsDue({ ...of, at: new Date(at) }),
    endCase: ({ at, ...of }) => desk.endCase({ ...of, at: new Date(at) }),
  }) satisfies DeskDoors;
