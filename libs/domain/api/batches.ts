import { z } from 'zod';
import { postTitles } from '../person-words.ts';
import { caseStatus, due } from './case-views.ts';
import { byId, id, instant, isoDate, named, page, pageQuery, route, unitRef } from './route.ts';

const officers = [
  'CITY_ORG',
  'COUNTY_ORG',
  'COUNTY_HR',
  'COUNTY_FINANCE',
  'STREET_HR',
  'STREET_PARTY_COMMITTEE',
  'COMMUNITY_SECRETARY',
] as const;
const reason = z.string().trim().min(2, '请写明原因').max(500);

/** What can be done with many people of a batch at once. */
export const listAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('decide'), stage: named, answer: z.record(z.string(), z.unknown()) }),
  z.object({ act: z.literal('undo'), stage: named }),
  z.object({ act: z.literal('sendBack'), stage: named, reason }),
  z.object({ act: z.literal('setApart'), reason }),
  z.object({ act: z.literal('takeRole'), postTitle: z.enum(postTitles), effectiveOn: isoDate, reason }),
]);
export const selection = z.union([
  z.object({ caseIds: z.array(id).min(1).max(1_000) }),
  z.object({ open: z.literal(true).meta({ description: '本人名册上所有未办人员' }) }),
  z.object({ jobId: id.meta({ description: '某次批量办成的人员' }) }),
]);

const cell = z.object({ stage: z.string(), count: z.number().int(), overdue: z.number().int() });
const board = z.object({
  id,
  process: z.string(),
  caseNo: z.string(),
  title: z.string(),
  status: caseStatus,
  outcome: z.string().nullable(),
  outcomeTitle: z.string().nullable(),
  cutOffOn: isoDate,
  unit: unitRef,
  open: z.array(z.object({ stage: z.string(), title: z.string(), list: z.boolean(), due })),
  columns: z.array(z.object({ key: z.string(), title: z.string() })),
  rows: z.array(z.object({ unit: unitRef, cells: z.array(cell), apart: z.number().int(), total: z.number().int() })),
  exceptions: z.array(z.object({ kind: z.string(), title: z.string(), count: z.number().int(), earliestDueAt: instant.nullable() })),
  myParts: z.array(z.object({ taskId: id, stage: z.string(), title: z.string(), unitCode: z.string(), left: z.number().int() })),
  join: z.object({ allowed: z.boolean(), reason: z.string().nullable() }).meta({ description: '可否中途加入人员，不可以的原因' }),
  version: z.number().int(),
});

const fen = z.number().int().meta({ description: '分／月' });
const person = z.object({
  caseId: id,
  personId: id.nullable(),
  staffNo: z.string().meta({ description: '人员编号；报考人员为报名编号' }),
  name: z.string(),
  unitLine: z.string(),
  stage: z.string(),
  stageTitle: z.string(),
  apart: z.object({ kind: z.string(), title: z.string() }).nullable().meta({ description: '例外及其原因' }),
  ownStage: z.string().nullable().meta({ description: '本人办件正在办的环节' }),
  reason: z.string().nullable(),
  postTitle: z.string(),
  joinedOn: isoDate.nullable(),
  education: z.string().nullable(),
  certificate: z.string().nullable(),
  result: z
    .object({ label: z.string(), before: z.string().nullable(), total: fen.nullable(), change: fen.nullable(), retained: fen })
    .nullable()
    .meta({ description: '测算结果；与薪酬无关的批次没有金额' }),
  due,
  decided: z.boolean().meta({ description: '在正开放的名册环节已经办理' }),
});

const conversion = z.object({
  label: z.string(),
  before: z.string().nullable(),
  globalStep: z.number().int(),
  steps: z.object({ seniority: z.number().int(), education: z.number().int(), certificate: z.number().int(), capped: z.boolean() }),
  inputs: z.object({
    joinedOn: isoDate,
    years: z.number().int(),
    countedOn: isoDate,
    postTitle: z.string(),
    education: z.string().nullable(),
    certificate: z.string().nullable(),
  }),
  pay: z.array(z.object({ title: z.string(), before: fen.nullable(), after: fen })),
  total: z.object({ before: fen.nullable(), after: fen }),
  assumed: z.boolean().meta({ description: '所用标准含假定值' }),
});

