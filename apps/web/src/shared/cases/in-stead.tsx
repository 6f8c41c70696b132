import { text } from '../text/zh-CN.ts';
import { Mark } from '../ui/status-tag.tsx';
import type { TaskLine } from './cases.ts';

/** 代 X 办理, on whatever is or was done in another's stead; nothing otherwise. */
export function InStead({ task: { inStead, inMyStead } }: { task: Pick<TaskLine, 'inStead' | 'inMyStead'> }) {
  if (inStead) return <Mark tone="cyan">{text.substitutes.inStead(inStead)}</Mark>;
  return inMyStead ? <Mark tone="cyan">{text.substitutes.inMyStead(inMyStead)}</Mark> : null;
}
