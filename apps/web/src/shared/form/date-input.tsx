import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { text } from '../text/zh-CN.ts';

dayjs.locale('zh-cn');

interface Props {
  id?: string;
  /** `YYYY-MM-DD`: a date in Asia/Shanghai, never a moment. */
  value: string | undefined;
  onChange: (on: string | undefined) => void;
  onBlur?: () => void;
  fault?: boolean;
  allowClear?: boolean;
  min?: string;
  max?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-required'?: boolean;
  'aria-invalid'?: boolean;
}

/** 2026年11月23日(周一), typed or picked. */
export function DateInput({ value, onChange, fault, min, max, allowClear = true, ...rest }: Props) {
  return (
    <DatePicker
      {...rest}
      value={value ? dayjs(value) : null}
      onChange={(picked) => onChange(picked ? picked.format('YYYY-MM-DD') : undefined)}
      format={text.form.dateFormats}
      placeholder={text.form.chooseDate}
      status={fault ? 'error' : undefined}
      minDate={min ? dayjs(min) : undefined}
      maxDate={max ? dayjs(max) : undefined}
      allowClear={allowClear}
      style={{ width: '100%', maxWidth: 240 }}
    />
  );
}
