import type { RouteId } from '../../../../libs/domain/api/routes.ts';
import { roles } from '../../../../libs/domain/roles.ts';
import { addMonths, dateOf } from '../../../../libs/domain/dates.ts';
import { here, type Scene } from './scene.ts';

export const everybody = ['WORKER self', ...roles.flatMap((role) => [`${role} here`, `${role} there`])];
const of = (...names: string[]) => names.flatMap((name) => (name.includes(' ') ? [name] : [`${name} here`, `${name} there`]));

/** Readers of the records of 东门一带: posts over the unit, the auditor, and the person. */
const readers = of(
  'WORKER self',
  'CITY_ORG here',
  'COUNTY_ORG here',
  'COUNTY_HR here',
  'STREET_HR here',
  'STREET_PARTY_COMMITTEE here',
  'COMMUNITY_SECRETARY here',
  'AUDITOR here',
);
/** Who has a part in the case: concerned by it, asked, or overseeing its unit. */
const part = of('WORKER self', 'CITY_ORG here', 'COUNTY_ORG here', 'COUNTY_HR here', 'STREET_HR here');
const officers = of('CITY_ORG', 'COUNTY_ORG', 'COUNTY_HR');
/** Who has a part in a batch's lists. */
const listReaders = of(
  'CITY_ORG',
  'COUNTY_ORG',
  'COUNTY_HR',
  'COUNTY_FINANCE',
  'STREET_HR',
  'STREET_PARTY_COMMITTEE',
  'COMMUNITY_SECRETARY',
);
/** Who may have evaluations of an appraisal to record, or its register to look at. */
const raters = of('CITY_ORG', 'COUNTY_ORG', 'STREET_HR', 'STREET_PARTY_COMMITTEE');
const owners = of('CITY_ORG', 'COUNTY_ORG', 'COUNTY_HR', 'SYSTEM_ADMIN');
const auditors = of('AUDITOR');
const keepers = of('CITY_ORG here', 'COUNTY_ORG here', 'COUNTY_HR here', 'STREET_HR here', 'AUDITOR here');
const foreignKeepers = of('CITY_ORG there', 'COUNTY_ORG there', 'COUNTY_HR there', 'STREET_HR there', 'AUDITOR there');
const asked = of('STREET_HR here');
/** Of the county that owns the process. */
const holders = of('COUNTY_ORG here', 'COUNTY_HR here');
const onPaper = { reason: '等待上级批复', documentNo: '碧组发〔2026〕12号' };
const administrator = of('SYSTEM_ADMIN');
/** The three administrators are told that they decide nothing, before anything else. */
const administrators = { AdministratorDecidesNothing: of('AUDITOR', 'SYSTEM_ADMIN', 'SECURITY_ADMIN') };

/** Parts of a request, as `ApiClient.call` sends them. */
export interface Parts {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: object;
  file?: { name: string; bytes: Uint8Array<ArrayBuffer> };
  fields?: Record<string, string>;
}

export interface Knock {
  send: (scene: Scene) => Parts;
  /** Who is let in, and how that shows: `ok`, or what comes after the permission (the form, the state). */
  let: Record<string, readonly string[]>;
  /** What everybody else is told. */
  else?: string;
}
type Table = Record<RouteId, Knock>;

/** Figures of 东门一带: for posts over it that read reports. */
const reportRoles = [
  'CITY_ORG',
  'COUNTY_ORG',
  'COUNTY_HR',
  'COUNTY_CIVIL',
  'COUNTY_FINANCE',
  'STREET_HR',
  'STREET_PARTY_COMMITTEE',
  'AUDITOR',
];
const reports: Knock = {
  send: () => ({ query: { unit: here.community } }),
  let: { ok: reportRoles.map((role) => `${role} here`), NotInYourUnits: reportRoles.map((role) => `${role} there`) },
  else: 'NotAllowed',
};

const nobody = '00000000-0000-4000-8000-000000000000';
const sent = (parts: Parts) => () => parts;
const byCase =
  (more: Parts = {}) =>
  (scene: Scene): Parts => ({ params: { id: scene.case }, ...more });
