import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Db, Tx } from '../../libs/db.ts';
import { toDateColumn } from '../../libs/domain/dates.ts';
import { loadUnits, readUnitTable } from '../../libs/units/units.ts';
import { calendarYears } from './calendar-years.ts';
import { policies } from './policies.ts';

/** Both tables of divisions hold from here on: before any fact that the product keeps. */
const UNITS_FROM = '2000-01-01';
/** Every process of the product runs in the project's folder; the tables are not compiled. */
const DATA = path.resolve('prisma/seed/data');

/**
 * Units, calendar tables and policies that the product starts with. May run at every start: units are renamed where the table of divisions
 * says so; a year or a policy that is there is never touched, for somebody may have changed it.
 */
export async function seedReference(db: Db): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('seedReference'))`;
    const tables = ['tongren', 'dongguan'].map((place) => readFileSync(path.join(DATA, `${place}-divisions.csv`), 'utf8'));
    await loadUnits(tx, tables.flatMap(readUnitTable), UNITS_FROM);
    await seedCalendar(tx);
    await seedPolicies(tx);
  });
}

async function seedCalendar(tx: Tx): Promise<void> {
  const data = calendarYears.map(({ year, unitCode, official, source, off, makeUp, version }) => ({
    year,
    unitCode,
    official,
    source,
    off,
    makeUp,
    version,
  }));
  await tx.calendarYear.createMany({ data, skipDuplicates: true });
}

async function seedPolicies(tx: Tx): Promise<void> {
  await tx.policy.createMany({
    data: policies.map(({ effectiveFrom, value, ...policy }) => ({
      ...policy,
      value: value as object,
      version: 1,
      effectiveFrom: toDateColumn(effectiveFrom),
    })),
    skipDuplicates: true,
  });
}
