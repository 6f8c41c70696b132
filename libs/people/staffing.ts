import { recordedActor } from '../access/actor.ts';
import type { Witnessed } from '../access/records.ts';
import type { Db, Tx } from '../db.ts';
import { dateOf, fromDateColumn, toDateColumn, type IsoDate } from '../domain/dates.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { requiredStaff, staffingGap, staffingRatio, staffingStandard, type StaffingStandard } from '../domain/staffing.ts';
import { append } from '../ledger/append.ts';
import { policyOn } from '../policies/policies.ts';
import { atWork } from './at-work.ts';

/** How a county (or all together) is staffed on a day. `residents` and what follows from it are null where no figure has been registered. */
export interface Staffing {
  headcount: number;
  residents: number | null;
  required: number | null;
  gap: number | null;
  /** People per 10,000 residents, in hundredths. */
  ratio: number | null;
}
export interface CountyStaffing extends Staffing {
  code: string;
  name: string;
  /** The day that the number of residents is of, and where it comes from. */
  asOf: IsoDate | null;
  source: string | null;
}

interface Row {
  code: string;
  name: string;
  headcount: number;
  residents: number | null;
  asOf: Date | null;
  source: string | null;
}

/**
 * 人员配备 on a day: of every county whether it has what the standard asks for, from the roster and the residents last registered by then. The sum says
 * nothing of residents while a county's figure is wanting.
 */
export async function staffingOn(
  tx: Db | Tx,
  on: IsoDate,
): Promise<{ standard: StaffingStandard; assumed: boolean; counties: CountyStaffing[]; all: Staffing }> {
  const policy = await policyOn(tx as Tx, 'staffing.standard', '', on);
  const standard = staffingStandard.parse(policy.value);
  const rows = await tx.$queryRaw<Row[]>`
    WITH here AS (${atWork(on)})
    SELECT c.code, c.name, (SELECT count(*)::int FROM here WHERE starts_with(here.path, c.path)) AS headcount, r.residents, r.as_of AS "asOf", r.source
    FROM unit c JOIN unit city ON city.code = c.parent_code
    LEFT JOIN LATERAL (
      SELECT residents, as_of, source FROM resident_figure WHERE county_code = c.code AND ended_at IS NULL AND as_of <= ${on}::date ORDER BY as_of DESC LIMIT 1
    ) r ON true
    WHERE c.level = 'county' AND city.parent_code IS NULL AND c.valid_from <= ${on}::date AND (c.valid_to IS NULL OR c.valid_to >= ${on}::date)
      AND EXISTS (SELECT FROM unit street WHERE street.parent_code = c.code AND street.level = 'street')
    ORDER BY c.code`;
  const counties = rows.map(({ code, name, asOf, source, headcount, residents }) => ({
    code,
    name,
    asOf: asOf && fromDateColumn(asOf),
    source,
    ...figuresOf(headcount, residents, standard),
  }));
  const residents = rows.every((row) => row.residents !== null) ? rows.reduce((sum, row) => sum + (row.residents ?? 0), 0) : null;
  const headcount = rows.reduce((sum, row) => sum + row.headcount, 0);
  return { standard, assumed: policy.assumed, counties, all: figuresOf(headcount, residents, standard) };
}

function figuresOf(headcount: number, residents: number | null, standard: StaffingStandard): Staffing {
  const required = residents === null ? null : requiredStaff(residents, standard);
  return {
    headcount,
    residents,
    required,
    gap: required === null ? null : staffingGap(required, headcount),
    ratio: residents === null ? null : staffingRatio(headcount, residents),
  };
}

/**
 * Registers the urban permanent residents of a county as of a day, with the source. A figure of the same day is corrected: the one before is kept and
 * closed. Refuses `FigureAhead` for a day to come.
 */
export async function registerResidents(
  tx: Tx,
  by: Witnessed,
  { county, asOf, residents, source }: { county: string; asOf: IsoDate; residents: number; source: string },
): Promise<Refusal | { registered: true }> {
  if (asOf > dateOf(by.at)) return refuse('FigureAhead', { on: asOf });
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('residents'), hashtext(${county}))`;
  const where = { countyCode: county, asOf: toDateColumn(asOf), endedAt: null };
  const before = await tx.residentFigure.findFirst({ where });
  await tx.residentFigure.updateMany({ where, data: { endedAt: by.at } });
  await tx.residentFigure.create({
    data: { countyCode: county, asOf: toDateColumn(asOf), residents, source, recordedById: by.actor.accountId, recordedAt: by.at },
  });
  await append(tx, {
    chain: 'system',
    verb: 'staffing.residents',
    accepted: true,
    at: by.at,
    actor: recordedActor(by.actor),
    origin: by.origin,
    before: before && { residents: before.residents, source: before.source },
    after: { residents, source },
    detail: { county, asOf },
  });
  return { registered: true };
}
