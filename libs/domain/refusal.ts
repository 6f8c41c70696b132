import type { RefusalParams, RefusalText } from './refusal-text.ts';
import { accessRefusals } from './refusals/access.ts';
import { campaignRefusals } from './refusals/campaigns.ts';
import { deskRefusals } from './refusals/desk.ts';
import { dismissalRefusals } from './refusals/dismissal.ts';
import { operationRefusals } from './refusals/operations.ts';
import { personnelRefusals } from './refusals/personnel.ts';
import { probationRefusals } from './refusals/probation.ts';
import { recruitmentRefusals } from './refusals/recruitment.ts';
import { requestRefusals } from './refusals/request.ts';
import { rosterRefusals } from './refusals/roster.ts';
import { secondmentRefusals } from './refusals/secondment.ts';

/** Every refusal of the product by its stable code: the one list for API, console and OpenAPI document. */
export const refusals = {
  ...requestRefusals,
  ...accessRefusals,
  ...deskRefusals,
  ...personnelRefusals,
  ...probationRefusals,
  ...dismissalRefusals,
  ...operationRefusals,
  ...rosterRefusals,
  ...campaignRefusals,
  ...recruitmentRefusals,
  ...secondmentRefusals,
} satisfies Record<string, RefusalText>;
export type RefusalCode = keyof typeof refusals;

/** A refused act: returned as a value, never thrown by libs. */
export interface Refusal {
  refused: RefusalCode;
  params: RefusalParams;
}

export const refuse = (refused: RefusalCode, params: RefusalParams = {}): Refusal => ({ refused, params });
/** A list of what was refused (of a job, say) is no refusal itself. */
export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value && typeof value.refused === 'string';
export const refusalText = ({ refused, params }: Refusal): string => (refusals[refused] as RefusalText).text(params);
export const refusalStatus = ({ refused }: Refusal): number => refusals[refused].status;

/** Whether a code (from an older ledger entry, say) is one that this version knows. */
export const isKnownRefusal = (code: string): code is RefusalCode => code in refusals;
