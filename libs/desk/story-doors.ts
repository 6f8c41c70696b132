import { addDays, instantOf, toDateColumn } from '../domain/dates.ts';
import type { DateToKeep, Recalled, StagesNow, StoryMessage, Told } from '../domain/story.ts';
import { append } from '../ledger/append.ts';
import { postMail } from '../mail/post.ts';
import { touch } from './act.ts';
import { endOpenWork, peopleOfCase } from './case-people.ts';
import { nearestDue } from './due-dates.ts';
import { goesElsewhere } from './open-stages.ts';
import { contractOf, type DeskRoom } from './room.ts';
import { lockCase } from './state.ts';
import { mailMoment } from './when.ts';

/** Everything the desk holds of a case, in one snapshot: what a story told from the top starts with. */
export function recall(room: DeskRoom, { caseId }: { caseId: string }): Promise<Recalled> {
  return room.db.$transaction(async (tx) => {
    const state = await lockCase(tx, caseId);
    if (!state) throw new Error(`No case ${caseId}`);
    const [row] = await tx.$queryRaw<
      {
        kept: {
          runs: { stage: string; round: number; status: string; result: Told | null }[] | null;
          steps: Record<string, unknown> | null;
          events: Recalled['events'] | null;
          last: number;
        };
      }[]
    >`
      SELECT jsonb_build_object(
        'runs', (SELECT jsonb_agg(jsonb_build_object('stage', r.stage, 'round', r.round, 'status', r.status, 'result', r.result))
                 FROM (SELECT DISTINCT ON (stage) * FROM stage_run WHERE case_id = ${caseId}::uuid ORDER BY stage, round DESC) r),
        'steps', (SELECT jsonb_object_agg(key, result) FROM step_result WHERE case_id = ${caseId}::uuid AND undone IS NULL),
        'events', (SELECT jsonb_object_agg(event, jsonb_build_object('told', told, 'on', to_char(at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD'))) FROM case_event WHERE case_id = ${caseId}::uuid),
        'last', (SELECT next_message_no - 1 FROM "case" WHERE id = ${caseId}::uuid)) AS kept`;
    const { runs, steps, events, last } = row!.kept;
    const closed = (runs ?? []).filter((run) => run.status === 'closed' || run.status === 'lapsed');
    return {
      status: state.status,
      outcome: state.outcome,
      ...(state.ending && { ending: state.ending }),
      input: state.input,
      pinned: state.pinned,
      rounds: Object.fromEntries((runs ?? []).map(({ stage, round }) => [stage, round])),
      told: Object.fromEntries(closed.map(({ stage, result }) => [stage, result!])),
      steps: steps ?? {},
      events: events ?? {},
      lastMessageNo: last,
    };
  });
}

/** Messages above a number, in order: what a story fetches when a number is missing. */
export async function messagesAfter(room: DeskRoom, { caseId, no }: { caseId: string; no: number }): Promise<StoryMessage[]> {
  const rows = await room.db.message.findMany({ where: { caseId, no: { gt: no } }, orderBy: { no: 'asc' }, select: { body: true } });
  return rows.map(({ body }) => body as unknown as StoryMessage);
}

/** The story waits for a day: shown on the case, and woken when it comes. Told again, an old wait is simply over. */
export function waitUntil(
  room: DeskRoom,
  { caseId, key, title, until, at }: { caseId: string; key: string; title: string; until: Date; at: Date },
): Promise<StagesNow> {
  return room.db.$transaction(async (tx) => {
    const state = await lockCase(tx, caseId);
    if (state?.status !== 'running') return { told: {}, wakeAt: null, overtaken: true };
    await tx.$executeRaw`
      WITH waiting AS (UPDATE "case" SET waiting_for = ${JSON.stringify({ key, title, until: until.toISOString() })}::jsonb WHERE id = ${caseId}::uuid)
      INSERT INTO due (case_id, key, kind, at) VALUES (${caseId}::uuid, ${`wait/${key}`}, 'wait', ${until})
      ON CONFLICT (case_id, key) DO UPDATE SET at = excluded.at, done_at = CASE WHEN excluded.at > ${at} THEN NULL ELSE due.done_at END`;
    await touch(tx, caseId);
    return { told: {}, wakeAt: await nearestDue(tx, caseId), overtaken: false };
  });
}

