import { allowance } from './calendar.ts';
import type { ProcessContract, StageContract } from './contract.ts';

/** What of a stage a case may have pinned at its start, by policy. */
interface PinnedStages {
  within?: Record<string, unknown>;
  panels?: Record<string, { share?: number; quorum?: number; minMembers?: number }>;
}

/** A stage as one case knows it: the contract's, with the time allowed and the panel's numbers that were pinned when the case started. */
export function stageAs(contract: ProcessContract, name: string, pinned: Record<string, unknown>): StageContract {
  const stage = contract.stages[name];
  if (!stage) throw new Error(`No stage ${name} in ${contract.name}`);
  const { within, panels } = pinned as PinnedStages;
  const allowed = allowance.safeParse(within?.[name]);
  return {
    ...stage,
    ...(allowed.success && { within: allowed.data }),
    ...(stage.panel && panels?.[name] && { panel: { ...stage.panel, ...panels[name] } }),
  };
}
