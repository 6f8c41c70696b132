import { CheckCircleOutlined, EnvironmentOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import { longDate } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { StatusTag } from '../../shared/ui/status-tag.tsx';
import type { Person } from './person-page.tsx';
import css from './person.module.css';

const words = text.roster;
type Fact = Person['facts'][number];

/** The career is the file's spine: what held from when, by which ground. Facts set aside later are left to 改动记录. */
export function Career({ person }: { person: Person }) {
  const facts = person.facts.filter(({ endedAt }) => endedAt === null).sort((a, b) => (a.fromOn < b.fromOn ? 1 : -1));
  return (
    <Card title={words.career} extra={<Muted small>{words.careerNote}</Muted>} flush>
      {facts.length === 0 ? (
        <Empty>{words.noFacts}</Empty>
      ) : (
        <ol className={css.career}>
          {facts.map((fact) => (
            <CareerEntry key={fact.id} fact={fact} asOf={person.asOf} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function CareerEntry({ fact, asOf }: { fact: Fact; asOf: string }) {
  const current = fact.fromOn <= asOf && (fact.toOn === null || asOf <= fact.toOn);
  return (
    <li className={css.entry}>
      {current ? <EnvironmentOutlined aria-hidden /> : <CheckCircleOutlined aria-hidden />}
      <div className={css.entryTop}>
        <b>
          {fact.title} {current && fact.kind !== 'rating' && <Muted small>{words.current}</Muted>}{' '}
          {fact.assumed && <StatusTag kind="assumed" />}
        </b>
        <time dateTime={fact.fromOn}>{longDate(fact.fromOn)}</time>
      </div>
      <Muted small>
        {words.kinds[fact.kind]}
        {text.common.dot}
        <Ground fact={fact} />
      </Muted>
    </li>
  );
}

/** Where a fact comes from; a link where it was a case. */
export function Ground({ fact }: { fact: Pick<Fact, 'ground' | 'groundCaseId'> }) {
  return fact.groundCaseId ? <Link to={`/cases/${fact.groundCaseId}`}>{fact.ground}</Link> : <>{fact.ground}</>;
}
