import { useState } from 'react';
import { ownVersion } from '../../shared/api/live.ts';
import type { TaskView } from '../../shared/cases/cases.ts';
import { draftKey, readDraft } from '../../shared/form/drafts.ts';
import { useMe } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Notice } from '../../shared/ui/states.tsx';

interface By {
  taskId: string;
  name: string | null;
  draft: boolean;
}

/** Who has done or moved what was open here a moment ago, unless it was this reader; null while nobody has. */
export function useOvertaken(task: TaskView | undefined): By | null {
  const me = useMe();
  const [before, setBefore] = useState<TaskView>();
  const [by, setBy] = useState<By | null>(null);
  if (task && task !== before) {
    setBefore(task);
    const own = ownVersion(task.caseId) > (before?.version ?? 0);
    if (before?.id === task.id && before.status === 'open' && task.status !== 'open' && !own)
      setBy({ taskId: task.id, name: task.doneBy, draft: readDraft(draftKey(me.accountId, `task.${task.id}`)) !== null });
  }
  return by && by.taskId === task?.id ? by : null;
}

/** What the page says when it changed under its reader's hands. */
export function Overtaken({ by }: { by: By | null }) {
  return by && <Notice tone="info">{text.desk.overtaken(by.name, by.draft)}</Notice>;
}
