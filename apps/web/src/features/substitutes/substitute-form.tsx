import { App, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { addMonths, dateOf } from '../../../../../libs/domain/dates.ts';
import { LONGEST_MONTHS } from '../../../../../libs/domain/substitution.ts';
import { catalogue } from '../../../../../workflows/catalogue.ts';
import { useAct, useRoute } from '../../shared/api/hooks.ts';
import { AccountSelect, type Account } from '../../shared/form/account-select.tsx';
import { DateInput } from '../../shared/form/date-input.tsx';
import { Field, tie } from '../../shared/form/field.tsx';
import { useSearch } from '../../shared/form/use-search.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import css from './substitutes.module.css';

const words = text.substitutes.form;
const processes = Object.values(catalogue).map(({ name, title }) => ({ value: name, label: title }));

interface Asked {
  principal: Account | null;
  substitute: Account | null;
  fromOn: string | undefined;
  toOn: string | undefined;
  processes: string[];
  reason: string;
}
const empty: Asked = { principal: null, substitute: null, fromOn: undefined, toOn: undefined, processes: [], reason: '' };

type Faults = Partial<Record<keyof Asked, string>>;

/** What is asked for so far, what is missing in it, and the act. */
function useAsked(administrator: boolean) {
  const { message } = App.useApp();
  const [asked, setAsked] = useState(empty);
  const [tried, setTried] = useState(false);
  const set = useAct(routes.setSubstitution, async (_, client) => {
    message.success(words.done(asked.substitute?.name ?? ''));
    setAsked(empty);
    setTried(false);
    await Promise.all([routes.substitutions.id, routes.unitSubstitutions.id].map((id) => client.invalidateQueries({ queryKey: [id] })));
  });
  const missing = faultsOf(asked, administrator);
  const submit = () => {
    setTried(true);
    const { principal, substitute, fromOn, toOn, reason, processes: of } = asked;
    const first = Object.keys(missing)[0];
    if (first || !substitute || !fromOn || !toOn) return document.getElementById(`substitute-${first}`)?.focus();
    const people = { substituteId: substitute.accountId, ...(principal && { principalId: principal.accountId }) };
    set.mutate({ body: { ...people, processes: of, fromOn, toOn, reason: reason.trim() } });
  };
  return {
    asked,
    change: (part: Partial<Asked>) => setAsked({ ...asked, ...part }),
    faults: tried ? missing : ({} as Faults),
    set,
    submit,
  };
}

/** Names a substitute for oneself or, as `administrator`, for somebody of one's unit who is away. */
export function SubstituteForm({ administrator = false }: { administrator?: boolean }) {
  const { set, submit, ...parts } = useAsked(administrator);
  const title = administrator ? words.titleFor : words.title;
  return (
    <Card title={title} note={administrator ? words.noteFor : words.note}>
      <form
        className={css.form}
        aria-label={title}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <PeopleFields {...parts} administrator={administrator} />
        <PeriodFields {...parts} />
        <MatterFields {...parts} />
        <Muted small>{words.limits}</Muted>
        {set.error && <Failed error={set.error} />}
        <div>
          <Button type="primary" htmlType="submit" loading={set.isPending}>
            {words.act}
          </Button>
        </div>
      </form>
    </Card>
  );
}

type Parts = Pick<ReturnType<typeof useAsked>, 'asked' | 'change' | 'faults'>;

const fieldOf = (name: keyof Asked, faults: Faults, help?: string) => ({
  id: `substitute-${name}`,
  required: name !== 'processes',
  help,
  fault: faults[name],
});

function PeopleFields({ asked, change, faults, administrator }: Parts & { administrator: boolean }) {
  const [of, who] = [fieldOf('principal', faults), fieldOf('substitute', faults, words.substituteHelp)];
  return (
    <>
      {administrator && (
        <Field {...of} label={words.principal}>
          <Principals
            {...tie(of)}
            value={asked.principal}
            on={asked.fromOn}
            onChange={(principal) => change({ principal, substitute: null })}
            fault={of.fault}
          />
        </Field>
      )}
      <Field {...who} label={words.substitute}>
        <Substitutes
          {...tie(who)}
          of={administrator ? (asked.principal?.accountId ?? null) : undefined}
          value={asked.substitute}
          on={asked.fromOn}
          onChange={(substitute) => change({ substitute })}
          fault={who.fault}
        />
      </Field>
    </>
  );
}

function PeriodFields({ asked, change, faults }: Parts) {
  const today = dateOf(serverNow());
  const [from, to] = [fieldOf('fromOn', faults), fieldOf('toOn', faults)];
  return (
    <div className={css.period}>
      <Field {...from} label={words.from}>
        <DateInput {...tie(from)} value={asked.fromOn} min={today} onChange={(fromOn) => change({ fromOn })} fault={Boolean(from.fault)} />
      </Field>
      <Field {...to} label={words.to}>
        <DateInput
          {...tie(to)}
          value={asked.toOn}
          min={asked.fromOn ?? today}
          max={asked.fromOn && addMonths(asked.fromOn, LONGEST_MONTHS)}
          onChange={(toOn) => change({ toOn })}
          fault={Boolean(to.fault)}
        />
      </Field>
    </div>
  );
}

function MatterFields({ asked, change, faults }: Parts) {
  const [of, why] = [fieldOf('processes', faults, words.processesHelp), fieldOf('reason', faults)];
  return (
    <>
      <Field {...of} label={words.processes}>
        <Select
          {...tie(of)}
          mode="multiple"
          value={asked.processes}
          onChange={(chosen: string[]) => change({ processes: chosen })}
          options={processes}
          optionFilterProp="label"
          placeholder={text.substitutes.allProcesses}
          style={{ width: '100%' }}
        />
      </Field>
      <Field {...why} label={words.reason}>
        <Input
          {...tie(why)}
          value={asked.reason}
          maxLength={200}
          onChange={({ target }) => change({ reason: target.value })}
          status={why.fault ? 'error' : undefined}
        />
      </Field>
    </>
  );
}

function faultsOf({ principal, substitute, fromOn, toOn, reason }: Asked, administrator: boolean): Faults {
  return {
    ...(administrator && !principal && { principal: words.principalMissing }),
    ...(!substitute && { substitute: words.substituteMissing }),
    ...(!fromOn && { fromOn: words.fromMissing }),
    ...(!toOn && { toOn: words.toMissing }),
    ...(reason.trim().length < 2 && { reason: words.reasonMissing }),
  };
}

interface Choosing {
  id: string;
  value: Account | null;
  /** The first day, whose posts count; today while it is not chosen. */
  on: string | undefined;
  onChange: (account: Account | null) => void;
  fault: string | undefined;
}

function Principals({ on, ...rest }: Choosing) {
  const { q, onSearch } = useSearch();
  const found = useRoute(routes.principalChoices, { query: { q, on } }, { keep: true });
  return <AccountSelect {...rest} found={found} onSearch={onSearch} nobody={words.nobody} />;
}

/** `of`: whose substitute is looked for; null while nobody is chosen, undefined for oneself. */
function Substitutes({ on, of, ...rest }: Choosing & { of: string | null | undefined }) {
  const { q, onSearch } = useSearch();
  const query = { q, on, principalId: of ?? undefined };
  const found = useRoute(routes.substituteChoices, { query }, { keep: true, enabled: of !== null });
  const nobody = { data: undefined, isFetching: false };
  return <AccountSelect {...rest} found={of === null ? nobody : found} onSearch={onSearch} nobody={words.nobody} />;
}
