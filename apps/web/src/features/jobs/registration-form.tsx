import { Button, Checkbox, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { educations, politicalStatuses } from '../../../../../libs/domain/person-words.ts';
import { exceptions } from '../../../../../libs/domain/recruitment/rules.ts';
import type { RegistrationDraft } from '../../../../../libs/domain/recruitment/registration.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { Field, tie } from '../../shared/form/field.tsx';
import { text } from '../../shared/text/zh-CN.ts';
import css from '../../shared/ui/public.module.css';
import { Failed, Notice, Waiting } from '../../shared/ui/states.tsx';
import type { Announcement } from './announcement-paper.tsx';
import { useRegistration } from './use-registration.ts';

const words = text.jobs.form;
type Name = keyof RegistrationDraft;
interface Part {
  values: RegistrationDraft;
  faults: Record<string, string | undefined>;
  set: (change: RegistrationDraft) => void;
}

/** 报名表, continued where it was left. */
export function RegistrationForm({ announcement }: { announcement: Announcement }) {
  const kept = useRoute(routes.applicationDraft, { params: { id: announcement.id } });
  if (kept.isPending) return <Waiting rows={8} />;
  if (!kept.data) return <Failed error={kept.error} />;
  return <Form announcement={announcement} draft={kept.data.draft ?? {}} />;
}

function Form({ announcement, draft }: { announcement: Announcement; draft: RegistrationDraft }) {
  const form = useRegistration(announcement.id, draft);
  const { values, set, faults, reasons } = form;
  return (
    <form className={css.form} onSubmit={(event) => void form.submit(event)} noValidate>
      <PostSelect announcement={announcement} values={values} faults={faults} set={set} />
      <div className={css.pair}>
        <Line name="name" autoComplete="name" values={values} faults={faults} set={set} />
        <Line name="phone" autoComplete="tel" values={values} faults={faults} set={set} />
      </div>
      <Line name="idNo" help={words.idHelp} values={values} faults={faults} set={set} />
      <Studies values={values} faults={faults} set={set} />
      <Origins announcement={announcement} values={values} faults={faults} set={set} />
      {reasons && <Answer reasons={reasons} />}
      <Field id="apply-promised" label={<span className="sr-only">{words.promised}</span>} group fault={faults.promised}>
        <Checkbox id="apply-promised" checked={values.promised === true} onChange={({ target }) => set({ promised: target.checked })}>
          {words.promised}
        </Checkbox>
      </Field>
      {form.refusal && <Notice tone="error">{form.refusal}</Notice>}
      <Button type="primary" htmlType="submit" size="large" block loading={form.busy}>
        {words.submit}
      </Button>
      {form.savedAt && (
        <span className={css.small} role="status">
          {words.kept(form.savedAt)}
        </span>
      )}
    </form>
  );
}

function Answer({ reasons }: { reasons: readonly { code: string; text: string }[] }) {
  return reasons.length === 0 ? (
    <Notice tone="good">{words.fits}</Notice>
  ) : (
    <Notice tone="warning">
      {words.fitsNot}
      <ul>
        {reasons.map(({ code, text: why }) => (
          <li key={code}>{why}</li>
        ))}
      </ul>
    </Notice>
  );
}

type TextName = 'name' | 'phone' | 'idNo' | 'school' | 'major';
function Line({ name, help, autoComplete, values, faults, set }: Part & { name: TextName; help?: string; autoComplete?: string }) {
  const id = `apply-${name}`;
  const fault = faults[name];
  return (
    <Field id={id} label={words[name]} required help={help} fault={fault}>
      <Input
        {...tie({ id, required: true, fault, help })}
        autoComplete={autoComplete ?? 'off'}
        inputMode={name === 'phone' ? 'tel' : undefined}
        maxLength={60}
        value={typeof values[name] === 'string' ? values[name] : ''}
        status={fault ? 'error' : undefined}
        onChange={({ target }) => set({ [name]: target.value })}
      />
    </Field>
  );
}

interface ChoiceProps extends Part {
  name: 'postCode' | 'education' | 'politicalStatus' | 'household' | 'origin' | 'exceptions' | 'bonus';
  label: ReactNode;
  options: { value: string; label: string }[];
  required?: boolean;
  several?: boolean;
  placeholder?: string;
}
function Choice({ name, label, options, required = false, several = false, placeholder, values, faults, set }: ChoiceProps) {
  const id = `apply-${name}`;
  const fault = faults[name];
  const value = values[name as Name];
  return (
    <Field id={id} label={label} required={required} fault={fault}>
      <Select<string | string[]>
        {...tie({ id, required, fault })}
        mode={several ? 'multiple' : undefined}
        allowClear={!required}
        showSearch
        optionFilterProp="label"
        placeholder={placeholder}
        options={options}
        value={typeof value === 'string' || Array.isArray(value) ? value : undefined}
        status={fault ? 'error' : undefined}
        style={{ width: '100%' }}
        onChange={(chosen: string | string[] | undefined) => set({ [name]: chosen ?? (several ? [] : null) })}
      />
    </Field>
  );
}

function PostSelect({ announcement, ...part }: Part & { announcement: Announcement }) {
  const options = announcement.table
    .filter(({ opening }) => opening !== 'cancelled')
    .map(({ code, title, unit }) => ({ value: code, label: `${code} ${title} ${unit}` }));
  return <Choice {...part} name="postCode" label={words.post} options={options} required placeholder={words.choosePost} />;
}

const same = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

function Studies({ values, faults, set }: Part) {
  return (
    <>
      <div className={css.pair}>
        <Choice name="education" label={words.education} options={same(educations)} required values={values} faults={faults} set={set} />
        <Choice
          name="politicalStatus"
          label={words.politicalStatus}
          options={same(politicalStatuses)}
          values={values}
          faults={faults}
          set={set}
        />
      </div>
      <Checkbox checked={values.fullTime === true} onChange={({ target }) => set({ fullTime: target.checked })}>
        {words.fullTime}
      </Checkbox>
      <div className={css.pair}>
        <Line name="school" values={values} faults={faults} set={set} />
        <Line name="major" values={values} faults={faults} set={set} />
      </div>
    </>
  );
}

function Origins({ announcement, ...part }: Part & { announcement: Announcement }) {
  const counties = announcement.counties.map(({ code, name }) => ({ value: code, label: name }));
  const bonus = announcement.rules.bonus.map(({ code, title }) => ({ value: code, label: title }));
  const titles = exceptions.map((value) => ({ value, label: words.exceptionTitles[value] }));
  return (
    <>
      <div className={css.pair}>
        <Choice {...part} name="household" label={words.household} options={counties} />
        <Choice {...part} name="origin" label={words.origin} options={counties} />
      </div>
      <Choice {...part} name="exceptions" label={words.exceptions} options={titles} several />
      {bonus.length > 0 && <Choice {...part} name="bonus" label={words.bonus} options={bonus} several />}
    </>
  );
}
