import { CloseCircleOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { text } from '../text/zh-CN.ts';
import css from './form.module.css';

interface Props {
  /** Of the control; its help and fault get ids made from it. */
  id: string;
  label: ReactNode;
  required?: boolean;
  help?: ReactNode;
  fault?: string;
  /** The control is a group of several: the label names the group. */
  group?: boolean;
  children: ReactNode;
}

/** The attributes that tie a control to its label, help and fault. */
export function tie({
  id,
  required,
  fault,
  help,
  group,
}: {
  id: string;
  required?: boolean;
  fault?: string;
  help?: ReactNode;
  group?: boolean;
}) {
  return {
    id,
    'aria-required': required ? true : undefined,
    'aria-invalid': fault && !group ? true : undefined,
    'aria-describedby': [fault && `${id}-fault`, help && `${id}-help`].filter(Boolean).join(' ') || undefined,
    ...(group && { 'aria-labelledby': `${id}-label` }),
  };
}

/** Label above, fault beside the control in words with an icon, help below. */
export function Field({ id, label, required, help, fault, group, children }: Props) {
  const words = (
    <>
      {required && (
        <span className={css.star} title={text.common.requiredMark} aria-hidden>
          *
        </span>
      )}
      {label}
    </>
  );
  return (
    <div className={css.field}>
      {group ? (
        <span className={css.label} id={`${id}-label`}>
          {words}
        </span>
      ) : (
        <label className={css.label} htmlFor={id}>
          {words}
        </label>
      )}
      {children}
      {fault && (
        <span className={css.fault} id={`${id}-fault`} role="alert">
          <CloseCircleOutlined aria-hidden />
          {fault}
        </span>
      )}
      {help && (
        <span className={css.help} id={`${id}-help`}>
          {help}
        </span>
      )}
    </div>
  );
}
