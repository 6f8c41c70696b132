import type { RefusalText } from '../refusal-text.ts';

/** Calendar, people and their facts. */
export const personnelRefusals = {
  MissingCalendar: { status: 409, text: (p) => `${p.year} 年工作日历还没有导入，期限暂不能确定，没有按周一至周五推算。` },
} satisfies Record<string, RefusalText>;