const byTask =
  (more: Parts = {}) =>
  (scene: Scene): Parts => ({ params: { id: scene.task }, ...more });
const byPerson =
  (more: Parts = {}) =>
  (scene: Scene): Parts => ({ params: { id: scene.person }, ...more });
const byForm = (scene: Scene): Parts => ({ params: { id: scene.case, form: 'approval' } });
const candidates = of('CANDIDATE');
const form = {
  postCode: 'A1',
  name: '田小满',
  idNo: '520690199203080007',
  education: '本科',
  school: '武陵学院',
  major: '社会工作',
  phone: '19900000000',
  promised: true,
};
const all = { ok: everybody };
const table = { unit: '', official: true, source: '放假通知', off: [], makeUp: [] };
const handed = { to: nobody, reason: '外出开会' };
const keepersOfNotices = of('CITY_ORG', 'COUNTY_ORG', 'COUNTY_HR', 'STREET_HR');
const objection = { no: 1, named: false, text: '反映其工作年限计算有误，社区两委可以核实。', truthful: true };
const evaluations = (): Knock => ({
  send: sent({ params: { id: nobody }, file: { name: '空.xlsx', bytes: new Uint8Array() } }),
  let: { NotFound: raters },
  else: 'NotAllowed',
});
const batch = (more: Parts = {}): Knock => ({
  send: sent({ params: { id: nobody }, ...more }),
  let: { NotFound: officers },
  else: 'NotAllowed',
});

