import { Link } from 'react-router';
import { serverNow } from '../../shared/time/clock.ts';
import { longDate, pastText } from '../../shared/time/due.ts';
import { outcomeOf } from '../../shared/cases/cases.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { StatusTag } from '../../shared/ui/status-tag.tsx';
import { Ground } from './career.tsx';
import type { Person } from './person-page.tsx';
import css from './person.module.css';

const words = text.roster;
const kinds = ['employment', 'post-grade-step', 'pay', 'contract', 'rating', 'secondment'] as const;

/** In force on a day; of ratings, which are of a year gone by, the last one. */
function inForceOn({ facts, asOf }: Person, kind: (typeof kinds)[number]) {
  const known = facts.filter((fact) => fact.kind === kind && fact.endedAt === null && fact.fromOn <= asOf);
  if (kind === 'rating') return known.sort((a, b) => (a.fromOn < b.fromOn ? 1 : -1))[0];
  return known.find(({ toOn }) => toOn === null || asOf <= toOn);
}

/** What was in force on the day of the page, one line a kind. */
export function CurrentCard({ person }: { person: Person }) {
  const { asOf } = person;
  return (
    <Card title={words.now} note={words.asOfNote(longDate(asOf))} flush>
      <dl className={css.current}>
        {kinds.map((kind) => {
          const fact = inForceOn(person, kind);
          return (
            <div key={kind}>
              <dt>{words.kinds[kind]}</dt>
              <dd>
                <b>{fact?.title ?? words.noneAtThatTime}</b>
                {fact && (
                  <Muted small>
                    {words.span(longDate(fact.fromOn), fact.toOn && longDate(fact.toOn))} {fact.assumed && text.status.assumed}
                  </Muted>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </Card>
  );
}

/** Every fact ever recorded, corrections too, by when it was recorded. */
export function ChangesCard({ person }: { person: Person }) {
  const now = serverNow();
  const facts = [...person.facts].sort((a, b) => (a.recordedAt < b.recordedAt ? 1 : -1));
  const { changeColumns: columns } = words;
  return (
    <Card title={words.changes} flush>
      {facts.length === 0 ? (
        <Empty>{words.noFacts}</Empty>
      ) : (
        <DataTable
          label={words.changes}
          rows={facts}
          rowKey={({ id }) => id}
          columns={[
            { key: 'from', title: columns.from, cell: ({ fromOn }) => fromOn, tight: true },
            { key: 'kind', title: columns.kind, cell: ({ kind }) => words.kinds[kind], tight: true },
            {
              key: 'what',
              title: columns.what,
              cell: ({ title, endedAt }) =>
                endedAt ? (
                  <>
                    <del>{title}</del> <Muted small>{words.ended(pastText(endedAt, now))}</Muted>
                  </>
                ) : (
                  title
                ),
            },
            { key: 'ground', title: columns.ground, cell: (fact) => <Ground fact={fact} /> },
            { key: 'recorded', title: columns.recorded, cell: ({ recordedAt }) => pastText(recordedAt, now), tight: true },
          ]}
        />
      )}
    </Card>
  );
}

export function CasesCard({ person }: { person: Person }) {
  return (
    <Card title={words.cases(person.cases.length)} flush>
      {person.cases.length === 0 ? (
        <Empty>{words.noCases}</Empty>
      ) : (
        <ul className={css.lines}>
          {person.cases.map(({ id, title, caseNo, status, outcome, startedAt }) => (
            <li key={id}>
              <span>
                <Link to={`/cases/${id}`}>{title}</Link>
                <br />
                <Muted small>{[caseNo, pastText(startedAt, serverNow())].join(text.common.dot)}</Muted>
              </span>
              <CaseState status={status} outcome={outcome} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function CaseState({ status, outcome }: { status: string; outcome: string | null }) {
  if (status !== 'ended') return <StatusTag kind={status === 'withdrawing' ? 'withdrawing' : 'running'} />;
  const ending = outcomeOf(outcome);
  return <StatusTag kind={ending?.tone ?? 'stopped'}>{ending?.title}</StatusTag>;
}

export function ViewsCard({ person }: { person: Person }) {
  return (
    <Card title={words.views} flush>
      {person.views.length === 0 ? (
        <Empty>{words.noViews}</Empty>
      ) : (
        <ul className={css.lines}>
          {person.views.map(({ at, who, what }) => (
            <li key={`${at}${who}`}>
              <span>
                <b>{who}</b> <Muted small>{what}</Muted>
              </span>
              <Muted small>{pastText(at, serverNow())}</Muted>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
