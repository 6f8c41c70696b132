import type { FormContract } from '../../../libs/domain/official-form.ts';
import {
  askingUnion,
  endCertificate,
  endNotice,
  improvementNotice,
  informing,
  reinstatementNotice,
  replyToUnion,
  unionLetter,
} from './form-letters.ts';
import { approvalForm, handoverForm, reviewForm, severanceForm, talkForm, trainingForm } from './form-tables.ts';

/** 文书: what a dismissal is printed on, in the order in which the papers come. */
export const forms = {
  talk: talkForm,
  improvement: improvementNotice,
  training: trainingForm,
  review: reviewForm,
  approval: approvalForm,
  informing,
  askingUnion,
  union: unionLetter,
  replyToUnion,
  notice: endNotice,
  severance: severanceForm,
  handover: handoverForm,
  certificate: endCertificate,
  reinstatement: reinstatementNotice,
} satisfies Record<string, FormContract>;
