import type { FormContract } from '../../../libs/domain/official-form.ts';
import { complaintDecision, resultNotice, reviewDecision } from './form-letters.ts';
import { yearForm } from './form-tables.ts';

/** The forms of one person's year (P4), in the order in which they come to be. */
export const forms = {
  year: yearForm,
  notice: resultNotice,
  review: reviewDecision,
  complaint: complaintDecision,
} satisfies Record<string, FormContract>;
