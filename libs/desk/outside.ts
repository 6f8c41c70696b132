import type { ProcessContract } from '../domain/contract.ts';
import type { FormContract } from '../domain/official-form.ts';
import type { Actor } from '../domain/roles.ts';
import type { CaseView } from './case-view.ts';

/** 接收地联系人: somebody who holds nothing here but the post of a receiving place, and is no officer of the city's own line. */
export const isOutside = ({ posts }: Actor): boolean => posts.length > 0 && posts.every(({ role }) => role === 'HOST_CONTACT');

/** A stage that is an outside contact's own to know. */
export const isStageForOutside = (contract: ProcessContract | undefined, stage: string | null): boolean =>
  stage !== null && contract?.stages[stage]?.outside === true;

/** A form of which an outside contact may have a copy. */
export const isForOutside = (form: FormContract | undefined): boolean => form?.outside === true;

/**
 * What a receiving place sees of a case: who comes, the stages that are its own to know, and their entries. Opinions of the home side, health, consent,
 * comments, holds and incidents are none of its business.
 */
export function seenFromOutside(contract: ProcessContract, view: CaseView): CaseView {
  const known = (stage: string | null) => isStageForOutside(contract, stage);
  const titles = new Set(Object.values(contract.stages).flatMap(({ title, outside }) => (outside ? [title] : [])));
  return {
    ...view,
    starter: null,
    startedBy: null,
    policy: [],
    stages: view.stages.filter(({ stage }) => known(stage)),
    timeline: view.timeline.filter(({ stage, accepted }) => accepted && known(stage)),
    attachments: view.attachments.filter(({ stageTitle }) => stageTitle !== null && titles.has(stageTitle)),
    forms: view.forms.filter(({ form }) => isForOutside(contract.forms?.[form])),
    comments: [],
    events: view.events.filter(({ allowed }) => allowed),
    incidents: [],
    asked: view.asked.filter(({ stageTitle }) => titles.has(stageTitle)),
    holds: [],
    readers: [],
  };
}
