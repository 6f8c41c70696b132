import { accessRefusals } from './refusals/access.ts';
import { deskRefusals } from './refusals/desk.ts';
import { personnelRefusals } from './refusals/personnel.ts';
import { requestRefusals } from './refusals/request.ts';

export type RefusalParams = Record<string, string | number>;
/** How one refusal is told: the HTTP status, and the Chinese sentence with what to do next. */
export interface RefusalText {
  status: number;
  text: (params: RefusalParams) => string;
}

/** Every refusal of the product by its stable code: the one list for API, console and OpenAPI document. */
export const refusals = { ...requestRefusals, ...accessRefusals, ...deskRefusals, ...personnelRefusals } satisfies Record<string, RefusalText>;
export type RefusalCode = keyof typeof refusals;

/** A refused act: returned as a value, never thrown by libs. */
export interface Refusal {
  refused: RefusalCode;
  params: RefusalParams;
}

export const refuse = (refused: RefusalCode, params: RefusalParams = {}): Refusal => ({ refused, params });
export const isRefusal = (value: unknown): value is Refusal => typeof value === 'object' && value !== null && 'refused' in value;
export const refusalText = ({ refused, params }: Refusal): string => refusals[refused].text(params);
