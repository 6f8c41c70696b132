import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router';
import { text } from '../text/zh-CN.ts';
import css from './public.module.css';

const words = text.notices;

/** The frame of the pages that anybody reads. */
export function PublicFrame({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · ${text.common.product}`;
  }, [title]);
  return (
    <div className={css.page}>
      <header className={`${css.top} no-print`}>
        <img src="/icon.svg" alt="" />
        <b>{text.common.product}</b>
        <nav className={css.links} aria-label={words.publicTitle}>
          <Link to="/public">{words.all}</Link>
          <Link to="/jobs">{text.jobs.title}</Link>
          <Link to="/jobs/mine">{text.jobs.mine}</Link>
          <Link to="/">{words.staff}</Link>
        </nav>
      </header>
      <main>{children}</main>
    </div>
  );
}
