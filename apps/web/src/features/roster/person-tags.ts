import type { StatusKind } from '../../shared/ui/status-tag.tsx';

/** The tag of each state of employment. */
export const personTags = { probation: 'probation', formal: 'formal', ended: 'left', none: 'none' } as const satisfies Record<
  string,
  StatusKind
>;
