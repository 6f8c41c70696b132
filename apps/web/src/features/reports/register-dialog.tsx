import { App, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { DateInput } from '../../shared/form/date-input.tsx';
import { Field, tie } from '../../shared/form/field.tsx';
import { text } from '../../shared/text/zh-CN.ts';
import { Notice } from '../../shared/ui/states.tsx';
import type { CountyLine } from './staffing-tab.tsx';
import css from './reports.module.css';

const words = text.staffing.register;

/** Registers a county's residents as of a day, with where the number comes from. */
export function RegisterDialog({ county, today, onClose }: { county: CountyLine; today: string; onClose: () => void }) {
  const { message } = App.useApp();
  const [asOf, setAsOf] = useState<string | undefined>(undefined);
  const [residents, setResidents] = useState<number | null>(null);
  const [source, setSource] = useState('');
  const [tried, setTried] = useState(false);
  const register = useAct(routes.registerResidents, async (_, client) => {
    message.success(words.done(county.name));
    await client.invalidateQueries({ queryKey: [routes.staffing.id] });
    onClose();
  });
  const body =
    asOf && residents && Number.isInteger(residents) && source.trim().length >= 2 ? { asOf, residents, source: source.trim() } : null;
  return (
    <Modal
      open
      title={words.title(county.name)}
      okText={words.act}
      cancelText={text.common.cancel}
      okButtonProps={{ loading: register.isPending }}
      onCancel={onClose}
      onOk={() => {
        setTried(true);
        if (body) register.mutate({ params: { county: county.code }, body });
      }}
      destroyOnHidden
    >
      <div className={css.form}>
        <Notice tone="info">{words.effect}</Notice>
        <Field id="staffing-as-of" label={words.asOf} required>
          <DateInput {...tie({ id: 'staffing-as-of', required: true })} value={asOf} max={today} onChange={setAsOf} />
        </Field>
        <Field id="staffing-residents" label={words.residents} required>
          <InputNumber
            {...tie({ id: 'staffing-residents', required: true })}
            value={residents}
            min={1}
            max={50_000_000}
            precision={0}
            style={{ width: 240 }}
            onChange={setResidents}
          />
        </Field>
        <Field id="staffing-source" label={words.source} required help={words.sourceHelp}>
          <Input
            {...tie({ id: 'staffing-source', required: true, help: words.sourceHelp })}
            value={source}
            maxLength={200}
            onChange={({ target }) => setSource(target.value)}
          />
        </Field>
        {tried && !body && <Notice tone="error">{words.missing}</Notice>}
        {register.error && <Notice tone="error">{sentenceOf(register.error)}</Notice>}
      </div>
    </Modal>
  );
}
