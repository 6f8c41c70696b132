import fc from 'fast-check';

/** The verbs of the walk and how often each is taken. */
const verbs = {
  answer: 12,
  wait: 5,
  claim: 2,
  release: 2,
  return: 3,
  declare: 1,
  comment: 1,
  attach: 1,
  again: 2,
  forget: 2,
  leave: 1,
  stand: 4,
  withdraw: 1,
  transfer: 2,
  delegate: 2,
  sign: 3,
  unsign: 1,
  takeBack: 2,
  look: 2,
  hold: 1,
  resume: 1,
  cancel: 1,
  urge: 2,
  copy: 1,
  recuse: 1,
  object: 3,
} as const;
export type Verb = keyof typeof verbs;
export interface Step {
  verb: Verb;
  /** Which case: the one that was started, or an objection to its notice. */
  of: number;
  /** Which task, which person, which of the verb's choices; taken modulo what there is. */
  task: number;
  person: number;
  choice: number;
  /** The story hears of it at once, or later with what comes next. */
  heard: boolean;
}
const step: fc.Arbitrary<Step> = fc.record({
  verb: fc.oneof(...Object.entries(verbs).map(([verb, weight]) => ({ weight, arbitrary: fc.constant(verb as Verb) }))),
  of: fc.nat(9),
  task: fc.nat(99),
  person: fc.nat(999),
  choice: fc.nat(999),
  heard: fc.boolean(),
});

/** The processes that a walk starts. */
export type Walked = 'probation' | 'exercise' | 'announcement' | 'roll';
export interface Start {
  process: Walked;
  starter: 'countyHr' | 'countyOrg';
  /** Which officer is a relative of the person concerned, if any. */
  relative: number;
  /** So many days after the person began. */
  late: number;
}

/** A case to start and so many steps to take with it. */
export const walkOf = (steps: number): fc.Arbitrary<Start & { steps: Step[] }> =>
  fc.record({
    process: fc.constantFrom<Walked>('probation', 'exercise', 'announcement', 'roll'),
    starter: fc.constantFrom('countyHr', 'countyOrg'),
    relative: fc.nat(60),
    late: fc.nat(200),
    steps: fc.array(step, { minLength: steps, maxLength: steps }),
  });
