import { normaliseText } from '../domain/person-words.ts';
import { isRefusal } from '../domain/refusal.ts';
import { codesOf, isWithin, type Unit } from '../domain/unit.ts';
import { makeUnitFinder, type UnitFinder, type UnitNames } from '../units/find.ts';
import type { CorrectionKind, FaultCode, FaultParams } from './fault-words.ts';
import type { SynonymKind } from './verdict.ts';

type Level = 'county' | 'street' | 'community';

/** A word taught by an officer for a unit below `scopeCode` ("" everywhere). */
export type UnitWords = (kind: SynonymKind, scopeCodes: readonly string[], written: string) => string | undefined;

export interface PlaceFault {
  field: Level;
  code: FaultCode;
  params: FaultParams;
  suggestion?: { unit: Unit; scopeCode: string };
}
export interface Place {
  unit: Unit;
  corrections: { field: Level; kind: CorrectionKind; read: string }[];
}

export interface PlaceReader {
  read: (names: UnitNames) => Place | PlaceFault;
  /** 碧江区 · 环北街道 · 北门社区, from the county down. */
  line: (unit: Pick<Unit, 'path'>) => string;
}

const SUFFIXES: Record<Level, readonly string[]> = { county: [], street: ['街道', '镇', '乡'], community: ['社区'] };

/** Finds the community of a row among the units of one city; with `streets` a street will do where no community is named. The units are the city's, all levels. */
export function makePlaceReader(units: readonly Unit[], learned: UnitWords, { streets = false } = {}): PlaceReader {
  const finder = makeUnitFinder(units);
  const city = units.find(({ level }) => level === 'city');

  const known = new Map<string, Place | PlaceFault>();
  function read(written: UnitNames): Place | PlaceFault {
    const key = JSON.stringify([written.county, written.street, written.community]);
    const found = known.get(key) ?? readAsWrittenOrPeeled(written);
    known.set(key, found);
    return found;
  }

  function readAsWrittenOrPeeled(written: UnitNames): Place | PlaceFault {
    const found = readNames(written);
    if ('unit' in found) return found;
    const peeled = readNames(peel(written, units, city));
    return 'unit' in peeled
      ? { ...peeled, corrections: [{ field: found.field, kind: 'unit-short-name', read: line(peeled.unit) }] }
      : found;
  }

  function readNames(names: UnitNames): Place | PlaceFault {
    const corrections: Place['corrections'] = [];
    let above: Unit | null = null;
    for (const level of ['county', 'street', 'community'] as const) {
      const name = names[level]?.trim();
      if (!name) continue;
      const found = readLevel(level, name, above);
      if ('code' in found) return found;
      if (found.kind) corrections.push({ field: level, kind: found.kind, read: found.unit.name });
      above = found.unit;
    }
    return above?.level === 'community' || (streets && above?.level === 'street')
      ? { unit: above, corrections }
      : { field: 'community', code: 'missing-community', params: {} };
  }

  function readLevel(level: Level, name: string, above: Unit | null): { unit: Unit; kind?: CorrectionKind } | PlaceFault {
    const scope = chainNames(finder, above);
    const exact = finder.find({ ...scope, [level]: name });
    if (!isRefusal(exact)) return { unit: exact };
    const scopeCodes = [...codesOf((above ?? city)?.path ?? '').reverse(), ''];
    const taught = finder.byCode(learned(level, scopeCodes, normaliseText(name)) ?? '');
    if (taught?.level === level && (!above || isWithin(taught.path, above.path))) return { unit: taught, kind: 'unit-synonym' };
    if (exact.refused === 'AmbiguousUnit')
      return { field: level, code: 'ambiguous-unit', params: { name, places: exact.params['places'] ?? '' } };
    const full = SUFFIXES[level].map((suffix) => finder.find({ ...scope, [level]: `${name}${suffix}` })).filter((one) => !isRefusal(one));
    if (full.length === 1) return { unit: full[0] as Unit, kind: 'unit-short-name' };
    return unknown(level, name, above, exact.refused === 'UnitElsewhere' ? String(exact.params['places']) : null);
  }

  function unknown(level: Level, name: string, above: Unit | null, elsewhere: string | null): PlaceFault {
    const within = above?.name ?? city?.name ?? '';
    if (elsewhere) {
      const params = { name, within, places: elsewhere };
      return { field: level, code: level === 'street' ? 'street-not-in-county' : 'community-not-in-street', params };
    }
    const near = nearest(
      units.filter((unit) => unit.level === level && (!above || isWithin(unit.path, above.path))),
      name,
    );
    const code = level === 'county' ? 'unknown-county' : level === 'street' ? 'unknown-street' : 'unknown-community';
    const params = { name, within, ...(near && { suggestion: `${near.name}（${finder.byCode(near.parentCode ?? '')?.name ?? ''}）` }) };
    return { field: level, code, params, ...(near && { suggestion: { unit: near, scopeCode: above?.code ?? '' } }) };
  }

  const line = (unit: Pick<Unit, 'path'>): string =>
    unit.path
      .split('/')
      .flatMap((code) => finder.byCode(code) ?? [])
      .filter(({ level }) => level !== 'city')
      .map(({ name }) => name)
      .join(' · ');

  return { read, line };
}

/** The names of a unit and of those above it, as the finder wants them. */
function chainNames(finder: UnitFinder, unit: Unit | null): UnitNames {
  const names: UnitNames = {};
  for (const code of unit?.path.split('/') ?? []) {
    const one = finder.byCode(code);
    if (one && one.level !== 'city') names[one.level] = one.name;
  }
  return names;
}

/** 碧江区环北街道北门社区 or 铜仁市/碧江区 in one cell: without the names of the units above, which count where they have no column of their own. */
function peel(written: UnitNames, units: readonly Unit[], city: Unit | undefined): UnitNames {
  const names = { ...written };
  const levels = ['county', 'street', 'community'] as const;
  for (const [i, level] of levels.entries()) {
    let text = normaliseText(names[level] ?? '').replace(/[-/\\·,，、>]/g, '');
    for (const above of ['贵州省', city?.name ?? '']) text = text.startsWith(above) && text !== above ? text.slice(above.length) : text;
    for (const upper of levels.slice(0, i)) {
      const front = units.find((unit) => unit.level === upper && text.startsWith(unit.name) && text !== unit.name);
      if (!front || (names[upper] && normaliseText(names[upper]) !== normaliseText(front.name))) continue;
      names[upper] = front.name;
      text = text.slice(front.name.length);
    }
    names[level] = text;
  }
  return names;
}

const stem = (name: string) => normaliseText(name).replace(/(?:居民委员会|居委会|社区|村委会|村|街道办事处|街道|镇|乡)+$/, '');

/** The unit whose name is nearest, if one is near enough to be meant: the same but for its kind, or one character other. */
function nearest(units: readonly Unit[], name: string): Unit | undefined {
  const wanted = stem(name);
  const same = units.filter((unit) => stem(unit.name) === wanted);
  if (same.length === 1) return same[0];
  const close = units.filter((unit) => wanted.length >= 2 && oneApart(stem(unit.name), wanted));
  return close.length === 1 ? close[0] : undefined;
}

function oneApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i += 1;
  return a.slice(i + (a.length >= b.length ? 1 : 0)) === b.slice(i + (b.length >= a.length ? 1 : 0));
}
