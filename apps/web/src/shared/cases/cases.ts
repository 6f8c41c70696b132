import type { QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { caseLine, caseView, task, taskLine } from '../../../../../libs/domain/api/case-views.ts';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { ProcessContract, StageContract } from '../../../../../libs/domain/contract.ts';
import { catalogue } from '../../../../../workflows/catalogue.ts';
import { api } from '../api/client.ts';
import { caughtUp } from '../api/live.ts';
import { fieldsOf } from '../form/model.ts';
import type { StatusKind } from '../ui/status-tag.tsx';

export type TaskLine = z.infer<typeof taskLine>;
export type TaskView = z.infer<typeof task>;
export type CaseLine = z.infer<typeof caseLine>;
export type CaseView = z.infer<typeof caseView>;

export const contractOf = (process: string): ProcessContract | undefined => catalogue[process];
export const stageOf = (process: string, stage: string): StageContract | undefined => catalogue[process]?.stages[stage];

/** What an act may have changed. */
const touched = [routes.copies.id, routes.tasks.id, routes.task.id, routes.cases.id, routes.case.id, routes.workbench.id];
export const readAgain = (client: QueryClient) => Promise.all(touched.map((id) => client.invalidateQueries({ queryKey: [id] })));

/** How often a story that is slow today is asked for again, each time for 400 ms at most. */
const MORE_LOOKS = 6;

/**
 * After an act: waits until the story has gone on (at most the 400 ms for which the server holds the question), then reads
 * the lists again, so that none lags behind one's own click. A story that takes longer is followed behind the page's back.
 */
export async function settle(client: QueryClient, { caseId, version }: { caseId: string; version: number }): Promise<void> {
  caughtUp(caseId, version);
  const wentOn = () =>
    api.call(routes.next, { params: { id: caseId }, query: { after: version } }).then(
      (now) => {
        caughtUp(caseId, now.version);
        return now.version > version || now.status === 'ended';
      },
      () => true, // no more to be heard of it here
    );
  const follow = async () => {
    for (let looks = 0; looks < MORE_LOOKS; looks += 1) if (await wentOn()) return void readAgain(client);
  };
  if (!(await wentOn())) void follow();
  await readAgain(client);
}

/** The tags of a line of the inbox, most pressing first. */
export function tagsOf({ status, due, held, urgedAt, escalated, mine, claimedBy, process, stage }: TaskLine): StatusKind[] {
  if (status === 'done') return ['done'];
  if (status === 'closed') return ['closed'];
  if (status === 'waiting') return ['awaits'];
  const tags: StatusKind[] = [];
  if (held) tags.push('held');
  if (urgedAt) tags.push('urged');
  if (due.state === 'overdue') tags.push('overdue');
  if (due.state === 'soon') tags.push('soon');
  if (due.state === 'unknown') tags.push('unknownDue');
  if (escalated) tags.push('escalated');
  if (tags.length === 0) tags.push(ownWord(process, stage) ?? (mine || claimedBy ? 'open' : 'unclaimed'));
  return tags;
}

/** Where the person concerned has the word: something to write, or only to confirm. */
export function ownWord(process: string, stage: string): 'fill' | 'confirm' | null {
  const contract = stageOf(process, stage);
  if (contract?.kind !== 'receipt') return null;
  const fields = fieldsOf(contract.answer);
  const chooses = fields.some(({ choices }) => choices !== undefined && choices.length > 1);
  return chooses || fields.some(({ required, widget }) => required && widget !== 'radio') ? 'fill' : 'confirm';
}

/** The one tag of a case. */
export function caseTag({ status, held, outcome, process }: Pick<CaseLine, 'status' | 'held' | 'outcome' | 'process'>): StatusKind {
  if (held) return 'held';
  return status === 'ended' ? (outcomeOf(outcome, process)?.tone ?? 'stopped') : status;
}

/** What an ending is called and how it is meant; without the process, by the first that knows it. */
export function outcomeOf(outcome: string | null, process?: string): ProcessContract['outcomes'][string] | undefined {
  if (outcome === null) return undefined;
  return Object.values(catalogue).find(({ name, outcomes }) => (process === undefined || name === process) && outcomes[outcome])?.outcomes[
    outcome
  ];
}

/** The Chinese of a verdict, from the stage's own choices. */
export function verdictLabel(process: string, stage: string, verdict: string | null): string | null {
  if (verdict === null) return null;
  const contract = stageOf(process, stage);
  const options = contract?.verdict ? (contract.answer.shape[contract.verdict] as z.ZodType | undefined)?.meta()?.options : undefined;
  return (options as Record<string, string> | undefined)?.[verdict] ?? verdict;
}
