import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { longDate, pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Facts, Muted } from '../../shared/ui/small.tsx';
import { AttachmentList } from './attachment-list.tsx';
import { verdictLabel, type CaseView } from '../../shared/cases/cases.ts';
import css from './desk.module.css';

const words = text.desk;
const useCase = (caseId: string) => useRoute(routes.case, { params: { id: caseId } });

/** What the earlier stages said, in their last rounds. */
export function EarlierOpinions({ caseId, before }: { caseId: string; before: string }) {
  const one = useCase(caseId).data;
  const rows = one ? opinionsOf(one, before) : [];
  if (!one || rows.length === 0) return null;
  const now = serverNow();
  return (
    <div>
      <h3>{words.earlier}</h3>
      <DataTable
        label={words.earlier}
        rows={rows}
        rowKey={({ stage }) => stage}
        columns={[
          {
            key: 'stage',
            title: words.earlierStage,
            cell: ({ title, last }) => (
              <>
                {title}
                <br />
                <Muted small>{[last.who, last.closedAt && pastText(last.closedAt, now)].filter(Boolean).join(text.common.dot)}</Muted>
              </>
            ),
            width: '36%',
          },
          {
            key: 'verdict',
            title: words.earlierVerdict,
            cell: ({ stage, last, said }) => (
              <div className={css.said}>
                <b>{verdictLabel(one.process, stage, last.verdict)}</b>
                {said.map((line) => (
                  <p key={line}>{line}</p>
                ))}
              </div>
            ),
          },
        ]}
      />
    </div>
  );
}

/** Each stage's last closed round, with what was written in it: whoever decides reads the words, not the verdict alone. */
const opinionsOf = ({ stages, timeline }: CaseView, before: string) =>
  stages.flatMap(({ stage, title, rounds }) => {
    const last = rounds.findLast(({ status }) => status === 'closed');
    if (!last || stage === before) return [];
    const said = timeline.flatMap((entry) =>
      entry.verb === 'task.answer' && entry.accepted && entry.stage === stage && entry.round === last.round && entry.words
        ? [entry.words]
        : [],
    );
    return [{ stage, title, last, said }];
  });

/** The case's dates, pinned rules and files beside the task. */
export function CaseAside({ caseId }: { caseId: string }) {
  const one = useCase(caseId).data;
  if (!one) return null;
  return (
    <>
      <div>
        <h3>{words.basics}</h3>
        <CaseFacts one={one} />
      </div>
      <div>
        <h3>{words.attachments(one.attachments.length)}</h3>
        {one.attachments.length === 0 ? (
          <Muted small>{words.noAttachments}</Muted>
        ) : (
          <AttachmentList caseId={one.id} files={one.attachments} />
        )}
      </div>
    </>
  );
}

/** 试用期起止 and the rules pinned at the start; what no document fixes is marked. */
export function CaseFacts({ one }: { one: CaseView }) {
  const dates = one.dates.map(({ label, on, note }) => ({ label, value: [longDate(on), note].filter(Boolean).join(' ') }));
  return (
    <>
      <Facts items={dates} />
      {one.policy.length > 0 && (
        <details>
          <summary>{words.rules(one.policy.length)}</summary>
          <ul className={css.rules}>
            {one.policy.map(({ label, value, assumed }) => (
              <li key={label}>
                <b>{label}</b>
                {text.common.colon}
                {value}
                {assumed && words.assumed}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
