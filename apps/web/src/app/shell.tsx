import { DownOutlined, QuestionCircleOutlined, SearchOutlined, WifiOutlined, DisconnectOutlined } from '@ant-design/icons';
import { Dropdown, Input, type InputRef } from 'antd';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { NavLink, Outlet, useLocation, useMatches, useNavigate } from 'react-router';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { dateOf, formatDay, timeOf } from '../../../../libs/domain/dates.ts';
import { useQueryClient } from '@tanstack/react-query';
import { connection } from '../shared/api/connection.ts';
import { useLookAgain, useRoute } from '../shared/api/hooks.ts';
import { listen, live } from '../shared/api/live.ts';
import { useKeys } from '../shared/keys/use-keys.ts';
import { arrangesSubstitutes, isAdministrator, isWorkerOnly, useMe, type Me } from '../shared/session/me.ts';
import { serverNow } from '../shared/time/clock.ts';
import { text } from '../shared/text/zh-CN.ts';
import { Kbd } from '../shared/ui/small.tsx';
import { KeysHelp } from './keys-help.tsx';
import { navigationFor, type NavGroup, type NavItem } from './navigation.ts';
import css from './shell.module.css';

const words = text.shell;
const SHOWN_UP_TO = 1000;

/** Navigation, header and the page itself. Below 768 px the navigation lies at the foot, for a thumb. */
export function Shell({ onSignOut }: { onSignOut: () => void }) {
  const me = useMe();
  const [help, setHelp] = useState(false);
  const search = useRef<InputRef>(null);
  const main = useRef<HTMLElement>(null);
  const navigate = useNavigate();
  const groups = navigationFor(me);
  const counts = useCounts(me);
  const title = useTitle();
  const client = useQueryClient();
  useEffect(() => listen(client), [client]);
  useFocusOnArrival(main);
  useKeys({
    '/': () => search.current?.focus(),
    '?': () => setHelp(true),
    'g t': () => void navigate('/tasks'),
    'g w': () => void navigate('/'),
    'g s': () => void navigate('/start'),
  });
  return (
    <div className={css.shell}>
      <a className={`${css.skip} no-print`} href="#main">
        {text.common.skipToContent}
      </a>
      <Side groups={groups} counts={counts} onHelp={() => setHelp(true)} />
      <header className={css.head}>
        <h1>{title}</h1>
        {!isWorkerOnly(me) && !isAdministrator(me) ? <SearchBox input={search} /> : <span className={css.search} />}
        <ConnectionMark />
        <Today />
        <Who me={me} onSignOut={onSignOut} />
      </header>
      <main className={css.main} id="main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
      <nav className={css.tabs} aria-label={words.navLabel}>
        {groups
          .flatMap(({ items }) => items)
          .slice(0, 5)
          .map((item) => (
            <NavLink key={item.to} to={item.to} end={item.to === '/'} className={css.tab}>
              <item.icon aria-hidden />
              {item.label}
            </NavLink>
          ))}
      </nav>
      <KeysHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

type Counts = Partial<Record<NonNullable<NavItem['count']>, number>>;

function useCounts(me: Me): Counts {
  const workbench = useRoute(routes.workbench, {}, { every: useLookAgain(), enabled: me.posts.length > 0 });
  return workbench.data?.counts ?? {};
}

/** The page's title stands in the header and on the browser's tab. */
function useTitle(): string {
  const handle = useMatches().at(-1)?.handle as { title?: string } | undefined;
  const title = handle?.title ?? text.common.product;
  useEffect(() => {
    document.title = `${title} · ${text.common.product}`;
  }, [title]);
  return title;
}

/** A reader of the page hears the new page, not the old link: focus goes to the content when another page opens. */
function useFocusOnArrival(main: React.RefObject<HTMLElement | null>) {
  const page = useLocation().pathname.split('/')[1];
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    main.current?.scrollTo(0, 0);
    first.current = false;
  }, [page, main]);
}

function Side({ groups, counts, onHelp }: { groups: NavGroup[]; counts: Counts; onHelp: () => void }) {
  return (
    <div className={css.side}>
      <div className={css.brand}>
        <img src="/icon.svg" alt="" />
        <b>{text.common.product}</b>
        <span>{text.common.city}</span>
      </div>
      <nav className={css.nav} aria-label={words.navLabel}>
        {groups.map(({ title, items }) => (
          <div key={title ?? ''}>
            {title && <h2 className={css.groupTitle}>{title}</h2>}
            <ul>
              {items.map((item) => (
                <li key={item.to}>
                  <NavLink to={item.to} end={item.to === '/'} className={css.item}>
                    <item.icon aria-hidden />
                    {item.label}
                    {item.count && counts[item.count] ? <span className={css.count}>{countText(counts[item.count] ?? 0)}</span> : null}
                  </NavLink>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className={css.sideFoot}>
        <button type="button" onClick={onHelp}>
          <QuestionCircleOutlined aria-hidden />
          {words.help}
          <Kbd>?</Kbd>
        </button>
      </div>
    </div>
  );
}

const countText = (count: number) => (count >= SHOWN_UP_TO ? text.common.capped(SHOWN_UP_TO) : String(count));

function SearchBox({ input }: { input: React.RefObject<InputRef | null> }) {
  const [q, setQ] = useState('');
  const navigate = useNavigate();
  return (
    <form
      className={css.search}
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (q.trim()) void navigate(`/find?q=${encodeURIComponent(q.trim())}`);
      }}
    >
      <Input
        ref={input}
        value={q}
        onChange={({ target }) => setQ(target.value)}
        prefix={<SearchOutlined aria-hidden />}
        suffix={<Kbd>/</Kbd>}
        placeholder={words.search}
        aria-label={words.searchLabel}
        maxLength={40}
      />
    </form>
  );
}

/** A line that is only being opened is no lost one. */
const PATIENCE_MS = 3_000;

/** 实时, or that what is shown may be old. */
function ConnectionMark() {
  const { up } = useSyncExternalStore(connection.subscribe, connection.read);
  const hears = useSyncExternalStore(live.subscribe, live.read);
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLost(!hears), hears ? 0 : PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [hears]);
  const well = up && !lost;
  return (
    <span className={well ? css.mark : `${css.mark} ${css.markDown}`} role="status">
      {well ? <WifiOutlined aria-hidden /> : <DisconnectOutlined aria-hidden />}
      <span>{well ? words.online : words.offline}</span>
    </span>
  );
}

function Today() {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time className={css.date} dateTime={now.toISOString()}>
      {formatDay(dateOf(now))} {timeOf(now)}
    </time>
  );
}

function Who({ me, onSignOut }: { me: Me; onSignOut: () => void }) {
  const navigate = useNavigate();
  const posts = me.posts.map(({ unit, title }) => `${unit.name}${text.common.dot}${title}`);
  const items = [
    ...posts.map((post, index) => ({ key: `post-${index}`, label: post, disabled: true })),
    { type: 'divider' as const },
    ...(!arrangesSubstitutes(me)
      ? []
      : [{ key: 'substitutes', label: text.substitutes.title, onClick: () => void navigate('/substitutes') }]),
    { key: 'settings', label: words.settings, onClick: () => void navigate('/settings') },
    { key: 'sign-out', label: words.signOut, onClick: onSignOut },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <button type="button" className={css.who} aria-haspopup="menu">
        <span>
          <b>{me.name}</b>
          <span className={css.whoPosts}>{posts[0] ?? words.noPost}</span>
        </span>
        <DownOutlined aria-hidden />
      </button>
    </Dropdown>
  );
}