/** Dates the case lives by, with their reminders; only reminders still ahead are kept, and none after the case took effect. Called again, a date that moved takes its reminders along. */
export function setDates(room: DeskRoom, { caseId, at, dates }: { caseId: string; at: Date; dates: DateToKeep[] }): Promise<StagesNow> {
  return room.db.$transaction(async (tx) => {
    const state = await lockCase(tx, caseId);
    if (state?.status !== 'running') return { told: {}, wakeAt: null, overtaken: true };
    for (const { key, title, on, remindBefore = [], inEffect } of dates) {
      await tx.caseDate.upsert({
        where: { caseId_key: { caseId, key } },
        create: { caseId, key, title, on: toDateColumn(on) },
        update: { title, on: toDateColumn(on) },
      });
      await tx.$executeRaw`DELETE FROM due WHERE case_id = ${caseId}::uuid AND kind = 'before' AND done_at IS NULL AND key LIKE ${`before/${key}/%`}`;
      // once the case has taken effect there is mostly nothing left to decide by a date
      const ahead = (state.effectiveAt && !inEffect ? [] : remindBefore)
        .map((days) => ({ days, moment: instantOf(addDays(on, -days), '09:00') }))
        .filter(({ moment }) => moment > at);
      for (const { days, moment } of ahead) {
        await tx.$executeRaw`INSERT INTO due (case_id, key, kind, at) VALUES (${caseId}::uuid, ${`before/${key}/${on}/${days}${inEffect ? '/inEffect' : ''}`}, 'before', ${moment}) ON CONFLICT (case_id, key) DO NOTHING`;
      }
    }
    await touch(tx, caseId);
    return { told: {}, wakeAt: await nearestDue(tx, caseId), overtaken: false };
  });
}

/**
 * Ends the case with its outcome. Told again, an ended case stays as it is. `overtaken`: people have withdrawn, cancelled or returned it before the story
 * came to this end, and the message about it is under way: nothing ends.
 */
export function endCase(
  room: DeskRoom,
  { caseId, outcome, heard, at }: { caseId: string; outcome: string; heard?: number; at: Date },
): Promise<{ overtaken: boolean }> {
  return room.db.$transaction(async (tx) => {
    const state = await lockCase(tx, caseId);
    if (!state || state.status === 'ended') return { overtaken: false };
    if (await goesElsewhere(tx, caseId, heard)) return { overtaken: true };
    const contract = contractOf(room, state.process);
    const people = await peopleOfCase(tx, caseId);
    await endOpenWork(tx, caseId, at);
    await tx.$executeRaw`UPDATE "case" SET status = 'ended', outcome = ${outcome}, ended_at = ${at}, waiting_for = NULL, version = version + 1 WHERE id = ${caseId}::uuid`;
    await append(tx, {
      chain: `case:${caseId}`,
      verb: 'case.end',
      accepted: true,
      at,
      actor: null,
      caseId,
      before: { status: state.status },
      after: { status: 'ended', outcome },
    });
    // whoever opened a batch is told of the batch, not of each of its people
    const told = people.filter(
      (who) => who === state.subjectId || ((who === state.starterId || who === state.startedById) && !contract.ofBatch),
    );
    await postMail(tx, {
      eventKey: `${caseId}/ended`,
      to: told,
      template: 'case-ended',
      caseId,
      at,
      notBefore: await mailMoment(tx, state.unitCode, at),
      params: { caseId, caseNo: state.caseNo, caseTitle: state.title, outcomeTitle: contract.outcomes[outcome]?.title ?? outcome },
    });
    return { overtaken: false };
  });
}
