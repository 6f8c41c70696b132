import { normaliseText } from '../domain/person-words.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { levelTitles } from '../domain/roles.ts';
import { isWithin, placeName, type Unit } from '../domain/unit.ts';

/** A unit as people write it. A higher level may be left out where the name below it is the only one. */
export interface UnitNames {
  county?: string;
  street?: string;
  community?: string;
}

/** Finds units by name in a table held in memory. */
export interface UnitFinder {
  /** The lowest unit that is named; refuses an unknown name, a street of another county, and a name that two units answer to. */
  find: (names: UnitNames) => Unit | Refusal;
  byCode: (code: string) => Unit | undefined;
}

const NAMED_LEVELS = ['county', 'street', 'community'] as const;
type NamedLevel = (typeof NAMED_LEVELS)[number];

/** The name without what an office adds to it: 环北街道办事处, 北门社区居委会. */
function nameKey(level: NamedLevel, name: string): string {
  const key = normaliseText(name);
  if (level === 'county') return placeName(key);
  return level === 'street' ? key.replace(/(?:办事处|人民政府)$/, '') : key.replace(/(?:居民委员会|居委会)$/, '');
}

export function makeUnitFinder(units: readonly Unit[]): UnitFinder {
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  const byName = new Map<string, Unit[]>();
  for (const unit of units) {
    if (unit.level === 'city') continue;
    const key = `${unit.level} ${nameKey(unit.level, unit.name)}`;
    byName.set(key, [...(byName.get(key) ?? []), unit]);
  }
  const parentName = (unit: Unit) => byCode.get(unit.parentCode ?? '')?.name ?? '';

  function find(names: UnitNames): Unit | Refusal {
    let found: Unit[] | null = null;
    for (const level of NAMED_LEVELS) {
      const name = names[level]?.trim();
      if (!name) continue;
      const anywhere: Unit[] = byName.get(`${level} ${nameKey(level, name)}`) ?? [];
      const above = found as Unit[] | null;
      found = above ? anywhere.filter(({ path }) => above.some((scope) => isWithin(path, scope.path))) : anywhere;
      if (found.length === 0) return missing(level, name, above?.[0]?.name ?? '', anywhere);
    }
    if (found === null) return refuse('UnknownUnit', { level: '单位', name: '', within: '' });
    const [first, ...others] = found;
    if (!first || others.length > 0) return refuse('AmbiguousUnit', { name: first?.name ?? '', places: found.map(parentName).join('、') });
    return first;
  }

  function missing(level: NamedLevel, name: string, within: string, elsewhere: Unit[]): Refusal {
    if (within === '' || elsewhere.length === 0) return refuse('UnknownUnit', { level: levelTitles[level], name, within });
    return refuse('UnitElsewhere', { name, within, places: [...new Set(elsewhere.map(parentName))].join('、') });
  }

  return { find, byCode: (code) => byCode.get(code) };
}
