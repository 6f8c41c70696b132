import { audit } from './zh-CN/audit.ts';
import { batches } from './zh-CN/batches.ts';
import { oneCase } from './zh-CN/case.ts';
import { caseActs } from './zh-CN/case-acts.ts';
import { calendar } from './zh-CN/calendar.ts';
import { common, due, keys, problem, shell, status } from './zh-CN/common.ts';
import { desk } from './zh-CN/desk.ts';
import { form } from './zh-CN/form.ts';
import { importing } from './zh-CN/import.ts';
import { jobs } from './zh-CN/jobs.ts';
import { find, incidents, mails, workbench } from './zh-CN/overview.ts';
import { notices } from './zh-CN/notices.ts';
import { reports } from './zh-CN/reports.ts';
import { roster } from './zh-CN/roster.ts';
import { session } from './zh-CN/session.ts';
import { settings } from './zh-CN/settings.ts';
import { staffing } from './zh-CN/staffing.ts';
import { start } from './zh-CN/start.ts';
import { substitutes } from './zh-CN/substitutes.ts';

/** Every Chinese sentence of the console itself, in one typed catalogue; refusals come worded from the server. */
export const text = {
  audit,
  batches,
  caseActs,
  calendar,
  common,
  desk,
  due,
  find,
  form,
  importing,
  jobs,
  incidents,
  keys,
  mails,
  notices,
  oneCase,
  problem,
  reports,
  roster,
  session,
  settings,
  shell,
  staffing,
  start,
  status,
  substitutes,
  workbench,
};
