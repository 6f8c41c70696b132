import { rehearse } from './core/rehearse.ts';
import { contract as certificationContract } from './processes/certification/contract.ts';
import { certificationStory } from './processes/certification/workflow.ts';
import { contract as conversionContract } from './processes/conversion/contract.ts';
import { conversionStory } from './processes/conversion/workflow.ts';
import { contract as objectionContract } from './processes/objection/contract.ts';
import { objectionStory } from './processes/objection/workflow.ts';
import { contract as probationContract } from './processes/probation/contract.ts';
import { probationStory } from './processes/probation/workflow.ts';

// The one file that the worker bundles: one export a process, what the house does by the clock, and the rehearsal that tells any of them to a clock of its own.
export { dailyDigest, nightlyCheck } from './core/chores.ts';
export { certification } from './processes/certification/workflow.ts';
export { conversion } from './processes/conversion/workflow.ts';
export { objection } from './processes/objection/workflow.ts';
export { probation } from './processes/probation/workflow.ts';
export const rehearsal = rehearse({
  probation: { contract: probationContract, story: probationStory },
  certification: { contract: certificationContract, story: certificationStory },
  conversion: { contract: conversionContract, story: conversionStory },
  objection: { contract: objectionContract, story: objectionStory },
});
