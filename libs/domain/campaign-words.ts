import type { ProcessContract } from './contract.ts';

/** Why somebody goes their own way (例外), in words. */
const apartTitles: Record<string, string> = {
  evidence: '补正材料',
  notCertified: '未认定',
  late: '中途加入',
  recompute: '任职变动，重新套改',
  own: '单独办理',
  objection: '公示期异议',
  apart: '移出本批',
  declined: '本人不签合同',
  notSigned: '本人不签合同',
  withdrawn: '本人退出',
  left: '离岗',
  cancelled: '批次撤销',
};
export const apartTitle = (kind: string): string => apartTitles[kind] ?? '单独办理';

/** What is done with many people at once, in words. */
export const listActTitles: Record<string, string> = {
  decide: '批量办理',
  undo: '撤销',
  sendBack: '退回补正',
  setApart: '移出本批',
  takeRole: '任职变动',
};

/** The stages of a batch at which its people stand, in order: those that each person's own process has too. */
export const peopleStages = (batch: ProcessContract, people: ProcessContract): string[] =>
  batch.order.filter((name) => name in people.stages);