/** Batches (批次): their boards and lists, and acts on many people at once. A batch is started as any case. */
export const batchRoutes = {
  batches: route({
    id: 'batches',
    method: 'GET',
    path: '/api/batches',
    tag: '批次',
    summary: '本人单位有关的批次',
    access: { roles: officers },
    response: z.object({
      items: z.array(
        z.object({
          id,
          process: z.string(),
          caseNo: z.string(),
          title: z.string(),
          unitName: z.string(),
          status: caseStatus,
          outcome: z.string().nullable(),
          cutOffOn: isoDate,
          startedAt: instant,
          at: z.string().nullable(),
          total: z.number().int(),
          ended: z.number().int(),
          apart: z.number().int(),
        }),
      ),
    }),
    refusals: [],
  }),
  batch: route({
    id: 'batch',
    method: 'GET',
    path: '/api/batches/:id',
    tag: '批次',
    summary: '批次看板：环节 × 单位，每人只算在一格，例外另列',
    access: { roles: officers },
    params: byId,
    response: board,
    refusals: ['NotFound', 'NotYourCase'],
  }),
  batchPeople: route({
    id: 'batchPeople',
    method: 'GET',
    path: '/api/batches/:id/people',
    tag: '批次',
    summary: '批次名册：本人单位内的人员及其办理情况',
    access: { roles: officers },
    params: byId,
    query: pageQuery.extend({
      stage: named.optional(),
      unit: z.string().max(20).optional(),
      apart: named.optional().meta({ description: '例外的原因；any 为全部例外' }),
      q: z.string().trim().max(40).optional(),
      mine: z.enum(['true']).optional().meta({ description: '只看待本人办理的' }),
    }),
    response: page(person),
    refusals: ['NotFound', 'NotYourCase'],
  }),
  actOnList: route({
    id: 'actOnList',
    method: 'POST',
    path: '/api/batches/:id/acts',
    tag: '批次',
    summary: '名册批量办理：逐人检查、逐人记录，进度另查',
    access: { roles: officers },
    params: byId,
    body: z.object({ does: listAct, on: selection }),
    response: z.object({ jobId: id, count: z.number().int() }),
    status: 202,
    refusals: ['NotFound', 'NotYourCase', 'AnswerDoesNotFit', 'CaseEnded'],
  }),
  listJob: route({
    id: 'listJob',
    method: 'GET',
    path: '/api/list-jobs/:id',
    tag: '批次',
    summary: '批量办理的进度与没有办成的人员',
    access: 'signedIn',
    params: byId,
    response: z.object({
      id,
      batchId: id,
      title: z.string(),
      at: instant,
      total: z.number().int(),
      done: z.number().int(),
      finished: z.boolean(),
      refused: z.array(z.object({ caseId: id, name: z.string(), code: z.string(), text: z.string() })),
    }),
    refusals: ['NotFound'],
  }),
  joinBatch: route({
    id: 'joinBatch',
    method: 'POST',
    path: '/api/batches/:id/people',
    tag: '批次',
    summary: '中途加入人员（公示前），单独办理，公示时并入名册',
    access: { roles: ['COUNTY_ORG', 'CITY_ORG'] },
    params: byId,
    body: z.object({ personIds: z.array(id).min(1).max(200), reason }),
    response: z.object({ joined: z.number().int(), left: z.number().int().meta({ description: '不符合范围或已在批次中的人数' }) }),
    refusals: ['NotFound', 'NotProcessOwner', 'CaseEnded', 'BatchClosedToJoin', 'JoinedByApplying'],
  }),
  conversion: route({
    id: 'conversion',
    method: 'GET',
    path: '/api/cases/:id/conversion',
    tag: '批次',
    summary: '一人的套改结果：依据、等级档次、前后薪酬',
    access: 'signedIn',
    params: byId,
    response: conversion,
    refusals: ['NotFound', 'NotYourCase'],
  }),
};
