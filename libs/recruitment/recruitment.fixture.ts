import { z } from 'zod';
import type { Db } from '../db.ts';
import type { DeskRoom } from '../desk/room.ts';
import { addDays, dateOf, type IsoDate } from '../domain/dates.ts';
import type { ProcessContract } from '../domain/contract.ts';
import { defaultRules, type RecruitmentRules } from '../domain/recruitment/rules.ts';
import { isRefusal, refusalText, type Refusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import { unitsWithin } from '../units/units.ts';
import { announce, openBatch } from './batch.ts';

// For tests: a batch of Bijiang with its room, and an officer of the county.
const contract = (name: string, title: string, short: string, more: Partial<ProcessContract> = {}): ProcessContract => ({
  name,
  title,
  short,
  summary: '',
  takes: '',
  laws: [],
  startedBy: ['COUNTY_ORG'],
  input: z.object({}),
  policies: [],
  stages: {},
  order: [],
  map: [],
  events: {},
  outcomes: {},
  open: () => {
    throw new Error('not opened here');
  },
  ...more,
});
export const roomOf = (db: Db): DeskRoom => ({
  db,
  catalogue: {
    recruitment: contract('recruitment', '公开招聘', '招聘', { people: 'application' }),
    application: contract('application', '报名应聘', '应聘', { ofBatch: 'recruitment' }),
  },
});

export const AT = new Date('2026-11-25T02:00:00Z');
export const COUNTY = '520602';

export const unitsOfCounty = (db: Db) => unitsWithin(db, `5206/${COUNTY}/`, '2026-11-25');

export const officerOf = (unitCode: string, unitPath: string): Actor => ({
  accountId: '00000000-0000-4000-8000-0000000000aa',
  name: '龙静',
  personId: null,
  posts: [{ role: 'COUNTY_ORG', unitCode, unitPath, unitName: '碧江区', title: null }],
  standsInFor: [],
});

/** A running batch with its room, not yet announced. */
export async function batchIn(db: Db, no = 1, rules: RecruitmentRules = defaultRules): Promise<string> {
  const made = await db.case.create({
    data: {
      caseNo: `碧江-招聘-2026-${no}`,
      process: 'recruitment',
      naturalKey: `${COUNTY}/2026/${no}`,
      run: 1,
      title: `碧江区 2026 年第 ${no} 批公开招聘社区工作者`,
      unitCode: COUNTY,
      status: 'running',
      input: {},
      pinned: {},
      startedAt: AT,
    },
  });
  await db.$transaction((tx) => openBatch(tx, made, rules));
  return made.id;
}

/** An announcement of the day: registration is open for five days from then on. */
const announcedFrom = (on: IsoDate) => ({
  title: '碧江区公开招聘社区工作者公告',
  issuer: '中共碧江区委组织部',
  cutOffOn: on,
  registrationFrom: on,
  registrationTo: addDays(on, 4),
  exams: { written: { on: addDays(on, 24), from: '09:00', to: '11:00', place: '碧江区第一中学' } },
  contact: '0856-0000000',
});
export async function announced(db: Db, batchId: string, at = AT): Promise<void> {
  sure(await db.$transaction((tx) => announce(tx, batchId, announcedFrom(dateOf(at)), at)));
}

/** What was not refused. */
export function sure<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`${value.refused}: ${refusalText(value)}`);
  return value;
}

/** A batch of a few posts that is announced now, as a started service finds it. */
export async function announcedBatch(db: Db, at: Date): Promise<string> {
  const batchId = await batchIn(db, 99);
  const post = { batchId, unitCode: '520602005', title: '社区专职工作人员', planned: 3, requirements: {} };
  await db.recruitmentPost.createMany({
    data: [
      { ...post, no: 1, code: 'BJ001', communities: [{ unitCode: '520602005005', number: 3 }] },
      { ...post, no: 2, code: 'BJ002', title: '社区党建岗', unitCode: '520602005005', planned: 1, requirements: { party: true } },
    ],
  });
  await announced(db, batchId, at);
  return batchId;
}
