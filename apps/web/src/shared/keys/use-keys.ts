import { useEffect, useRef, useSyncExternalStore } from 'react';

/** Keys on their own (WCAG 2.1.4): they can be switched off, and never act while someone types. */
const OFF = 'miaopu.keys.off';
const listeners = new Set<() => void>();

export const singleKeys = {
  on: () => localStorage.getItem(OFF) !== '1',
  set: (on: boolean) => {
    if (on) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, '1');
    for (const listener of listeners) listener();
  },
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

export const useSingleKeys = () => useSyncExternalStore(singleKeys.subscribe, singleKeys.on);

export type KeyMap = Record<string, () => void>;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input:not([type=radio]):not([type=checkbox]), textarea, select, [role=combobox], [role=dialog]') !== null);

/** The name of a key press: `j`, `?`, `ctrl+enter`, or `g t` for two in a row. */
function nameOf({ key, ctrlKey, metaKey }: KeyboardEvent, before: string | null): string {
  const name = key.toLowerCase();
  if (ctrlKey || metaKey) return `ctrl+${name}`;
  return before ? `${before} ${name}` : name;
}

const SEQUENCE_MS = 1000;

/** Listens while the component is shown. The latest functions are called, so the map need not be kept stable. */
export function useKeys(keys: KeyMap, enabled = true): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!enabled) return;
    let before: { key: string; at: number } | null = null;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.isComposing) return;
      const chord = event.ctrlKey || event.metaKey;
      if (!chord && (isTyping(event.target) || !singleKeys.on())) return;
      const prefix = before && event.timeStamp - before.at < SEQUENCE_MS ? before.key : null;
      const act = latest.current[nameOf(event, prefix)] ?? latest.current[nameOf(event, null)];
      const starts = Object.keys(latest.current).some((key) => key.startsWith(`${event.key} `));
      before = starts && !chord ? { key: event.key, at: event.timeStamp } : null;
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [enabled]);
}
