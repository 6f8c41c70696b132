import { refuse, type Refusal } from '../domain/refusal.ts';
import { applyChange, findHeader, headerAt, mappingProblems, type Mapping, type MappingChange, type MappingProblem } from './headers.ts';
import type { SheetField, SheetKind } from './fields.ts';
import type { Sheet, Workbook } from './read-workbook.ts';

/** A sheet as the officer may choose it. `headerRow` null: no header was found in it. */
export interface SheetChoice {
  name: string;
  hidden: boolean;
  rows: number;
  headerRow: number | null;
}

export interface Chosen {
  sheet: Sheet;
  mapping: Mapping;
  problems: MappingProblem[];
  sheets: SheetChoice[];
}

/**
 * The sheet with the people: the officer's choice, or the visible one whose header explains most (a hidden one is never taken by itself).
 * Its columns are what was found, corrected by the officer.
 */
export function chooseSheet(
  kind: SheetKind,
  workbook: Workbook,
  learned: ReadonlyMap<string, SheetField>,
  change: MappingChange = {},
): Chosen | Refusal {
  const found = workbook.sheets.map((sheet) => ({ sheet, header: findHeader(kind, sheet, learned) }));
  const sheets = found.map(({ sheet, header }) => ({
    name: sheet.name,
    hidden: sheet.hidden,
    rows: sheet.rows.length,
    headerRow: header?.headerBottom ?? null,
  }));
  const named = change.sheet === undefined ? undefined : found.find(({ sheet }) => sheet.name === change.sheet);
  if (change.sheet !== undefined && !named) return refuse('WorkbookNoSheet', { sheet: change.sheet });
  const best =
    named ??
    bestOf(
      kind,
      found.filter(({ sheet, header }) => !sheet.hidden && header),
    );
  const headerBottom = change.headerBottom ?? change.headerTop;
  const target = best ?? (headerBottom === undefined ? undefined : found.find(({ sheet }) => !sheet.hidden));
  if (!target || (!target.header && headerBottom === undefined)) {
    return refuse('WorkbookNoHeader', { sheets: sheets.map(({ name, hidden }) => (hidden ? `${name}（隐藏）` : name)).join('、') });
  }
  const { sheet } = target;
  const mapping: Mapping =
    headerBottom === undefined
      ? target.header!
      : {
          sheet: sheet.name,
          headerTop: change.headerTop ?? headerBottom,
          headerBottom,
          columns: headerAt(kind, sheet, change.headerTop ?? headerBottom, headerBottom, learned),
        };
  const columns = applyChange(mapping.columns, change.columns);
  return { sheet, mapping: { ...mapping, columns }, problems: mappingProblems(kind, columns), sheets };
}

type Found = { sheet: Sheet; header: Mapping | null };

function bestOf(kind: SheetKind, found: Found[]): Found | undefined {
  const weight = ({ sheet, header }: Found) => {
    const fields = new Set(header!.columns.flatMap(({ field }) => field ?? [])).size - 4 * mappingProblems(kind, header!.columns).length;
    return fields + Math.min(sheet.rows.length, 1000) / 1001;
  };
  return found.sort((a, b) => weight(b) - weight(a))[0];
}
