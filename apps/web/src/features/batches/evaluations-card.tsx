import { App, Button } from 'antd';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { addressOf } from '../../shared/api/client.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import css from './batches.module.css';
import type { Board } from './batch-page.tsx';
import { WorkbookFaults } from './workbook-faults.tsx';
import { WorkbookFile } from './workbook-file.tsx';

const words = text.batches.workbooks;

/** 测评: the workbook of one's own part with the people filled in, tried line by line and then recorded; and the register of the year. */
export function EvaluationsCard({ board: { id, myParts } }: { board: Board }) {
  const { message } = App.useApp();
  const check = useAct(routes.checkEvaluations);
  const record = useAct(routes.recordEvaluations, async ({ good, without }, client) => {
    message.success(words.recorded(good, without));
    check.reset();
    await client.invalidateQueries();
  });
  const file = check.variables?.file;
  const take = (goodRowsOnly: 'true' | 'false') => file && record.mutate({ params: { id }, file, fields: { goodRowsOnly } });
  return (
    <Card
      title={words.evaluations}
      extra={
        <a href={addressOf(routes.appraisalRegister, { params: { id } })} download>
          {words.yearRegister}
        </a>
      }
    >
      <div className={css.page}>
        {myParts.some(({ stage }) => stage === 'evaluation') ? (
          <div className={css.facts}>
            <a href={addressOf(routes.evaluationsTemplate, { params: { id } })} download>
              {words.template}
            </a>
            <WorkbookFile busy={check.isPending} onFile={(chosen) => check.mutate({ params: { id }, file: chosen, fields: {} })} />
            <Muted small>{words.tried}</Muted>
          </div>
        ) : (
          <Muted small>{words.evaluationsLater}</Muted>
        )}
        {check.error && <Notice tone="error">{sentenceOf(check.error)}</Notice>}
        {record.error && <Notice tone="error">{sentenceOf(record.error)}</Notice>}
        {check.data && file && (
          <section className={css.page} aria-label={file.name}>
            <div className={css.facts}>
              <b>{file.name}</b>
              <span>{words.counts(check.data.good + check.data.refused, check.data.good, check.data.refused)}</span>
              <Muted>{words.without(check.data.without)}</Muted>
            </div>
            {check.data.problems.map((problem) => (
              <Notice key={problem} tone="warning">
                {problem}
              </Notice>
            ))}
            {check.data.good > 0 && (
              <div>
                <Button type="primary" loading={record.isPending} onClick={() => take(check.data.refused > 0 ? 'true' : 'false')}>
                  {check.data.refused > 0 ? words.takeGood(check.data.good) : words.take(check.data.good)}
                </Button>
              </div>
            )}
            <WorkbookFaults faults={check.data.faults} />
          </section>
        )}
      </div>
    </Card>
  );
}
