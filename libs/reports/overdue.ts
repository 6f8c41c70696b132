import type { Db } from '../db.ts';
import type { ReportScope } from './scope.ts';

export interface OverdueDesk {
  unit: { code: string; name: string };
  /** Null for what is asked of somebody by name. */
  role: string | null;
  open: number;
  overdue: number;
  oldestDueAt: Date | null;
}

/** 超期: open tasks of running cases by the unit and post that they are asked of, those with something overdue first. What is held falls due for nobody. */
export const overdueAt = (db: Db, { path }: ReportScope, at: Date): Promise<OverdueDesk[]> =>
  db.$queryRaw`
    SELECT jsonb_build_object('code', u.code, 'name', u.name) AS unit, t.audience_role AS role, count(*)::int AS open,
      count(*) FILTER (WHERE t.due_at < ${at} AND c.held_at IS NULL)::int AS overdue, min(t.due_at) FILTER (WHERE t.due_at < ${at} AND c.held_at IS NULL) AS "oldestDueAt"
    FROM task t JOIN "case" c ON c.id = t.case_id JOIN unit u ON u.code = coalesce(t.audience_unit, c.unit_code)
    WHERE t.status = 'open' AND c.status = 'running' AND starts_with(u.path, ${path})
    GROUP BY u.code, u.name, t.audience_role ORDER BY overdue DESC, open DESC, u.code, role`;
