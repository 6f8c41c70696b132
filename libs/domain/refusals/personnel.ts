import type { RefusalText } from '../refusal-text.ts';

/** Calendar, people and their facts. */
export const personnelRefusals = {
  MissingCalendar: { status: 409, text: (p) => `${p.year} 年工作日历还没有导入，期限暂不能确定，没有按周一至周五推算。` },
  CalendarNotSound: { status: 422, text: (p) => `工作日历有误：${p.detail}。请按国务院办公厅放假通知改正后再导入。` },
  OfficialCalendarStands: { status: 409, text: (p) => `${p.year} 年已有正式工作日历，不能用暂定日历替换。` },
  UnknownUnit: { status: 422, text: (p) => `${p.within ? `${p.within}没有` : '没有找到'}名为“${p.name}”的${p.level}。请按区划名称填写。` },
  UnitElsewhere: { status: 422, text: (p) => `“${p.name}”不属于${p.within}，它在${p.places}。请核对上级单位。` },
  AmbiguousUnit: { status: 422, text: (p) => `有不止一个“${p.name}”（${p.places}）。请写明所在街道（乡镇）。` },
  FigureAhead: { status: 422, text: (p) => `统计时点 ${p.on} 还没有到，请填写已公布数据的统计时点。` },
  FactOverlaps: { status: 409, text: (p) => `${p.fromOn} 起已有后面的记录，新记录不能盖过它。请填写截止日期，或更正后面的记录。` },
  FactNotCurrent: { status: 409, text: () => '这条记录已被更正或撤销，不能再改。请刷新后查看现在的记录。' },
} satisfies Record<string, RefusalText>;
