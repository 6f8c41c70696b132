import type { Tx } from '../db.ts';
import { dateOf } from '../domain/dates.ts';
import type { Told } from '../domain/story.ts';
import { append } from '../ledger/append.ts';
import { askAbovePanel, type AboutStage, type PostOf } from './audience.ts';
import { sumUp } from './panel.ts';
import { askOthers, type RunNow } from './stage-tasks.ts';
import { takeTurn } from './turns.ts';
import { unitsAbove } from './when.ts';

interface Seat {
  who: string;
  name: string;
  verdict: string | null;
  voted: boolean;
  inPost: boolean;
  chair: boolean;
  taskId: string;
  status: string;
}

/**
 * Sums up an open panel as it stands on the day: members are fixed at opening; who has left the post or declared a conflict without having voted is
 * recused. Returns what the stage tells when it is decided, `above` when too few are left and the level above has been asked instead, null while it goes on (or is no panel).
 */
export async function settlePanel(tx: Tx, about: AboutStage, run: RunNow, at: Date): Promise<Told | 'above' | null> {
  const { state, stage } = about;
  const panel = stage.panel;
  if (!panel) return null;
  const [row] = await tx.$queryRaw<{ tally: { members: string[]; post: PostOf } | null; seats: Seat[] | null }[]>`
    SELECT r.tally, (SELECT jsonb_agg(jsonb_build_object('who', t.assignee_id, 'name', (SELECT a.display_name FROM account a WHERE a.id = t.assignee_id), 'verdict', t.answer ->> ${stage.verdict!}, 'voted', t.status = 'done', 'chair', t.chair, 'taskId', t.id, 'status', t.status,
        'inPost', NOT EXISTS (SELECT FROM recusal x WHERE x.case_id = t.case_id AND x.account_id = t.assignee_id) AND (r.tally -> 'post' = 'null' OR EXISTS (SELECT FROM post_held p WHERE p.account_id = t.assignee_id AND p.role = r.tally -> 'post' ->> 'role' AND p.unit_code = r.tally -> 'post' ->> 'unitCode'
          AND p.from_on <= ${dateOf(at)}::date AND (p.to_on IS NULL OR p.to_on >= ${dateOf(at)}::date))))
        ORDER BY (SELECT n FROM jsonb_array_elements_text(r.tally -> 'members') WITH ORDINALITY AS m (who, n) WHERE m.who = t.assignee_id::text))
      FROM task t WHERE t.case_id = r.case_id AND t.stage = r.stage AND t.round = r.round AND r.tally -> 'members' ? t.assignee_id::text) AS seats
    FROM stage_run r WHERE r.case_id = ${state.id}::uuid AND r.stage = ${run.stage} AND r.round = ${run.round}`;
  if (!row?.tally) return null;
  const seats = row.seats ?? [];
  const gone = seats.filter(({ voted, inPost }) => !voted && !inPost).map(({ who }) => who);
  const members = seats.filter(({ who }) => !gone.includes(who)).map(({ who }) => who);
  if (gone.length > 0) await recuse(tx, about, run, seats, gone, at);
  if (members.length < (panel.minMembers ?? 1)) return (await askAbove(tx, about, run, row.tally.post, at)) ? 'above' : null;
  const chair = presides(seats, gone)?.who ?? null;
  const sum = sumUp(
    panel,
    members,
    new Map(seats.flatMap(({ who, voted, verdict }) => (voted ? [[who, verdict ?? ''] as const] : []))),
    chair,
  );
  if (!sum.closed && panel.rule === 'inOrder')
    await nextInOrder(
      tx,
      about,
      run,
      seats.filter(({ who }) => members.includes(who)),
      at,
    );
  return sum.closed ? { [stage.verdict!]: sum.result, for: sum.for, against: sum.against, members: sum.members } : null;
}

/** In a panel one after the other the next member's turn has come when nobody else's has. Seats stand in the order of the panel. */
async function nextInOrder(tx: Tx, about: AboutStage, run: RunNow, seats: readonly Seat[], at: Date): Promise<void> {
  if (seats.some(({ status }) => status === 'open')) return;
  const next = seats.find(({ status }) => status === 'waiting');
  if (next) await takeTurn(tx, about, run, { id: next.taskId, assigneeId: next.who }, {}, at);
}

/** Who presides: the chair or, without them, the next of the panel's order who has not voted. A vote that was given is never made a veto afterwards. */
const presides = (seats: readonly Seat[], gone: readonly string[]): Seat | undefined => {
  const chair = seats.find((seat) => seat.chair);
  return chair && gone.includes(chair.who) ? seats.find(({ who, voted }) => !voted && !gone.includes(who)) : chair;
};

/** Members who are out of it: their tasks are closed, and the chair among them passes the chair on. On record when it is new. */
async function recuse(
  tx: Tx,
  { state }: AboutStage,
  { stage, round }: RunNow,
  seats: readonly Seat[],
  gone: string[],
  at: Date,
): Promise<void> {
  const closed = await tx.$executeRaw`
    UPDATE task SET status = 'closed', closed_at = ${at} WHERE case_id = ${state.id}::uuid AND stage = ${stage} AND round = ${round} AND status IN ('open', 'waiting') AND assignee_id = ANY(${gone}::uuid[])`;
  const next = presides(seats, gone);
  if (next && !next.chair)
    await tx.$executeRaw`
      UPDATE task SET chair = id = ${next.taskId}::uuid, note = CASE WHEN id = ${next.taskId}::uuid THEN concat_ws('；', note, '原主持人离任或回避，由您主持') ELSE note END
      WHERE case_id = ${state.id}::uuid AND stage = ${stage} AND round = ${round} AND (chair OR id = ${next.taskId}::uuid)`;
  if (closed > 0)
    await append(tx, {
      chain: `case:${state.id}`,
      verb: 'panel.recuse',
      accepted: true,
      at,
      actor: null,
      caseId: state.id,
      stage,
      round,
      detail: { accountIds: gone, ...(next && !next.chair && { chairId: next.who, chair: next.name }) },
    });
}

async function askAbove(tx: Tx, about: AboutStage, run: RunNow, post: PostOf, at: Date): Promise<boolean> {
  const { state } = about;
  const asked = await askAbovePanel(tx, about, await unitsAbove(tx, state.unitCode), post, at);
  if (!asked) return false;
  await askOthers(tx, about, run, asked, at);
  return true;
}
