import type { Catalogue } from '../libs/domain/contract.ts';
import { contract as appraisal } from './processes/appraisal/contract.ts';
import { contract as application } from './processes/application/contract.ts';
import { contract as certification } from './processes/certification/contract.ts';
import { contract as conversion } from './processes/conversion/contract.ts';
import { contract as dismissal } from './processes/dismissal/contract.ts';
import { contract as objection } from './processes/objection/contract.ts';
import { contract as probation } from './processes/probation/contract.ts';
import { contract as rating } from './processes/rating/contract.ts';
import { contract as secondmentPlan } from './processes/secondment-plan/contract.ts';
import { contract as secondment } from './processes/secondment/contract.ts';
import { contract as recruitment } from './processes/recruitment/contract.ts';

/** The one list of processes as data: what desk, API and console know of them. */
export const catalogue: Catalogue = {
  probation,
  certification,
  conversion,
  dismissal,
  secondment,
  secondmentPlan,
  appraisal,
  rating,
  recruitment,
  application,
  objection,
};
