import type { IsoDate } from '../domain/dates.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import type { Unit } from '../domain/unit.ts';
import { chooseSheet, type Chosen } from '../workbooks/choose-sheet.ts';
import { rosterSheet } from '../workbooks/fields.ts';
import type { MappingChange } from '../workbooks/headers.ts';
import { headerSynonyms, wordSynonyms, type Synonym } from '../workbooks/synonyms.ts';
import { makePlaceReader, type PlaceReader } from '../workbooks/place.ts';
import { rawRows } from '../workbooks/raw-rows.ts';
import { readWorkbook, type Workbook } from '../workbooks/read-workbook.ts';
import { checkRows, type CheckedRow } from './rules.ts';

export interface EvaluateInput {
  bytes: Uint8Array;
  change: MappingChange;
  on: IsoDate;
  /** All units of the officer's city. */
  units: readonly Unit[];
  withinPath: string;
  synonyms: readonly Synonym[];
}

/** What a workbook says by itself, before it is held against the record. `rows` is empty while the mapping has problems. */
export interface Evaluated extends Chosen {
  workbook: Workbook;
  rows: CheckedRow[];
  /** Lines that are no people: totals, signatures, repeated headers. */
  skipped: number[];
  places: PlaceReader;
}

/** Reads a workbook, finds its people and checks each. The same bytes, day, units and mapping always give the same. */
export async function evaluate({ bytes, change, on, units, withinPath, synonyms }: EvaluateInput): Promise<Evaluated | Refusal> {
  const workbook = await readWorkbook(bytes);
  if (isRefusal(workbook)) return workbook;
  const chosen = chooseSheet(rosterSheet, workbook, headerSynonyms(synonyms), change);
  if (isRefusal(chosen)) return chosen;
  const learned = wordSynonyms(synonyms);
  const places = makePlaceReader(units, learned);
  const found = rawRows(rosterSheet, chosen.sheet, chosen.mapping);
  if (found.rows.length === 0) return refuse('WorkbookNoRows', { sheet: chosen.sheet.name });
  const context = { on, date1904: workbook.date1904, places, withinPath, learned };
  const rows = chosen.problems.length > 0 ? [] : checkRows(found.rows, context);
  return { ...chosen, workbook, rows, skipped: found.skipped, places };
}
