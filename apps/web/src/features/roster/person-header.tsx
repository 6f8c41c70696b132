import { EyeOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { DateInput } from '../../shared/form/date-input.tsx';
import { keepLabel, personLabel } from '../../shared/form/person-select.tsx';
import { holds, useMe } from '../../shared/session/me.ts';
import { longDate } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { DossierButton } from '../../shared/cases/dossier-button.tsx';
import { Muted, Small } from '../../shared/ui/small.tsx';
import { StatusTag } from '../../shared/ui/status-tag.tsx';
import cards from '../../shared/ui/ui.module.css';
import { IdNumberDialog } from './id-number-dialog.tsx';
import type { Person } from './person-page.tsx';
import { personTags } from './person-tags.ts';
import css from './person.module.css';

const words = text.roster;

/** Who this is; the date stands here and governs the whole page. */
export function PersonHeader({ person, onDay }: { person: Person; onDay: (on: string | undefined) => void }) {
  const me = useMe();
  const { facts } = words;
  const own = me.personId === person.id;
  const mayStart = holds(me, 'COUNTY_ORG', 'COUNTY_HR') && person.status === 'probation';
  const details: readonly (readonly [string, string | null])[] = [
    [facts.sex, person.sex],
    [facts.born, longDate(person.bornOn)],
    [facts.ethnicity, person.ethnicity],
    [facts.education, person.education],
    [facts.certificate, person.certificate],
    [facts.political, person.politicalStatus],
    [facts.phone, person.phoneMasked],
    [facts.email, person.emailMasked],
    [facts.account, words.accounts[person.accountStatus]],
  ];
  return (
    <section className={`${cards.card} ${css.header}`}>
      <div className={css.row}>
        <h2>{person.name}</h2>
        <StatusTag kind={personTags[person.status]} />
        <Muted>{[person.county, person.street, person.community].filter(Boolean).join(text.common.dot)}</Muted>
        <Muted>{person.postTitle}</Muted>
        <Muted>{words.staffNo(person.staffNo)}</Muted>
        <span className={`${css.end} no-print`}>
          <DossierButton of="person" id={person.id} name={`${person.staffNo}-${person.name}`} />
          <label htmlFor="as-of">{words.asOf}</label>
          <span className={css.day}>
            <DateInput id="as-of" value={person.asOf} onChange={onDay} allowClear={false} />
          </span>
          {!own && person.accountStatus !== 'active' && <ActivationButton person={person} />}
          {mayStart && (
            <Link to={`/start?process=probation&person=${person.id}`} onClick={() => keepLabel(person.id, personLabel(person))}>
              <Button type="primary" icon={<PlusOutlined aria-hidden />} tabIndex={-1}>
                {words.startFor}
              </Button>
            </Link>
          )}
        </span>
      </div>
      <div className={css.row}>
        {details.map(([label, value]) => value && <Detail key={label} label={label} value={value} />)}
        <IdNumber person={person} />
        <Small>
          <EyeOutlined aria-hidden /> <Muted>{words.recorded}</Muted>
        </Small>
      </div>
    </section>
  );
}

const Detail = ({ label, value }: { label: string; value: string }) => (
  <Small>
    <Muted>{label}</Muted> {value}
  </Small>
);

/** Masked; the full number is asked for with a purpose, which the ledger keeps. */
function IdNumber({ person }: { person: Person }) {
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  return (
    <Small>
      <Muted>{words.facts.idNo}</Muted> <span>{shown ?? person.idNoMasked}</span>{' '}
      {!shown && holds(me, 'COUNTY_HR', 'COUNTY_ORG', 'CITY_ORG') && (
        <button type="button" className={`${css.link} no-print`} onClick={() => setAsking(true)}>
          {words.showIdNo}
        </button>
      )}
      {asking && <IdNumberDialog personId={person.id} onClose={() => setAsking(false)} onShown={setShown} />}
    </Small>
  );
}

function ActivationButton({ person }: { person: Person }) {
  const me = useMe();
  const { message } = App.useApp();
  const issue = useAct(routes.issueActivationCode, ({ userName, sentTo }) => void message.success(words.activationDone(userName, sentTo)));
  if (!holds(me, 'COUNTY_HR', 'COUNTY_ORG', 'STREET_HR', 'SECURITY_ADMIN')) return null;
  return (
    <Button
      loading={issue.isPending}
      onClick={() => issue.mutate({ params: { id: person.id } }, { onError: (error) => void message.error(sentenceOf(error)) })}
    >
      {words.activation}
    </Button>
  );
}
