import {
  conversionFacts,
  conversionRules,
  convert,
  factsAfter,
  placedLabel,
  type Conversion,
  type ConversionFacts,
} from '../../../libs/domain/conversion.ts';
import type { ListedContract } from '../../../libs/domain/listed.ts';

/** The rules that the batch pinned for a county at its opening. */
function rulesOf(pinned: Record<string, unknown>, county: string) {
  const rules = pinned.rules as Record<string, unknown>;
  return conversionRules.parse(rules[county] ?? rules['']);
}

/** The list of a batch of certification: everybody in post on the cut-off date, computed from roster and surveys by the rules that the batch pinned. */
export const listed: ListedContract = {
  belongs: 'employed',
  done: { outcomes: ['converted'], title: '已签约起薪' },
  apart: { recompute: '任职变动，重新套改', notCertified: '未认定', declined: '本人不签合同', notSigned: '本人不签合同' },
  notice: {
    stage: 'notice',
    after: 'confirm',
    row: ({ result }) => {
      const { inputs, label } = result as Conversion;
      return { post: inputs.postTitle, detail: label };
    },
  },
  computes: {
    from: ['survey', 'evidence'],
    result: ({ roster, override, answers, batch, county }) => {
      const facts = { ...factsAfter(conversionFacts.parse(roster), answers), ...override };
      return convert(facts, String(batch.input.cutOffOn), rulesOf(batch.pinned, county));
    },
    entry: ({ before, after, placement, inputs, steps, versions }: Conversion) => ({
      verb: 'conversion.compute',
      before: { pay: before },
      after: { placement, pay: after },
      detail: { inputs, steps },
      policyVersion: JSON.stringify(versions),
    }),
  },
  sendsBackTo: 'evidence',
  roleCountsFrom: 'computation',
  line: ({ roster, result }) => {
    const { postTitle, joinedOn, education, certificate } = roster as ConversionFacts;
    const computed = result as Conversion | null;
    return {
      postTitle,
      joinedOn,
      education,
      certificate,
      result: computed && {
        label: computed.label,
        before: placedLabel(computed.inputs.placed),
        total: computed.after.total,
        change: computed.before ? computed.after.total - computed.before.total : null,
        retained: computed.after.retained,
      },
    };
  },
};
