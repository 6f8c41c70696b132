import {
  AppstoreOutlined,
  AuditOutlined,
  BarChartOutlined,
  BellOutlined,
  CalendarOutlined,
  DesktopOutlined,
  FileDoneOutlined,
  FolderOpenOutlined,
  ImportOutlined,
  InboxOutlined,
  NotificationOutlined,
  PlusSquareOutlined,
  ReadOutlined,
  SendOutlined,
  SwapOutlined,
  TeamOutlined,
  UserOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import { routes } from '../../../../libs/domain/api/routes.ts';
import type { Role } from '../../../../libs/domain/roles.ts';
import { holds, isAdministrator, isWorkerOnly, type Me } from '../shared/session/me.ts';
import { text } from '../shared/text/zh-CN.ts';

const { nav, groups } = text.shell;

export interface NavItem {
  to: string;
  label: string;
  icon: ComponentType<{ 'aria-hidden'?: boolean }>;
  /** Which count of the workbench stands beside it. */
  count?: 'open' | 'started' | 'incidents' | 'unread';
}
export interface NavGroup {
  title?: string;
  items: NavItem[];
}

const workbench: NavItem = { to: '/', label: nav.workbench, icon: DesktopOutlined };
const tasks: NavItem = { to: '/tasks', label: nav.tasks, icon: InboxOutlined, count: 'open' };
const done: NavItem = { to: '/done', label: nav.done, icon: FileDoneOutlined };
const copies: NavItem = { to: '/copies', label: nav.copies, icon: ReadOutlined, count: 'unread' };
const mails: NavItem = { to: '/mails', label: nav.mails, icon: BellOutlined };
const calendar: NavItem = { to: '/calendar', label: nav.calendar, icon: CalendarOutlined };
const incidents: NavItem = { to: '/incidents', label: nav.incidents, icon: WarningOutlined, count: 'incidents' };
const notices: NavItem = { to: '/notices', label: text.notices.title, icon: NotificationOutlined };
const substitutes: NavItem = { to: '/substitutes', label: text.substitutes.title, icon: SwapOutlined };

const start: NavItem = { to: '/start', label: nav.start, icon: PlusSquareOutlined };
const importing: NavItem = { to: '/import', label: nav.importing, icon: ImportOutlined };
const starters: readonly Role[] = ['COUNTY_ORG', 'COUNTY_HR', 'CITY_ORG'];
/** Who has a part in a batch's lists. */
const listReaders: readonly Role[] = [...starters, 'COUNTY_FINANCE', 'STREET_HR', 'STREET_PARTY_COMMITTEE', 'COMMUNITY_SECRETARY'];
const batches: NavItem = { to: '/batches', label: nav.batches, icon: AppstoreOutlined };

/** What this person can open. The server decides again on every call; this only spares dead ends. */
export function navigationFor(me: Me): NavGroup[] {
  if (isWorkerOnly(me)) return [{ items: workerItems(me) }];
  if (isAdministrator(me)) return administratorGroups(me);
  const starts = holds(me, ...starters);
  const startsInStead = me.rolesInStead.some((role) => starters.includes(role));
  const handling = [
    ...(starts || startsInStead ? [start] : []),
    ...(holds(me, ...listReaders) ? [batches] : []),
    ...(starts ? [importing] : []),
  ];
  return [
    { items: [workbench, tasks, done, { to: '/started', label: nav.started, icon: SendOutlined, count: 'started' }, copies] },
    ...(handling.length > 0 ? [{ title: groups.handle, items: handling }] : []),
    {
      title: groups.people,
      items: [
        { to: '/roster', label: nav.roster, icon: TeamOutlined },
        ...(holds(me, ...routes.reportTeam.access.roles) ? [{ to: '/reports', label: text.reports.title, icon: BarChartOutlined }] : []),
        ...(holds(me, ...routes.notices.access.roles) ? [notices] : []),
      ],
    },
    { title: groups.records, items: starts ? [calendar, mails, incidents] : [calendar, mails] },
  ];
}

function workerItems(me: Me): NavItem[] {
  const items: NavItem[] = [{ ...tasks }, { to: '/my-cases', label: nav.mine, icon: FolderOpenOutlined }];
  if (me.personId) items.push({ to: `/people/${me.personId}`, label: nav.myFile, icon: UserOutlined });
  items.push(mails);
  return items;
}

function administratorGroups(me: Me): NavGroup[] {
  const records = [mails];
  if (holds(me, 'SYSTEM_ADMIN')) records.push(calendar, incidents, substitutes);
  if (holds(me, 'AUDITOR')) records.unshift({ to: '/audit', label: nav.audit, icon: AuditOutlined });
  return [{ items: [workbench] }, { title: groups.records, items: records }];
}
