import { randomUUID } from 'node:crypto';
import { addDays, dateOf } from '../../../libs/domain/dates.ts';
import { stageOf } from '../../../libs/desk/room.ts';
import type { ProcessContract } from '../../../libs/domain/contract.ts';
import { answerTo, failing } from '../../../workflows/processes/probation/probation.fixture.ts';
import { posting } from '../announcement.ts';
import type { Cast } from '../cast.ts';
import { exerciseAnswer } from '../exercise.ts';

export const at = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

interface Saying {
  cast: Cast;
  now: Date;
  /** The account of the person concerned. */
  self: string;
  named: boolean;
}

/** What somebody says at a stage, by lot: mostly what fits, now and then what does not. */
export function saidAt(contract: ProcessContract, stage: string, lot: number, { cast, now, self, named }: Saying): Record<string, unknown> {
  const today = dateOf(now);
  if (contract.name === 'exercise') return exerciseAnswer(stage, lot);
  if (contract.name === 'objection') return objectionAnswer(stage, lot, { cast, today, named });
  if (contract.name !== 'probation') {
    if (lot % 11 === 0) return {};
    return stage === 'draft' ? { text: '初稿' } : stage === 'notice' ? posting : { docNo: '1号' };
  }
  if (stage === 'mentor')
    return {
      mentorId: at([cast.ids.deputy, cast.ids.secretary, cast.ids.countyHr, self, randomUUID()], lot),
      plan: '每周一次，共六个月，走访带教。',
    };
  const sound = answerTo[stageOf(contract, stage).title]!(today);
  if (lot % 11 === 0) return { ...sound, opinion: '' };
  return stage === 'committee' && lot % 2 ? { ...sound, ...failing } : sound;
}

function objectionAnswer(
  stage: string,
  lot: number,
  { cast, today, named }: { cast: Cast; today: string; named: boolean },
): Record<string, unknown> {
  if (lot % 11 === 0) return {};
  if (stage === 'check')
    return lot % 5 === 0
      ? { identity: 'neither', result: 'notAccepted', reason: '没有可以核实的线索' }
      : {
          identity: named ? 'verified' : 'clues',
          result: 'accepted',
          handlerId: at([cast.ids.countyOrg2, cast.ids.countyHr2, cast.ids.countyOrg, cast.ids.countyHr], lot),
        };
  if (stage === 'investigate')
    return {
      conclusion: at(['rejected', 'upheld', 'undecided'], lot),
      findings: '调阅了工资发放表和合同，向社区两委和居民代表核实。',
      basis: '有合同和工资表为证。',
    };
  return { how: 'inPerson', repliedOn: today, proof: '本人签收。' };
}

/** What somebody declares in a probation, by lot. */
export function declaredBy(lot: number, now: Date): { event: string; answer: Record<string, unknown> } {
  const today = dateOf(now);
  if (lot % 4 === 0) return { event: 'transfer', answer: { to: '锦江街道' } };
  if (lot % 4 === 1)
    return { event: 'resign', answer: { reason: '回家乡工作', ...(lot % 3 === 0 && { leavesOn: addDays(today, lot % 20) }) } };
  return {
    event: 'suspend',
    answer: {
      fromOn: addDays(today, (lot % 5) - 1),
      toOn: addDays(today, lot % 60),
      documentNo: '协议〔2026〕1号',
      reason: '本人申请产假期间中止',
    },
  };
}
