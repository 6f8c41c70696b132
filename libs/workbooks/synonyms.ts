import { readField, type SheetField } from './fields.ts';
import type { LearnedWords } from './row-values.ts';
import type { SynonymKind } from './verdict.ts';

/** A spelling that an officer taught. `scopeCode`: the unit below which it counts, "" everywhere. */
export interface Synonym {
  kind: SynonymKind;
  scopeCode: string;
  written: string;
  meaning: string;
}

export function headerSynonyms(synonyms: readonly Synonym[]): Map<string, SheetField> {
  const headers = synonyms.filter(({ kind }) => kind === 'header').sort((a, b) => a.scopeCode.length - b.scopeCode.length);
  return new Map(
    headers.flatMap(({ written, meaning }) => {
      const field = readField(meaning);
      return field ? [[written, field] as const] : [];
    }),
  );
}

export function wordSynonyms(synonyms: readonly Synonym[]): LearnedWords {
  const words = new Map(synonyms.map(({ kind, scopeCode, written, meaning }) => [`${kind} ${scopeCode} ${written}`, meaning]));
  return (kind, scopeCodes, written) => {
    for (const scopeCode of scopeCodes) {
      const meaning = words.get(`${kind} ${scopeCode} ${written}`);
      if (meaning !== undefined) return meaning;
    }
    return undefined;
  };
}
