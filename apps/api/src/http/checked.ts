import { z } from 'zod';
import type { Route } from '../../../../libs/domain/api/route.ts';

/** Answers held to their schemas, in tests and development: what a schema does not name may not leave, and what it names must be there. */
export const checkedAnswers = {
  on: false,
  check(route: Route, answer: unknown): void {
    const result = route.response!.safeParse(JSON.parse(JSON.stringify(answer)));
    if (!result.success) throw new Error(`Route ${route.id} answers otherwise than described:\n${z.prettifyError(result.error)}`);
  },
};
