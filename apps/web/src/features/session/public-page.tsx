import type { ReactNode } from 'react';
import { text } from '../../shared/text/zh-CN.ts';
import css from './session.module.css';

/** The frame of the pages that need no sign-in. */
export function PublicPage({ children }: { children: ReactNode }) {
  return (
    <div className={css.page}>
      <header className={css.top}>
        <img src="/icon.svg" alt="" />
        <b>{text.common.product}</b>
        <span>{text.common.productLine}</span>
      </header>
      <main className={css.middle}>{children}</main>
      <footer className={css.bottom}>{text.session.footer}</footer>
    </div>
  );
}
