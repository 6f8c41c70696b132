import type { FormContract } from '../../../libs/domain/official-form.ts';
import { agreement, confirmation, refusalNotice, signingRequest } from './form-letters.ts';
import { certificationForm, conversionForm, surveyForm } from './form-tables.ts';

/** The forms of one person's certification and conversion (P1), in the order in which they come to be. */
export const forms = {
  survey: surveyForm,
  certification: certificationForm,
  refused: refusalNotice,
  conversion: conversionForm,
  confirmation,
  agreement,
  request: signingRequest,
} satisfies Record<string, FormContract>;
