import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { z } from 'zod';
import { faultsOf, type Faults } from './faults.ts';
import { dropDraft, keepDraft, readDraft } from './drafts.ts';
import { fieldsOf, given, type Values } from './model.ts';

const SAVE_AFTER_MS = 600;

interface Options {
  schema: z.ZodObject;
  /** Where the draft is kept; change it to begin another form. */
  draft: string | null;
  initial?: Values;
}

/** The state of a generated form: values, faults beside their fields, and a draft that is kept while one types. */
export function useSchemaForm({ schema, draft, initial }: Options) {
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  const [start] = useState(() => (draft ? readDraft(draft) : null));
  const [values, setValues] = useState<Values>(() => start?.values ?? initial ?? {});
  const [savedAt, setSavedAt] = useState<string | null>(start?.at ?? null);
  const [unsaved, setUnsaved] = useState(false);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<Faults>({});
  const latest = useRef({ values, dirty: false });

  const save = useCallback(() => {
    if (!draft || !latest.current.dirty) return;
    latest.current.dirty = false;
    const at = keepDraft(draft, latest.current.values);
    setSavedAt(at);
    setUnsaved(at === null);
  }, [draft]);

  useEffect(() => {
    const timer = setTimeout(save, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [values, save]);
  // A page that is left or a session that ends must not take the last words with it.
  useEffect(() => save, [save]);

  const set = useCallback((name: string, value: unknown) => {
    latest.current = { values: { ...latest.current.values, [name]: value }, dirty: true };
    setValues(latest.current.values);
    setRefused(({ [name]: _mended, ...rest }) => rest);
  }, []);

  const all = useMemo(() => faultsOf(schema, fields, values), [schema, fields, values]);
  const faults: Faults = { ...Object.fromEntries(Object.entries(all).filter(([name]) => tried || left.has(name))), ...refused };

  return {
    fields,
    values,
    set,
    faults,
    savedAt,
    unsaved,
    /** Whether the answer would be taken as it is. */
    fits: Object.keys(all).length === 0,
    faultCount: Object.keys(all).length,
    leave: (name: string) => setLeft((before) => (before.has(name) ? before : new Set(before).add(name))),
    saveNow: () => {
      latest.current.dirty = true;
      save();
    },
    /** The answer, or null with each fault shown and the first one's field to go to. */
    take: (): { answer: Values } | { first: string } => {
      setTried(true);
      const first = fields.find(({ name }) => name in all)?.name ?? Object.keys(all)[0];
      return first === undefined ? { answer: given(values) } : { first };
    },
    /** Faults that only the server knows. */
    refuse: setRefused,
    sent: () => {
      latest.current.dirty = false;
      if (draft) dropDraft(draft);
      setSavedAt(null);
    },
  };
}

export type SchemaForm = ReturnType<typeof useSchemaForm>;

/** The id of a field's control, so that focus can be moved to it. */
export const controlId = (prefix: string, name: string) => `${prefix}-${name}`;

export function focusField(prefix: string, name: string): void {
  const found = document.getElementById(controlId(prefix, name));
  const target = found?.matches('input, textarea, button, select')
    ? found
    : (found?.querySelector<HTMLElement>('input, textarea, button') ?? found);
  target?.focus();
  target?.scrollIntoView({ block: 'center' });
}
