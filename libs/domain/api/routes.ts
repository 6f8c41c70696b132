import { appraisalRoutes } from './appraisal.ts';
import { batchRoutes } from './batches.ts';
import { caseActRoutes } from './case-acts.ts';
import { calendarRoutes } from './calendar.ts';
import { caseRoutes } from './cases.ts';
import { handOnRoutes } from './hand-on.ts';
import { dossierRoutes } from './dossiers.ts';
import { liveRoutes } from './live.ts';
import { formRoutes } from './forms.ts';
import { noticeRoutes } from './notices.ts';
import { operationRoutes } from './operations.ts';
import { ownRoutes } from './own.ts';
import { peopleRoutes } from './people.ts';
import { candidateRoutes } from './candidates.ts';
import { recruitmentRoutes } from './recruitment.ts';
import { rosterRoutes } from './roster.ts';
import { secondmentRoutes } from './secondments.ts';
import { sessionRoutes } from './session.ts';
import { reportRoutes } from './reports.ts';
import { staffingRoutes } from './staffing.ts';
import { substituteRoutes } from './substitutes.ts';

/** Every route of the API: the controllers, the OpenAPI document, the console's client and the access test read this one list. */
export const routes = {
  ...sessionRoutes,
  ...peopleRoutes,
  ...rosterRoutes,
  ...caseRoutes,
  ...batchRoutes,
  ...appraisalRoutes,
  ...calendarRoutes,
  ...caseActRoutes,
  ...handOnRoutes,
  ...liveRoutes,
  ...operationRoutes,
  ...ownRoutes,
  ...reportRoutes,
  ...secondmentRoutes,
  ...staffingRoutes,
  ...substituteRoutes,
  ...dossierRoutes,
  ...noticeRoutes,
  ...formRoutes,
  ...recruitmentRoutes,
  ...candidateRoutes,
};
export type RouteId = keyof typeof routes;
