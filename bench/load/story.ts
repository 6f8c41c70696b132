import { setTimeout as sleep } from 'node:timers/promises';
import { SIGNERS, STARTERS, type Circle } from '../circles.ts';
import type { Acted, People, Person, TaskLine } from './people.ts';

const VISIBLE_WITHIN_MS = 10_000;

/** Takes each measured time as soon as it is known; counts under their own names with `value` 1. */
export type Note = (kind: string, value: number) => void;

export const signerNames = (i: number): string[] => [0, 1, 2].map((k) => `signer-${(i * 7 + k * 61) % SIGNERS}`);

/** The form of the i-th case: one kilobyte of JSON. */
export function form(people: People, circle: Circle, key: string, i: number): Record<string, unknown> {
  const input = {
    key,
    unitCode: circle.community,
    signers: signerNames(i).map((name) => people.of(name).accountId),
    request: {
      subject: `E${100_000 + (i % 900_000)}`,
      kind: 'conversion',
      from: 'contract',
      to: 'permanent',
      effective: '2026-12-01',
      amount: 5230.5,
    },
    note: '',
  };
  return { ...input, note: 'x'.repeat(1024 - JSON.stringify(input).length) };
}

/** Asks until it is there: at once, then with pauses that grow from 2 ms to 50 ms. The number of times asked in vain. */
async function until<T>(ask: () => Promise<T | null | false>): Promise<{ got: T; inVain: number }> {
  const begin = performance.now();
  for (let pause = 2, inVain = 0; ; inVain++, pause = Math.min(50, pause * 2)) {
    const got = await ask();
    if (got) return { got, inVain };
    if (performance.now() - begin > VISIBLE_WITHIN_MS) throw new Error(`not visible within ${VISIBLE_WITHIN_MS / 1000} s`);
    await sleep(pause);
  }
}

/** Times a piece of work and notes it. */
async function timed<T>(note: Note, kind: string, work: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  const result = await work();
  note(kind, performance.now() - begin);
  return result;
}

/**
 * The next task of a case in the inbox of whoever is to do it. As the console does, the one who acted holds `next` open until the case has moved on;
 * where no new stage was asked for, the task is looked for at once.
 */
async function see(by: Person, acted: Acted, who: Person, note: Note, isNewStage: boolean): Promise<TaskLine> {
  if (isNewStage) await by.next(acted.caseId, acted.version);
  const { got, inVain } = await until(() => who.taskOf(acted.caseId));
  if (inVain > 0) note('asked_again', inVain);
  return got;
}

/** One case from start to end by the virtual user number `me` of a circle; three co-signers who agree, or the second of whom refuses. */
export async function oneCase(
  people: People,
  circle: Circle,
  { key, i, me }: { key: string; i: number; me: number },
  note: Note,
  verdict: 'agree' | 'refuse' = 'agree',
): Promise<string> {
  const steps = [`${circle.name}-community-${me}`, `${circle.name}-street-${me}`, ...signerNames(i), `${circle.name}-county-${me}`].map(
    (name, step) => ({ who: people.of(name), claims: step < 2 || step === 5 }),
  );
  const starter = people.of(`${circle.name}-starter-${me % STARTERS}`);
  const begin = performance.now();
  const started = await timed(note, 'start', () => starter.start(form(people, circle, key, i)));
  let task = await see(starter, started, steps[0]!.who, note, true);
  note('start_visible', performance.now() - begin);
  await timed(note, 'inbox', () => steps[0]!.who.inbox());

  for (const [step, { who, claims }] of steps.entries()) {
    if (claims) await timed(note, 'claim', () => who.claim(task));
    const refuses = verdict === 'refuse' && step === 3;
    const clicked = performance.now();
    const acted = await timed(note, 'complete', () => who.answer(task, refuses ? 'refuse' : 'agree'));
    const next = steps[step + 1];
    if (!next || refuses) {
      await until(async () => (await who.next(acted.caseId, acted.version)).status === 'ended');
      note('ended', performance.now() - clicked);
      note('step', 1);
      break;
    }
    const sibling = step === 2 || step === 3;
    task = await see(who, acted, next.who, note, !sibling);
    note('visible', performance.now() - clicked);
    if (!sibling) note('visible_new', performance.now() - clicked);
    note('step', 1);
  }
  note('case', 1);
  return started.caseId;
}
