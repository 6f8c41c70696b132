import { Injectable } from '@nestjs/common';
import { recordedActor } from '../../../../libs/access/actor.ts';
import { holds, holdsOver, reachOf } from '../../../../libs/access/permission.ts';
import { recordRefusal, type Witnessed } from '../../../../libs/access/records.ts';
import { incidentAdvice, incidentTitle } from '../../../../libs/domain/incident-texts.ts';
import { refuse, type Refusal } from '../../../../libs/domain/refusal.ts';
import type { Actor } from '../../../../libs/domain/roles.ts';
import { append } from '../../../../libs/ledger/append.ts';
import { System } from '../system.ts';
import { Prisma } from '../../../../libs/db.ts';
import { owners } from './mails.service.ts';

const CHECKS = 7;

interface IncidentRow {
  id: string;
  kind: string;
  caseId: string | null;
  caseNo: string | null;
  detail: Record<string, unknown>;
  openedAt: Date;
  resolvedAt: Date | null;
  resolution: string | null;
}

/** Who answers for what belongs to no unit. */
const seesAll = (actor: Actor): boolean => holds(actor, ['SYSTEM_ADMIN', 'CITY_ORG']);
const inReach = (actor: Actor): Prisma.Sql =>
  Prisma.sql`CASE WHEN u.path IS NULL THEN ${seesAll(actor)} ELSE EXISTS (SELECT FROM unnest(${reachOf(actor, owners)}::text[]) top WHERE starts_with(u.path, top)) END`;

/** What went wrong, in plain words, for those who answer for the unit; what concerns no unit is the system administrators' and the city's. */
@Injectable()
export class IncidentsService {
  private readonly system: System;

  constructor(system: System) {
    this.system = system;
  }

  async page({ actor }: { actor: Actor }, { after, limit, open }: { after?: string | undefined; limit: number; open: boolean }) {
    const [afterAt, afterId] = cursorOf(after);
    const rows = await this.system.db.$queryRaw<IncidentRow[]>`
      SELECT i.id, i.kind, i.case_id AS "caseId", c.case_no AS "caseNo", i.detail, i.opened_at AS "openedAt", i.resolved_at AS "resolvedAt", i.resolution
      FROM incident i LEFT JOIN "case" c ON c.id = i.case_id LEFT JOIN unit u ON u.code = coalesce(i.unit_code, c.unit_code)
      WHERE (i.resolved_at IS NULL) = ${open} AND ${inReach(actor)} AND (${afterAt}::timestamptz IS NULL OR (i.opened_at, i.id) < (${afterAt}::timestamptz, ${afterId}::uuid))
      ORDER BY i.opened_at DESC, i.id DESC LIMIT ${limit + 1}`;
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items: items.map(shown), next: rows.length > limit && last ? `${last.openedAt.toISOString()}/${last.id}` : null };
  }

  /** The last nightly comparisons, newest first. */
  async checks() {
    const rows = await this.system.db.caseCheck.findMany({ orderBy: { at: 'desc' }, take: CHECKS });
    const items = rows.map(({ at, since, until, ...sum }) => ({
      ...sum,
      at: at.toISOString(),
      since: since.toISOString(),
      until: until.toISOString(),
    }));
    return { items };
  }

  /** How many are open, counted no further than `cap`. */
  async count({ actor }: { actor: Actor }, cap: number): Promise<number> {
    const [row] = await this.system.db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM (
        SELECT FROM incident i LEFT JOIN "case" c ON c.id = i.case_id LEFT JOIN unit u ON u.code = coalesce(i.unit_code, c.unit_code)
        WHERE i.resolved_at IS NULL AND ${inReach(actor)} LIMIT ${cap}) open`;
    return row!.count;
  }

  async resolve(by: Witnessed, id: string, resolution: string): Promise<Refusal | null> {
    const { db } = this.system;
    const [incident] = await db.$queryRaw<{ key: string; caseId: string | null; path: string | null; unitName: string | null }[]>`
      SELECT i.key, i.case_id AS "caseId", u.path, u.name AS "unitName" FROM incident i LEFT JOIN "case" c ON c.id = i.case_id LEFT JOIN unit u ON u.code = coalesce(i.unit_code, c.unit_code) WHERE i.id = ${id}::uuid`;
    if (!incident) return refuse('NotFound', { what: '这个事件' });
    const mine = incident.path === null ? seesAll(by.actor) : holdsOver(by.actor, owners, incident.path);
    if (!mine) return this.refused(by, refuse('NotInYourUnits', incident.unitName ? { unit: incident.unitName } : {}), id);
    const closed = await db.$transaction(async (tx) => {
      const count =
        await tx.$executeRaw`UPDATE incident SET resolved_at = ${by.at}, resolution = ${resolution} WHERE id = ${id}::uuid AND resolved_at IS NULL`;
      if (count === 0) return false;
      await append(tx, {
        chain: incident.caseId ? `case:${incident.caseId}` : 'system',
        verb: 'incident.resolve',
        accepted: true,
        at: by.at,
        actor: recordedActor(by.actor),
        origin: by.origin,
        caseId: incident.caseId,
        detail: { key: incident.key, resolution },
      });
      return true;
    });
    return closed ? null : this.refused(by, refuse('IncidentResolved'), id);
  }

  private async refused(by: Witnessed, refusal: Refusal, id: string): Promise<Refusal> {
    await recordRefusal(this.system.db, by, 'incident.resolve', refusal, { detail: { incidentId: id } });
    return refusal;
  }
}

export const shown = ({ id, kind, caseId, caseNo, detail, openedAt, resolvedAt, resolution }: IncidentRow) => ({
  id,
  kind,
  caseId,
  caseNo,
  resolution,
  title: incidentTitle(kind, detail),
  safe: incidentAdvice(kind),
  openedAt: openedAt.toISOString(),
  resolvedAt: resolvedAt?.toISOString() ?? null,
});

/** `<instant>/<id>` of the last line shown; anything else begins at the top. */
function cursorOf(after: string | undefined): [Date | null, string | null] {
  const [, at, id] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/.exec(after ?? '') ?? [];
  return at && id && !Number.isNaN(Date.parse(at)) ? [new Date(at), id] : [null, null];
}
