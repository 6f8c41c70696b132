import { rehearse } from './core/rehearse.ts';
import { contract as appraisal } from './processes/appraisal/contract.ts';
import { appraisalStory } from './processes/appraisal/workflow.ts';
import { contract as application } from './processes/application/contract.ts';
import { applicationStory } from './processes/application/workflow.ts';
import { contract as certification } from './processes/certification/contract.ts';
import { certificationStory } from './processes/certification/workflow.ts';
import { contract as conversion } from './processes/conversion/contract.ts';
import { conversionStory } from './processes/conversion/workflow.ts';
import { contract as dismissal } from './processes/dismissal/contract.ts';
import { dismissalStory } from './processes/dismissal/workflow.ts';
import { contract as objection } from './processes/objection/contract.ts';
import { objectionStory } from './processes/objection/workflow.ts';
import { contract as probation } from './processes/probation/contract.ts';
import { probationStory } from './processes/probation/workflow.ts';
import { contract as secondmentPlan } from './processes/secondment-plan/contract.ts';
import { secondmentPlanStory } from './processes/secondment-plan/workflow.ts';
import { contract as secondment } from './processes/secondment/contract.ts';
import { secondmentStory } from './processes/secondment/workflow.ts';
import { contract as rating } from './processes/rating/contract.ts';
import { ratingStory } from './processes/rating/workflow.ts';
import { contract as recruitment } from './processes/recruitment/contract.ts';
import { recruitmentStory } from './processes/recruitment/workflow.ts';

/** Any of the stories, told to a clock of its own. */
export const rehearsed = rehearse({
  probation: { contract: probation, story: probationStory },
  certification: { contract: certification, story: certificationStory },
  conversion: { contract: conversion, story: conversionStory },
  dismissal: { contract: dismissal, story: dismissalStory },
  secondmentPlan: { contract: secondmentPlan, story: secondmentPlanStory },
  secondment: { contract: secondment, story: secondmentStory },
  appraisal: { contract: appraisal, story: appraisalStory },
  rating: { contract: rating, story: ratingStory },
  objection: { contract: objection, story: objectionStory },
  recruitment: { contract: recruitment, story: recruitmentStory },
  application: { contract: application, story: applicationStory },
});
