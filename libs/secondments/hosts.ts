import type { Db, Tx } from '../db.ts';
import type { IsoDate } from '../domain/dates.ts';
import type { HostPlace, Span } from '../domain/secondment.ts';

/** A receiving community as its contact stands for it. */
export interface Host {
  accountId: string;
  unitCode: string;
  name: string;
  town: string;
}

/** The community for which an account is the contact on a day; null when for none. */
export async function hostOf(tx: Db | Tx, accountId: string, on: IsoDate): Promise<Host | null> {
  const [host] = await hostsOn(tx, on, accountId);
  return host ?? null;
}

/** Every receiving community with a contact on a day, by place. */
export function hostsOn(tx: Db | Tx, on: IsoDate, accountId: string | null = null): Promise<Host[]> {
  return tx.$queryRaw<Host[]>`
    SELECT a.id AS "accountId", u.code AS "unitCode", u.name, s.name AS town FROM post_held p JOIN account a ON a.id = p.account_id
      JOIN unit u ON u.code = p.unit_code JOIN unit s ON s.code = u.parent_code
    WHERE p.role = 'HOST_CONTACT' AND u.level = 'community' AND a.status <> 'disabled' AND p.from_on <= ${on}::date AND (p.to_on IS NULL OR p.to_on >= ${on}::date)
      AND (${accountId}::uuid IS NULL OR a.id = ${accountId}::uuid) ORDER BY u.path, a.id`;
}

/** A booking as a case's step keeps it. */
export const bookingOf = (hostUnit: string, { fromOn, toOn }: Span) => ({ hostUnit, fromOn, toOn });

interface Booked extends Span {
  caseId: string;
  hostUnit: string;
}

/** What is booked by cases under way: of each its last match; a stay that has been concluded keeps nothing any more, an extended one its later end. */
function bookings(tx: Db | Tx): Promise<Booked[]> {
  return tx.$queryRaw<Booked[]>`
    SELECT b.case_id AS "caseId", b.result ->> 'hostUnit' AS "hostUnit", b.result ->> 'fromOn' AS "fromOn",
      greatest(b.result ->> 'toOn', e.told ->> 'until') AS "toOn"
    FROM (SELECT DISTINCT ON (s.case_id) s.case_id, s.result FROM step_result s JOIN "case" c ON c.id = s.case_id
        WHERE c.process = 'secondment' AND c.status = 'running' AND s.key LIKE 'book/%' AND s.undone IS NULL ORDER BY s.case_id, s.at DESC, s.key DESC) b
      LEFT JOIN case_event e ON e.case_id = b.case_id AND e.event = 'extend'
    WHERE b.result ->> 'hostUnit' IS NOT NULL AND NOT EXISTS (SELECT FROM step_result d WHERE d.case_id = b.case_id AND d.key = 'conclude')`;
}

/** Whether another case has a host community on some of these days. Whoever books waits for whoever is booking. */
export async function isTaken(tx: Tx, { caseId, hostUnit, fromOn, toOn }: Booked): Promise<boolean> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('host'), hashtext(${hostUnit}))`;
  const others = await bookings(tx);
  return others.some((other) => other.caseId !== caseId && other.hostUnit === hostUnit && other.fromOn <= toOn && fromOn <= other.toOn);
}

/** The receiving communities as they are matched: each with the days for which it is promised. */
export async function placesOn(tx: Db | Tx, on: IsoDate): Promise<(HostPlace & { name: string })[]> {
  const booked = await bookings(tx);
  return (await hostsOn(tx, on)).map(({ accountId, unitCode, town, name }) => ({
    accountId,
    unitCode,
    town,
    name,
    offers: [],
    taken: booked.filter(({ hostUnit }) => hostUnit === unitCode).map(({ fromOn, toOn }) => ({ fromOn, toOn })),
  }));
}
