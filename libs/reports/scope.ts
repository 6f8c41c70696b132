import { reachOf } from '../access/permission.ts';
import type { Db } from '../db.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import type { Actor, Role } from '../domain/roles.ts';
import { isWithin } from '../domain/unit.ts';

export interface ReportScope {
  code: string;
  name: string;
  path: string;
}

/**
 * The unit that a report is about: the one asked for, or the reader's own (the highest, where they hold posts in several). Refuses `NotInYourUnits` where
 * it does not lie within the units of one of the roles.
 */
export async function reportScope(db: Db, actor: Actor, roles: readonly Role[], code?: string): Promise<Refusal | ReportScope> {
  const reach = reachOf(actor, roles);
  const select = { code: true, name: true, path: true };
  const unit = code
    ? await db.unit.findUnique({ where: { code }, select })
    : await db.unit.findFirst({ where: { path: { in: reach } }, select, orderBy: [{ path: 'asc' }] });
  if (!unit || !reach.some((path) => isWithin(unit.path, path))) return refuse('NotInYourUnits', unit ? { unit: unit.name } : {});
  return unit;
}
