import type { FormContract } from '../../../libs/domain/official-form.ts';
import { conditionsForm, leavingCertificate, passNotice, terminationNotice, unionLetter } from './form-letters.ts';
import { appraisalForm, approvalForm } from './form-tables.ts';

/** The forms of P3 (domain: 录用条件确认书, 试用期考核表, 转正审批表, 试用期解除通知书, 工会意见函, 离职证明), and the notice of a passed probation. */
export const forms = {
  conditions: conditionsForm,
  appraisal: appraisalForm,
  approval: approvalForm,
  passed: passNotice,
  union: unionLetter,
  termination: terminationNotice,
  certificate: leavingCertificate,
} satisfies Record<string, FormContract>;
