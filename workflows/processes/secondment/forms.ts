import type { FormContract } from '../../../libs/domain/official-form.ts';
import { actingLetter, agreementLetter, dispatchLetter, summaryLetter } from './form-letters.ts';
import { appraisalForm, followUpForm, logForm, nominationForm, planForm } from './form-tables.ts';

/** 文书: what a secondment is printed on, in the order in which the papers come. */
export const forms = {
  nomination: nominationForm,
  dispatch: dispatchLetter,
  acting: actingLetter,
  plan: planForm,
  log: logForm,
  agreement: agreementLetter,
  appraisal: appraisalForm,
  summary: summaryLetter,
  followUp: followUpForm,
} satisfies Record<string, FormContract>;
