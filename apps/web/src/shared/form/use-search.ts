import { useEffect, useState } from 'react';

const WAIT_MS = 250;

/** What is typed into a field that searches on the server, asked for once typing pauses. */
export function useSearch(): { q: string; onSearch: (typed: string) => void } {
  const [typed, onSearch] = useState('');
  const [q, setQ] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return { q, onSearch };
}