/** Who may what: one row a route. The order is that of the rounds; what changes a state comes late. */
export const whoMay: Table = {
  whoAmI: { send: sent({}), let: all },
  workbench: { send: sent({}), let: all },
  units: { send: sent({}), let: all },
  processes: { send: sent({}), let: all },
  tasks: { send: sent({}), let: all },
  cases: { send: sent({}), let: all },
  live: { send: sent({}), let: all },
  mails: { send: sent({ query: { scope: 'units' } }), let: all },
  demoInbox: { send: sent({}), let: all },
  previewCalendar: { send: sent({ params: { year: 2026 }, body: table }), let: { ok: of('SYSTEM_ADMIN here') }, else: 'NotAllowed' },
  changeCalendar: {
    send: sent({ params: { year: 2026 }, body: { ...table, official: false, reason: '核对' } }),
    let: { OfficialCalendarStands: of('SYSTEM_ADMIN here') },
    else: 'NotAllowed',
  },
  calendarYear: { send: sent({ params: { year: 2026 } }), let: all },

  staffing: {
    send: sent({}),
    let: { ok: of('CITY_ORG', 'COUNTY_ORG', 'COUNTY_HR', 'COUNTY_CIVIL', 'COUNTY_FINANCE') },
    else: 'NotAllowed',
  },
  registerResidents: {
    send: sent({ params: { county: here.county }, body: { asOf: '2999-12-31', residents: 500_000, source: '统计公报' } }),
    let: {
      FigureAhead: of('CITY_ORG here', 'COUNTY_ORG here', 'COUNTY_CIVIL here'),
      NotInYourUnits: of('CITY_ORG there', 'COUNTY_ORG there', 'COUNTY_CIVIL there'),
    },
    else: 'NotAllowed',
  },

  secondments: { send: sent({ params: { year: '2026' } }), let: { ok: of('CITY_ORG', 'COUNTY_ORG') }, else: 'NotAllowed' },
  suggestPairs: {
    send: sent({ params: { year: '2026' }, query: { startOn: '2026-03-02' } }),
    let: { ok: of('CITY_ORG') },
    else: 'NotAllowed',
  },
  pairMany: {
    send: sent({ params: { year: '2026' }, body: { startOn: '2026-03-02', pairs: [{ caseId: nobody, accountId: nobody }] } }),
    let: { PairsDoNotStand: of('CITY_ORG') },
    else: 'NotAllowed',
  },

  reportTeam: reports,
  reportTimes: reports,
  reportOverdue: reports,
  reportRatings: reports,
  reportDeeds: reports,
  reportWorkbook: reports,

  people: {
    send: sent({ query: { unit: here.community } }),
    let: { ok: readers.filter((name) => name !== 'WORKER self') },
    else: 'NotInYourUnits',
  },
  person: { send: byPerson(), let: { ok: readers }, else: 'NotInYourUnits' },
  idNumber: {
    send: byPerson({ body: { purpose: '核对合同' } }),
    let: {
      ok: of('CITY_ORG here', 'COUNTY_ORG here', 'COUNTY_HR here'),
      NotInYourUnits: of('CITY_ORG there', 'COUNTY_ORG there', 'COUNTY_HR there'),
    },
    else: 'NotAllowed',
  },
  foreseeRating: {
    send: byPerson({ query: { year: 2025, rating: 'failed' } }),
    let: { ok: of('COUNTY_ORG here', 'COUNTY_HR here'), NotInYourUnits: of('COUNTY_ORG there', 'COUNTY_HR there') },
    else: 'NotAllowed',
  },
  recordRating: {
    send: byPerson({ body: { year: 2025, rating: 'failed', finalOn: '2025-11-30', documentNo: '碧组考〔2026〕8号' } }),
    let: { RatingNotSound: of('COUNTY_ORG here', 'COUNTY_HR here'), NotInYourUnits: of('COUNTY_ORG there', 'COUNTY_HR there') },
    else: 'NotAllowed',
  },
  issueActivationCode: {
    send: (scene) => ({ params: { id: scene.formal } }),
    let: {
      ok: of('COUNTY_ORG here', 'COUNTY_HR here', 'STREET_HR here', 'SECURITY_ADMIN here'),
      NotInYourUnits: of('COUNTY_ORG there', 'COUNTY_HR there', 'STREET_HR there', 'SECURITY_ADMIN there'),
    },
    else: 'NotAllowed',
  },

  batches: { send: sent({}), let: { ok: listReaders }, else: 'NotAllowed' },
  batch: { send: sent({ params: { id: nobody } }), let: { NotFound: listReaders }, else: 'NotAllowed' },
  batchPeople: { send: sent({ params: { id: nobody } }), let: { NotFound: listReaders }, else: 'NotAllowed' },
  actOnList: {
    send: sent({ params: { id: nobody }, body: { does: { act: 'setApart', reason: '长期病假' }, on: { open: true } } }),
    let: { NotFound: listReaders },
    else: 'NotAllowed',
  },
  joinBatch: {
    send: sent({ params: { id: nobody }, body: { personIds: [nobody], reason: '基准日后补录' } }),
    let: { NotFound: of('CITY_ORG', 'COUNTY_ORG') },
    else: 'NotAllowed',
  },
  listJob: { send: sent({ params: { id: nobody } }), let: {}, else: 'NotFound' },
  conversion: { send: byCase(), let: {}, else: 'NotFound' },

  evaluationsTemplate: { send: sent({ params: { id: nobody } }), let: { NotFound: raters }, else: 'NotAllowed' },
  checkEvaluations: evaluations(),
  markEvaluations: evaluations(),
  recordEvaluations: evaluations(),
  appraisalRegister: { send: sent({ params: { id: nobody } }), let: { NotFound: raters }, else: 'NotAllowed' },
  rosterTemplate: { send: sent({}), let: { ok: officers }, else: 'NotAllowed' },
  rosterImports: { send: sent({}), let: { ok: officers }, else: 'NotAllowed' },
  checkRoster: { send: sent({ file: { name: '空.xlsx', bytes: new Uint8Array() } }), let: { WorkbookEmpty: officers }, else: 'NotAllowed' },
  rosterImport: batch(),
  rosterFaults: batch(),
  rosterRows: batch(),
  rosterCorrections: batch(),
  rosterExcerpt: batch({ query: { row: 1 } }),
  remapRoster: batch({ body: { mapping: {} } }),
  teachRoster: batch({ body: { kind: 'community', scopeCode: here.county, written: '东门', meaning: here.community } }),
  confirmRoster: batch({ body: {} }),
  undoRoster: batch({ body: { reason: '传错了' } }),
  discardRoster: batch(),
  markedRoster: batch(),

  checkRecruitment: batch({ query: {}, file: { name: '空.xlsx', bytes: new Uint8Array() }, fields: { kind: 'posts' } }),
  recruitmentUploads: batch(),
  recruitmentUpload: batch(),
  confirmRecruitment: batch({ body: {} }),
  markedRecruitment: batch(),
  recruitmentRegister: {
    send: sent({ params: { id: nobody, kind: 'applicants' } }),
    let: { NotFound: officers },
    else: 'NotAllowed',
  },
  recruitmentPaper: { send: sent({ params: { id: nobody, paper: 'announcement' } }), let: { NotFound: officers }, else: 'NotAllowed' },
  applicationPaper: { send: sent({ params: { id: nobody, paper: 'ticket' } }), let: { NotFound: officers }, else: 'NotAllowed' },
  announcements: { send: sent({}), let: all },
  announcement: { send: sent({ params: { id: nobody } }), let: {} },
  checkConditions: { send: sent({ params: { id: nobody }, body: { postCode: 'A1', bornOn: '1995-03-08', education: '本科' } }), let: {} },
  sendCandidateCode: { send: sent({ body: { email: 'somebody@example.org' } }), let: all },
  candidateSignIn: { send: sent({ body: { email: 'somebody@example.org', code: '000000' } }), let: {} },
  ownApplications: { send: sent({}), let: { ok: candidates }, else: 'NotAllowed' },
  applicationDraft: { send: sent({ params: { id: nobody } }), let: { ok: candidates }, else: 'NotAllowed' },
  saveApplicationDraft: {
    send: sent({ params: { id: nobody }, body: { name: '田小满' } }),
    let: { NotFound: candidates },
    else: 'NotAllowed',
  },
  apply: { send: sent({ params: { id: nobody }, body: form }), let: { NotFound: candidates }, else: 'NotAllowed' },
  waiveApplication: {
    send: sent({ params: { id: nobody }, body: { reason: '另有安排', declared: true } }),
    let: { NotFound: candidates },
    else: 'NotAllowed',
  },
  applicationTicket: { send: sent({ params: { id: nobody } }), let: { NotFound: candidates }, else: 'NotAllowed' },

  rehearse: {
    send: (scene) => ({ body: { process: 'probation', input: { personId: scene.formal } } }),
    let: { NotOnProbation: of('COUNTY_ORG here', 'COUNTY_HR here') },
    else: 'NotInYourUnits',
  },
  startCase: {
    send: (scene) => ({ body: { process: 'probation', input: { personId: scene.person } } }),
    let: { AlreadyRunning: of('COUNTY_ORG here', 'COUNTY_HR here') },
    else: 'NotInYourUnits',
  },
  probationCandidates: { send: sent({}), let: { ok: officers }, else: 'NotAllowed' },
  startMany: {
    send: (scene) => ({ body: { process: 'probation', items: [{ key: '1', input: { personId: scene.formal } }] } }),
    let: { ok: officers },
    else: 'NotAllowed',
  },
  startJob: { send: (scene) => ({ params: { id: scene.job } }), let: {}, else: 'NotFound' },

  task: { send: byTask(), let: { ok: part }, else: 'NotYourTask' },
  answer: { send: byTask({ body: { answer: {} } }), let: { AnswerDoesNotFit: asked, ...administrators }, else: 'NotYourTask' },
  returnTask: {
    send: byTask({ body: { to: 'notice', reason: '材料不全', then: 'through' } }),
    let: { NotAnEarlierStage: asked, ...administrators },
    else: 'NotYourTask',
  },
  transfer: { send: byTask({ body: handed }), let: { NotAPossibleTarget: asked, ...administrators }, else: 'NotYourTask' },
  delegate: { send: byTask({ body: handed }), let: { NotAPossibleTarget: asked, ...administrators }, else: 'NotYourTask' },
  addSigner: {
    send: byTask({ body: { ...handed, where: 'beside' } }),
    let: { NotAPossibleTarget: asked, ...administrators },
    else: 'NotYourTask',
  },
  removeSigner: { send: byTask({ body: { reason: '不需要了' } }), let: {}, else: 'NotYourSigner' },
  takeBack: { send: byTask({ body: { reason: '填写有误' } }), let: {}, else: 'NothingToTakeBack' },
  taskPeople: { send: byTask({ query: { for: 'sign' } }), let: { ok: asked }, else: 'NotYourTask' },
  answerMany: { send: sent({ body: { taskIds: [nobody], answer: {} } }), let: all },
  release: { send: byTask(), let: { NotClaimed: asked, ...administrators }, else: 'NotYourTask' },
  claim: { send: byTask(), let: { ok: asked, ...administrators }, else: 'NotYourTask' },

  publicNotices: { send: sent({}), let: all },
  publicNotice: { send: sent({ params: { id: nobody } }), let: {} },
  object: { send: sent({ params: { id: nobody }, body: objection }), let: {} },
  objectionState: { send: sent({ body: { code: 'ABCD-EFGH-JKMN-PQRS' } }), let: {} },
  notices: { send: sent({}), let: { ok: keepersOfNotices }, else: 'NotAllowed' },
  notice: { send: sent({ params: { id: nobody } }), let: { NotFound: keepersOfNotices }, else: 'NotAllowed' },
  registerObjection: {
    send: sent({ params: { id: nobody }, body: objection }),
    let: { NotFound: of('CITY_ORG', 'COUNTY_ORG') },
    else: 'NotAllowed',
  },
  objectionContent: { send: byCase(), let: {}, else: 'NotFound' },

  case: { send: byCase(), let: { ok: part }, else: 'NotYourCase' },
  next: { send: byCase({ query: { after: 0 } }), let: { ok: part }, else: 'NotYourCase' },
  withdraw: { send: byCase({ body: { reason: '发起有误' } }), let: {}, else: 'OnlyStarterWithdraws' },
  declare: {
    send: (scene) => ({ params: { id: scene.case, event: 'suspend' }, body: { answer: {} } }),
    let: { AnswerDoesNotFit: of('COUNTY_ORG here', 'COUNTY_HR here') },
    else: 'NotYourEvent',
  },
  comment: { send: byCase({ body: { text: '请补充谈话记录' } }), let: { ok: part }, else: 'NotYourCase' },
  attach: {
    send: byCase({ file: { name: '表.pdf', bytes: new TextEncoder().encode('%PDF-1.7\n') } }),
    let: { ok: part },
    else: 'NotYourCase',
  },
  attachment: { send: (scene) => ({ params: { id: scene.case, file: scene.attachment } }), let: { ok: part }, else: 'NotYourCase' },
  copies: { send: sent({}), let: all },
  readersToChoose: { send: byCase(), let: { ok: [...holders, ...asked] }, else: 'MayNotCopy' },
  copy: { send: byCase({ body: { to: [nobody] } }), let: { OutsideConfidentiality: [...holders, ...asked] }, else: 'MayNotCopy' },
  // the first of them does it, and finds it done for the others
  urge: { send: byTask({ body: {} }), let: { ok: of('WORKER self'), UrgedAlready: holders }, else: 'MayNotUrge' },
  recuse: { send: byCase({ body: { reason: '同事关系，申请回避' } }), let: { ok: asked }, else: 'NotAsked' },
  hold: {
    send: byCase({ body: onPaper }),
    let: { ok: of('COUNTY_ORG here'), AlreadyHeld: of('COUNTY_HR here'), ...administrators },
    else: 'NotProcessOwner',
  },
  resume: {
    send: byCase({ body: onPaper }),
    let: { ok: of('COUNTY_ORG here'), NotHeld: of('COUNTY_HR here'), ...administrators },
    else: 'NotProcessOwner',
  },
  cancel: {
    send: byCase({ body: { reason: '重复发起' } }),
    let: { ok: of('COUNTY_ORG here'), CaseEnded: of('COUNTY_HR here'), ...administrators },
    else: 'NotProcessOwner',
  },

  ledger: { send: sent({}), let: { ok: auditors }, else: 'NotAllowed' },
  ledgerProof: { send: (scene) => ({ params: { id: scene.entry } }), let: { ok: auditors }, else: 'NotAllowed' },
  verify: { send: sent({}), let: { ok: auditors }, else: 'NotAllowed' },
  mailAttempts: {
    send: (scene) => ({ params: { id: scene.mail } }),
    let: { ok: of('CITY_ORG here', 'COUNTY_ORG here', 'COUNTY_HR here', 'SYSTEM_ADMIN here') },
    else: 'NotFound',
  },
  retryMail: {
    send: (scene) => ({ params: { id: scene.mail } }),
    let: {
      MailNotFailed: of('CITY_ORG here', 'COUNTY_ORG here', 'COUNTY_HR here', 'SYSTEM_ADMIN here'),
      NotFound: of('CITY_ORG there', 'COUNTY_ORG there', 'COUNTY_HR there', 'SYSTEM_ADMIN there'),
    },
    else: 'NotAllowed',
  },
  caseChecks: { send: sent({}), let: { ok: owners }, else: 'NotAllowed' },
  incidents: { send: sent({}), let: { ok: owners }, else: 'NotAllowed' },
  resolveIncident: {
    send: (scene) => ({ params: { id: scene.incident }, body: { resolution: '已补说明' } }),
    let: {
      ok: of('CITY_ORG here'),
      IncidentResolved: of('COUNTY_ORG here', 'COUNTY_HR here', 'SYSTEM_ADMIN here'),
      NotInYourUnits: of('CITY_ORG there', 'COUNTY_ORG there', 'COUNTY_HR there', 'SYSTEM_ADMIN there'),
    },
    else: 'NotAllowed',
  },

  // nothing of the scene's case has been answered yet
  formPdf: { send: byForm, let: { FormNotReady: part }, else: 'NotYourCase' },
  formWord: { send: byForm, let: { FormNotReady: part }, else: 'NotYourCase' },
  caseDossier: { send: byCase(), let: { ok: keepers, NotInYourUnits: foreignKeepers }, else: 'NotAllowed' },
  personDossier: { send: byPerson(), let: { ok: keepers, NotInYourUnits: foreignKeepers }, else: 'NotAllowed' },

  mailWishes: { send: sent({}), let: all },
  setMailWishes: { send: sent({ body: { pace: 'digest', copies: false } }), let: all },
  calendarFeed: { send: sent({}), let: all },
  makeCalendarFeed: { send: sent({}), let: all },
  revokeCalendarFeed: { send: sent({}), let: all },

  substitutions: { send: sent({}), let: all },
  substituteChoices: {
    send: (scene) => ({ query: { principalId: scene.principal } }),
    let: { ok: of('COUNTY_CIVIL here', 'SYSTEM_ADMIN here') },
    else: 'NotAllowed',
  },
  unitSubstitutions: { send: sent({}), let: { ok: administrator }, else: 'NotAllowed' },
  principalChoices: { send: sent({}), let: { ok: administrator }, else: 'NotAllowed' },
  setSubstitution: {
    send: ({ substitute }) => {
      const fromOn = addMonths(dateOf(new Date()), 2);
      return { body: { substituteId: substitute, fromOn, toOn: fromOn, reason: '外出学习' } };
    },
    let: {
      ok: of(
        'COUNTY_ORG here',
        'COUNTY_HR here',
        'STREET_HR here',
        'STREET_PARTY_COMMITTEE here',
        'COMMUNITY_SECRETARY here',
        'UNION here',
      ),
      SubstituteAlready: of('COUNTY_CIVIL here'),
      NoOffice: of('WORKER self', 'WORKER', 'CANDIDATE', 'AUDITOR', 'SYSTEM_ADMIN', 'SECURITY_ADMIN'),
    },
    // the substitute themself, and whoever holds no office in their line
    else: 'NotEligibleSubstitute',
  },
  endSubstitution: {
    send: ({ substitution }) => ({ params: { id: substitution } }),
    let: { ok: of('COUNTY_CIVIL here'), SubstitutionOver: of('SYSTEM_ADMIN here') },
    else: 'NotAllowed',
  },

  signIn: { send: sent({ body: { userName: 'nobody-here', password: 'wrong' } }), let: {} },
  activate: {
    send: sent({ body: { userName: 'nobody-here', code: 'ABCDE-ABCDE', password: 'eight words are better' } }),
    let: {},
    else: 'ActivationRefused',
  },
  signOut: { send: sent({}), let: all },
};
