import { byId, named, route } from './route.ts';

const oneForm = byId.extend({ form: named });
const refusals = ['NotFound', 'NotYourCase', 'FormNotReady'] as const;

/** 文书: the official forms of a case, for whoever has a part in it. Each print stands in the ledger. */
export const formRoutes = {
  formPdf: route({
    id: 'formPdf',
    method: 'GET',
    path: '/api/cases/:id/forms/:form/pdf',
    tag: '文书',
    summary: '一份文书（PDF，A4）',
    access: 'signedIn',
    params: oneForm,
    binary: 'application/pdf',
    refusals,
  }),
  formWord: route({
    id: 'formWord',
    method: 'GET',
    path: '/api/cases/:id/forms/:form/word',
    tag: '文书',
    summary: '一份文书（Word，A4）',
    access: 'signedIn',
    params: oneForm,
    binary: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    refusals,
  }),
};
