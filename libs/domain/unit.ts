import { z } from 'zod';
import type { Level } from './roles.ts';

/** 单位 of the tree: city, county, street (also 乡镇), community. `path` is the chain of codes from the city down, each followed by "/". */
export interface Unit {
  code: string;
  name: string;
  level: Level;
  parentCode: string | null;
  path: string;
}

/** A line of the table of divisions. */
export const unitRow = z.object({
  code: z.string().regex(/^\d{4,12}$/),
  name: z.string().min(2),
  level: z.enum(['city', 'county', 'street', 'community']),
  parentCode: z.string(),
});
export type UnitRow = z.infer<typeof unitRow>;

export const childPath = (parentPath: string, code: string): string => `${parentPath}${code}/`;

/** Whether the unit of a path is another one or lies below it. */
export const isWithin = (path: string, ofPath: string): boolean => path.startsWith(ofPath);

/** Codes from the city down to the unit itself. */
export const codesOf = (path: string): string[] => path.split('/').filter(Boolean);

/** The county of a unit, by whose calendar and policies it works; "" for a city, and for a city without counties. */
export function countyCodeOf(path: string): string {
  return codesOf(path).find((code) => code.length === 6) ?? '';
}

/** 碧江区 → 碧江, 玉屏侗族自治县 → 玉屏, 铜仁市 → 铜仁. */
export function placeName(name: string): string {
  return /^(.{2,}?)(?:.{1,3}?族)+自治县$/.exec(name)?.[1] ?? name.replace(/[市区县]$/, '');
}

/** The one character of a county or city in document and case numbers: 碧江区 → 碧. */
export const placeCharacter = (name: string): string => name.slice(0, 1);
