import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { text } from '../shared/text/zh-CN.ts';
import { Waiting } from '../shared/ui/states.tsx';
import { Gate } from './gate.tsx';
import { Crashed, NoSuchPage } from './trouble.tsx';

const { nav } = text.shell;

/** One page in its own chunk; its title is the header's and the window's. */
const page = (path: string, title: string, load: () => Promise<{ default: React.ComponentType }>): RouteObject => ({
  path,
  handle: { title },
  lazy: async () => ({ Component: (await load()).default }),
});

const tasks = () => import('../features/desk/tasks-page.tsx');
const activation = page('/activation', text.session.activation.title, () => import('../features/session/activation-page.tsx'));
const publicList = page('/public', text.notices.publicTitle, () => import('../features/notices/public-list-page.tsx'));
const publicNotice = page('/public/:noticeId', text.notices.publicTitle, () => import('../features/notices/public-notice-page.tsx'));
const jobs = page('/jobs', text.jobs.title, () => import('../features/jobs/jobs-page.tsx'));
const ownJobs = page('/jobs/mine', text.jobs.mine, () => import('../features/jobs/own-applications-page.tsx'));
const job = page('/jobs/:announcementId', text.jobs.title, () => import('../features/jobs/announcement-page.tsx'));

export const router = createBrowserRouter([
  { ...activation, hydrateFallbackElement: <Waiting />, errorElement: <Crashed /> },
  { ...publicList, hydrateFallbackElement: <Waiting />, errorElement: <Crashed /> },
  { ...publicNotice, hydrateFallbackElement: <Waiting />, errorElement: <Crashed /> },
  { ...jobs, hydrateFallbackElement: <Waiting />, errorElement: <Crashed /> },
  { ...ownJobs, hydrateFallbackElement: <Waiting />, errorElement: <Crashed /> },
  { ...job, hydrateFallbackElement: <Waiting />, errorElement: <Crashed /> },
  {
    path: '/',
    element: <Gate />,
    hydrateFallbackElement: <Waiting />,
    errorElement: <Crashed />,
    children: [
      {
        errorElement: <Crashed />,
        children: [
          page('/', nav.workbench, () => import('../features/workbench/workbench-page.tsx')),
          page('/tasks/:taskId?', nav.tasks, tasks),
          page('/done/:taskId?', nav.done, tasks),
          page('/started', nav.started, () => import('../features/desk/started-page.tsx')),
          page('/copies', nav.copies, () => import('../features/desk/copies-page.tsx')),
          page('/my-cases', nav.mine, () => import('../features/desk/my-cases-page.tsx')),
          page('/cases/:caseId', nav.cases, () => import('../features/desk/case-page.tsx')),
          page('/find', text.find.title, () => import('../features/find/find-page.tsx')),
          page('/start', text.start.title, () => import('../features/start/start-page.tsx')),
          page('/start/probation-list', text.start.many.title, () => import('../features/start/start-many-page.tsx')),
          page('/batches', nav.batches, () => import('../features/batches/batches-page.tsx')),
          page('/batches/:batchId', nav.batches, () => import('../features/batches/batch-page.tsx')),
          page('/import/:batchId?', text.importing.title, () => import('../features/import/import-page.tsx')),
          page('/roster', nav.roster, () => import('../features/roster/roster-page.tsx')),
          page('/reports', text.reports.title, () => import('../features/reports/reports-page.tsx')),
          { path: '/staffing', element: <Navigate to="/reports" replace /> },
          page('/people/:personId', text.roster.personTitle, () => import('../features/roster/person-page.tsx')),
          page('/notices', text.notices.title, () => import('../features/notices/notices-page.tsx')),
          page('/notices/:noticeId', text.notices.title, () => import('../features/notices/notice-page.tsx')),
          page('/calendar', nav.calendar, () => import('../features/calendar/calendar-page.tsx')),
          page('/mails', nav.mails, () => import('../features/mails/mails-page.tsx')),
          page('/settings', text.settings.title, () => import('../features/settings/settings-page.tsx')),
          page('/substitutes', text.substitutes.title, () => import('../features/substitutes/substitutes-page.tsx')),
          page('/incidents', nav.incidents, () => import('../features/incidents/incidents-page.tsx')),
          page('/audit', nav.audit, () => import('../features/audit/audit-page.tsx')),
          { path: '/sign-in', element: <Navigate to="/" replace /> },
          { path: '*', handle: { title: text.common.notFoundTitle }, element: <NoSuchPage /> },
        ],
      },
    ],
  },
]);
