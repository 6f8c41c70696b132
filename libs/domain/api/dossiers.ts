import { byId, route } from './route.ts';

const keepers = { roles: ['COUNTY_ORG', 'COUNTY_HR', 'CITY_ORG', 'STREET_HR', 'AUDITOR'] as const };

/** 卷宗: what can be handed on and checked without this system. Having one made stands in the ledger. */
export const dossierRoutes = {
  caseDossier: route({
    id: 'caseDossier',
    method: 'GET',
    path: '/api/cases/:id/dossier',
    tag: '卷宗',
    summary: '导出一件的卷宗：办件、经过、附件、账本证明，可脱离系统核验',
    access: keepers,
    params: byId,
    binary: 'application/zip',
    refusals: ['NotFound', 'NotInYourUnits', 'DossierTooLarge'],
  }),
  personDossier: route({
    id: 'personDossier',
    method: 'GET',
    path: '/api/people/:id/dossier',
    tag: '卷宗',
    summary: '导出一人的卷宗：档案和全部办件，可脱离系统核验',
    access: keepers,
    params: byId,
    binary: 'application/zip',
    refusals: ['NotFound', 'NotInYourUnits', 'DossierTooLarge'],
  }),
};
