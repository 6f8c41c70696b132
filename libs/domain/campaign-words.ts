import type { ProcessContract } from './contract.ts';
import type { ListedContract } from './listed.ts';

/** Why somebody goes their own way (例外), in words. */
const apartTitles: Record<string, string> = {
  evidence: '补正材料',
  late: '中途加入',
  recompute: '任职变动，重新办理',
  own: '单独办理',
  objection: '公示期异议',
  apart: '移出本批',
  withdrawn: '本人退出',
  left: '离岗',
  cancelled: '批次撤销',
};
/** In the words of the persons' process: its own for a kind, the usual ones, or how a case has ended. */
export const apartTitle = (people: ProcessContract, kind: string): string =>
  people.listed?.apart?.[kind] ?? apartTitles[kind] ?? people.outcomes[kind]?.title ?? '单独办理';

/** What a batch needs to know of the process of its people. */
export function listedOf(people: ProcessContract): ListedContract {
  if (!people.listed) throw new Error(`${people.name} says nothing of its list`);
  return people.listed;
}

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
