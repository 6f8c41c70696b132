import { answer } from './answer.ts';
import { answerMany } from './bulk.ts';
import { caseView, nextAfter } from './case-view.ts';
import { changeCalendar, previewCalendar } from './change-calendar.ts';
import { claim, release } from './claim.ts';
import { copy, readersToChoose } from './copy.ts';
import { declare } from './declare.ts';
import { addSigner, delegate, removeSigner, transfer } from './hand-on.ts';
import { hold, resume } from './hold.ts';
import { casesPage, copiesPage, tasksPage } from './lists.ts';
import { lookAtObjection, receiveObjection } from './objection.ts';
import { openStages } from './open-stages.ts';
import { recuse } from './recuse.ts';
import { returnTask } from './return.ts';
import type { DeskRoom } from './room.ts';
import { startCase } from './start.ts';
import { endCase, messagesAfter, recall, setDates, waitUntil } from './story-doors.ts';
import { attach, comment } from './talk.ts';
import { noteRead, takeBack } from './take-back.ts';
import { targetsOf, taskView } from './task-view.ts';
import { urge } from './urge.ts';
import { whatIsDue } from './what-is-due.ts';
import { cancel, withdraw } from './withdraw.ts';

type Bound<F> = F extends (room: DeskRoom, ...rest: infer R) => infer T ? (...rest: R) => T : never;

/** The desk with its room: people's verbs, their pages, then the doors that only a story uses. */
export function createDesk(room: DeskRoom) {
  const bind = <F extends (room: DeskRoom, ...rest: never[]) => unknown>(f: F) =>
    ((...rest: never[]) => f(room, ...rest)) as unknown as Bound<F>;
  return {
    startCase: ((tx, start) => startCase(tx, room, start)) as (
      tx: Parameters<typeof startCase>[0],
      start: Parameters<typeof startCase>[2],
    ) => ReturnType<typeof startCase>,
    claim: bind(claim),
    release: bind(release),
    answer: bind(answer),
    answerMany: bind(answerMany),
    returnTask: bind(returnTask),
    transfer: bind(transfer),
    delegate: bind(delegate),
    addSigner: bind(addSigner),
    removeSigner: bind(removeSigner),
    takeBack: bind(takeBack),
    withdraw: bind(withdraw),
    cancel: bind(cancel),
    hold: bind(hold),
    resume: bind(resume),
    urge: bind(urge),
    copy: bind(copy),
    recuse: bind(recuse),
    declare: bind(declare),
    comment: bind(comment),
    attach: bind(attach),

    receiveObjection: bind(receiveObjection),
    lookAtObjection: bind(lookAtObjection),

    tasksPage: bind(tasksPage),
    taskView: bind(taskView),
    noteRead: bind(noteRead),
    previewCalendar: bind(previewCalendar),
    changeCalendar: bind(changeCalendar),
    targetsOf: bind(targetsOf),
    casesPage: bind(casesPage),
    caseView: bind(caseView),
    nextAfter: bind(nextAfter),
    copiesPage: bind(copiesPage),
    readersToChoose: bind(readersToChoose),

    recall: bind(recall),
    messagesAfter: bind(messagesAfter),
    openStages: bind(openStages),
    waitUntil: bind(waitUntil),
    setDates: bind(setDates),
    whatIsDue: bind(whatIsDue),
    endCase: bind(endCase),
  };
}
export type Desk = ReturnType<typeof createDesk>;
