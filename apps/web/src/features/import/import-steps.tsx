import { Steps } from 'antd';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import type { Batch } from './import-page.tsx';

const words = text.importing;
const order = ['upload', 'mapping', 'result', 'confirm'] as const;
export type Step = (typeof order)[number];

/** Where in the four steps one is. */
export function ImportSteps({ step, batch }: { step: Step; batch?: Batch }) {
  const matched = batch?.columns.filter(({ field }) => field !== null).length ?? 0;
  const mapping = batch ? words.steps.mapping(matched, batch.columns.length) : words.steps.mappingPlain;
  const titles = { ...words.steps, mapping };
  return (
    <Card>
      <Steps
        size="small"
        aria-label={words.stepsLabel}
        current={order.indexOf(step)}
        status={step === 'confirm' ? 'finish' : 'process'}
        items={order.map((name) => ({ title: titles[name] }))}
      />
    </Card>
  );
}
