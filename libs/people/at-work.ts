import { Prisma } from '../../prisma/generated/client.ts';
import type { IsoDate } from '../domain/dates.ts';

/** Everybody in a post on a day, with the path of the unit they work in: `person_id`, `path`. For a subquery or a WITH. */
export const atWork = (on: IsoDate): Prisma.Sql => Prisma.sql`
  SELECT f.person_id, u.path FROM person_fact f JOIN unit u ON u.code = f.unit_code
  WHERE f.kind = 'employment' AND f.ended_at IS NULL AND f.value ->> 'status' <> 'ended' AND f.from_on <= ${on}::date AND (f.to_on IS NULL OR f.to_on >= ${on}::date)`;
