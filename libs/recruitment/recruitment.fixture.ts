import { z } from 'zod';
import type { Db } from '../db.ts';
import type { DeskRoom } from '../desk/room.ts';
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

export const announcedFrom = {
  title: '碧江区 2026 年公开招聘社区工作者公告',
  issuer: '中共碧江区委组织部',
  cutOffOn: '2026-11-25',
  registrationFrom: '2026-11-25',
  registrationTo: '2026-11-29',
  exams: { written: { on: '2026-12-19', from: '09:00', to: '11:00', place: '碧江区第一中学' } },
  contact: '0856-0000000',
};
export async function announced(db: Db, batchId: string): Promise<void> {
  sure(await db.$transaction((tx) => announce(tx, batchId, announcedFrom, AT)));
}

/** What was not refused. */
export function sure<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`${value.refused}: ${refusalText(value)}`);
  return value;
}
