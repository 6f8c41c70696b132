import type { Prisma } from '../../prisma/generated/client.ts';
import type { Tx } from '../db.ts';
import { toDateColumn, type IsoDate } from '../domain/dates.ts';
import { childPath, codesOf, unitRow, type Unit, type UnitRow } from '../domain/unit.ts';

const fields = { code: true, name: true, level: true, parentCode: true, path: true } satisfies Prisma.UnitSelect;
const asUnit = (row: Prisma.UnitGetPayload<{ select: typeof fields }>): Unit => row as Unit;

/** Lines of a table of divisions: `code,name,level,parentCode` with a heading line. Throws where a line is not sound. */
export function readUnitTable(csv: string): UnitRow[] {
  const [heading, ...lines] = csv
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  if (heading !== 'code,name,level,parentCode') throw new Error(`Not a table of divisions: ${heading}`);
  return lines.map((line) => {
    const [code, name, level, parentCode] = line.split(',').map((cell) => cell.trim());
    return unitRow.parse({ code, name, level, parentCode });
  });
}

/** Puts units in or renames them; what is already there stays as it is. Returns how many rows changed. Parents may stand after their children. */
export async function loadUnits(tx: Tx, rows: readonly UnitRow[], validFrom: IsoDate): Promise<number> {
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const outside = [...new Set(rows.map(({ parentCode }) => parentCode))].filter((code) => code !== '' && !byCode.has(code));
  const paths = new Map(
    (await tx.unit.findMany({ where: { code: { in: outside } }, select: fields })).map(({ code, path }) => [code, path]),
  );
  const pathOf = (code: string): string => {
    const known = paths.get(code);
    if (known !== undefined) return known;
    const row = byCode.get(code);
    if (!row) throw new Error(`No unit ${code} to stand under`);
    paths.set(code, ''); // a circle ends in the error below
    const parent = row.parentCode === '' ? '' : pathOf(row.parentCode);
    if (row.parentCode !== '' && parent === '') throw new Error(`Unit ${code} stands under itself`);
    const path = childPath(parent, code);
    paths.set(code, path);
    return path;
  };
  const table = rows.map((row) => ({ ...row, parentCode: row.parentCode || null, path: pathOf(row.code) }));
  return tx.$executeRaw`
    INSERT INTO unit AS known (code, name, level, parent_code, path, valid_from)
    SELECT code, name, level, "parentCode", path, ${validFrom}::date
    FROM jsonb_to_recordset(${JSON.stringify(table)}::jsonb) AS row (code text, name text, level text, "parentCode" text, path text)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, level = excluded.level, parent_code = excluded.parent_code, path = excluded.path
    WHERE (known.name, known.level, known.parent_code, known.path) IS DISTINCT FROM (excluded.name, excluded.level, excluded.parent_code, excluded.path)`;
}

export async function unitByCode(tx: Tx, code: string): Promise<Unit | null> {
  const row = await tx.unit.findUnique({ where: { code }, select: fields });
  return row && asUnit(row);
}

/** The path of a unit: the chain of codes from the city down, each followed by "/"; null for an unknown code. */
export async function unitPath(tx: Tx, code: string): Promise<string | null> {
  return (await unitByCode(tx, code))?.path ?? null;
}

/** The units right below one, or the cities. */
export async function childrenOf(tx: Tx, parentCode: string | null): Promise<Unit[]> {
  return (await tx.unit.findMany({ where: { parentCode }, orderBy: { code: 'asc' }, select: fields })).map(asUnit);
}

/** A unit and everything above it, from the city down. */
export async function unitChain(tx: Tx, code: string): Promise<Unit[]> {
  const path = await unitPath(tx, code);
  const rows = await tx.unit.findMany({ where: { code: { in: codesOf(path ?? '') } }, select: fields });
  return rows.map(asUnit).sort((a, b) => a.path.length - b.path.length);
}

/** A unit and everything below it, parents first; all units without a path. Units that ended before the day are left out. */
export async function unitsWithin(tx: Tx, path: string, on: IsoDate): Promise<Unit[]> {
  const day = toDateColumn(on);
  const rows = await tx.unit.findMany({
    where: { path: { startsWith: path }, validFrom: { lte: day }, OR: [{ validTo: null }, { validTo: { gte: day } }] },
    orderBy: { path: 'asc' },
    select: fields,
  });
  return rows.map(asUnit);
}
