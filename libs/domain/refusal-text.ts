export type RefusalParams = Record<string, string | number>;
/** How one refusal is told: the HTTP status, and the Chinese sentence with what to do next. */
export interface RefusalText {
  status: number;
  text: (params: RefusalParams) => string;
}
