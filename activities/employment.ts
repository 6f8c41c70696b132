import type { Tx } from '../libs/db.ts';
import type { DeskRoom } from '../libs/desk/room.ts';
import { openIncident } from '../libs/desk/incidents.ts';
import type { CaseState } from '../libs/desk/state.ts';
import { changeOnce } from '../libs/desk/steps.ts';
import { unitsAbove } from '../libs/desk/when.ts';
import { addDays, completedYears, type IsoDate } from '../libs/domain/dates.ts';
import { factTitle, inForce, type Fact, type FactKind } from '../libs/domain/person.ts';
import { certificates, educations, type Certificate, type Education } from '../libs/domain/person-words.ts';
import { entryPolicy, entryStep } from '../libs/domain/post-grade.ts';
import { isRefusal } from '../libs/domain/refusal.ts';
import { append } from '../libs/ledger/append.ts';
import { addFact, asFact, endFact, type FactChange, type FactRecorded, type NewFact } from '../libs/people/facts.ts';
import { policyOn } from '../libs/policies/policies.ts';
import type { WorldDoors, WorldResult } from '../workflows/core/activities.ts';

const term = <T extends string>(terms: readonly T[], text: string | null): T | null => terms.find((each) => each === text) ?? null;

/** The fact of a kind that holds on a day. */
export async function factOn<K extends FactKind>(tx: Tx, personId: string, kind: K, on: IsoDate): Promise<Fact<K> | null> {
  const rows = await tx.personFact.findMany({ where: { personId, kind, endedAt: null } });
  return (rows.map(asFact).find((fact) => inForce(fact, on)) as Fact<K> | undefined) ?? null;
}

/** In whose case, about whom and when something is recorded. */
export interface Recording {
  tx: Tx;
  state: CaseState;
  personId: string;
  at: Date;
  verb: string;
}

/** What stands in a person's record does not agree with the case: an incident for people, for the law's effect does not wait. */
const conflict = ({ tx, state, at }: Pick<Recording, 'tx' | 'state' | 'at'>, fact: FactKind): Promise<void> =>
  openIncident(tx, {
    key: `${state.id}/fact-conflict/${fact}`,
    kind: 'FactConflict',
    caseId: state.id,
    unitCode: state.unitCode,
    at,
    detail: { caseNo: state.caseNo, title: state.title, fact },
  });

/** Writes facts with one ledger entry before → after; a fact that would run into a later one is left out and becomes an incident. */
export async function record(
  recording: Recording,
  changes: { kind: FactKind; made: FactRecorded | { refused: string } }[],
): Promise<FactChange> {
  const { tx, state, personId, at, verb } = recording;
  const undo: FactChange = { added: [], ended: [] };
  const before: Record<string, string | null> = {};
  const after: Record<string, string> = {};
  for (const { kind, made } of changes) {
    if ('refused' in made) {
      await conflict(recording, kind);
      continue;
    }
    undo.added.push(...made.change.added);
    undo.ended.push(...made.change.ended);
    before[kind] = made.before && factTitle(made.before.kind, made.before.value);
    after[kind] = `${factTitle(made.fact.kind, made.fact.value)}，自 ${made.fact.fromOn}${made.fact.toOn ? ` 至 ${made.fact.toOn}` : ''}`;
  }
  await append(tx, { chain: `case:${state.id}`, verb, accepted: true, at, actor: null, caseId: state.id, personId, before, after });
  return undo;
}

/** What changes a person's employment at a story's word: once by case and key, with the entry rule of the policies in force on the day. */
export const employmentActivities = (room: DeskRoom) =>
  ({
    confirmEmployment: ({ personId, on, at: iso, ...step }) => {
      const at = new Date(iso);
      return changeOnce<WorldResult>(room, { ...step, at }, async (tx, state) => {
        const person = await tx.person.findUniqueOrThrow({ where: { id: personId } });
        const employment = await factOn(tx, personId, 'employment', addDays(on, -1));
        if (employment?.value.status !== 'probation') {
          await conflict({ tx, state, at }, 'employment');
          return { result: { done: true }, undo: null, takesEffect: true };
        }
        const { postTitle, post, joinedOn } = employment.value;
        const { county = '' } = await unitsAbove(tx, state.unitCode);
        const policy = entryPolicy.parse((await policyOn(tx, 'postGrade.entry', county, on)).value);
        const placed = entryStep({
          post,
          years: completedYears(joinedOn, on),
          policy,
          education: term<Education>(educations, person.education),
          certificate: term<Certificate>(certificates, person.certificate),
        });
        const fact = { personId, fromOn: on, unitCode: employment.unitCode, ground: `case:${state.id}` };
        const formal: NewFact<'employment'> = { ...fact, kind: 'employment', value: { status: 'formal', postTitle, post, joinedOn } };
        const grade: NewFact<'post-grade-step'> = {
          ...fact,
          kind: 'post-grade-step',
          value: { post, globalStep: placed.globalStep, profile: policy.profile },
        };
        const undo = await record({ tx, state, personId, at, verb: 'employment.confirm' }, [
          { kind: 'employment', made: await addFact(tx, formal, at) },
          { kind: 'post-grade-step', made: await addFact(tx, grade, at) },
        ]);
        return { result: { done: true }, undo, takesEffect: true };
      });
    },

    endEmployment: ({ personId, lastOn, reason, at: iso, ...step }) => {
      const at = new Date(iso);
      return changeOnce<WorldResult>(room, { ...step, at }, async (tx, state) => {
        const employment = await factOn(tx, personId, 'employment', lastOn);
        const contract = await factOn(tx, personId, 'contract', lastOn);
        const changes: Parameters<typeof record>[1] = [];
        if (employment) {
          const { postTitle, post, joinedOn } = employment.value;
          const ended: NewFact<'employment'> = {
            personId,
            kind: 'employment',
            fromOn: addDays(lastOn, 1),
            unitCode: employment.unitCode,
            ground: `case:${state.id}`,
            value: { status: 'ended', postTitle, post, joinedOn, reason },
          };
          changes.push({ kind: 'employment', made: await addFact(tx, ended, at) });
        }
        if (contract) {
          const ended = await endFact(tx, { id: contract.id, toOn: lastOn }, at);
          changes.push({ kind: 'contract', made: isRefusal(ended) ? { refused: ended.refused } : ended });
        }
        const undo = await record({ tx, state, personId, at, verb: 'employment.end' }, changes);
        return { result: { done: true }, undo, takesEffect: true };
      });
    },
  }) satisfies Pick<WorldDoors, 'confirmEmployment' | 'endEmployment'>;
