import { Input } from 'antd';
import { useRef, useState } from 'react';

const WAIT_MS = 300;

interface Props {
  value: string;
  onChange: (words: string) => void;
  label: string;
  width?: number;
}

/** A field that filters a list a moment after the last key. */
export function WordFilter({ value, onChange, label, width = 180 }: Props) {
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState(value);
  const wait = useRef<ReturnType<typeof setTimeout>>(undefined);
  // cleared from elsewhere (“清除筛选”, another link)
  if (value !== told) {
    setTold(value);
    setTyped(value);
  }
  const type = (words: string) => {
    setTyped(words);
    clearTimeout(wait.current);
    wait.current = setTimeout(() => {
      setTold(words.trim());
      onChange(words.trim());
    }, WAIT_MS);
  };
  return (
    <Input
      allowClear
      value={typed}
      onChange={({ target }) => type(target.value)}
      placeholder={label}
      aria-label={label}
      style={{ width }}
      maxLength={40}
    />
  );
}
