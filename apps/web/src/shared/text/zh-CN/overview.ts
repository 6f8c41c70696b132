/** 工作台 (02), 提醒, 事件 and the search of the header. */
export const workbench = {
  counts: { overdue: '已超期', today: '今天到期', open: '我的待办', unclaimed: '待认领', started: '我发起的', doneThisMonth: '本月已办', incidents: '待处理事件' },
  countHelp: { overdue: '先办这些', today: '17:30 截止', open: '按到期先后', unclaimed: '同组可办', started: '办理中', doneThisMonth: '本月办理', incidents: '需要处理' },
  myTasks: '我的待办',
  myTasksNote: (count: string) => `${count} 件，按到期先后`,
  openTasks: '打开待办',
  columns: { due: '到期', who: '当事人 / 事项', stage: '流程 · 环节', status: '状态' },
  noTasks: '没有待办。新的待办到来时会显示在这里，并发邮件提醒您。',
  started: '我发起的',
  startedNote: (count: string) => `${count} 件办理中`,
  startedColumns: { case: '办件', at: '现在所在环节', due: '到期', status: '状态' },
  noStarted: '您没有办理中的办件。',
  all: '全部',
  incidents: (count: number) => `需要处理的事件 ${count}`,
  noIncidents: '没有需要处理的事件。',
  openIncidents: '全部事件',
  openCase: '打开办件',
  nextWeek: (count: number) => `下周将到我（${count} 件）`,
  nextWeekColumns: { on: '预计日期', title: '事项' },
  noNextWeek: '按现有进度，下周没有新的事项到您这里。',
};

export const incidents = {
  openTab: '待处理', allTab: '全部',
  label: '事件列表',
  empty: '没有待处理的事件。',
  columns: { opened: '发生', what: '发生了什么', safe: '可以安全地做什么', case: '办件', state: '处理' },
  resolve: '处理…',
  resolvedBy: (when: string) => `${when} 已处理`,
  dialog: { title: '处理事件', resolution: '做了什么', help: '写明核实的情况和采取的办法，记入账本。', short: '请写明做了什么', act: '记为已处理', effect: '事件标为已处理；情况仍在的，系统会再次报告。' },
  done: '已记为处理。',
};

export const mails = {
  tabs: { mine: '发给我的', units: '本单位发出的', inbox: '演示邮箱' },
  label: '提醒列表',
  inboxLabel: '演示邮箱收到的邮件',
  inboxHelp: '演示模式下邮件不外发，都投到内置收件箱。这里是它收到的内容，可用来核对每封邮件是否送到、有没有重复。',
  inboxAll: '看全部收件人',
  columns: { at: '生成', to: '发给', subject: '主题', event: '因为', status: '状态', act: '' },
  statusFilter: '状态',
  allStatus: '全部状态',
  case: '打开办件',
  retry: '重新发送',
  retried: '已重新排队发送。',
  notBefore: (when: string) => `${when} 之后发出（非工作时间不发）`,
  sentAt: (when: string) => `${when} 发出`,
  attempts: (count: number, error: string) => `试了 ${count} 次：${error}`,
  empty: '还没有提醒。',
  emptyInbox: '收件箱里还没有邮件。',
  received: (when: string) => `${when} 收到`,
  copies: (count: number) => `收到 ${count} 份`,
  pick: '从左边选一封，在这里看内容。',
};

export const find = {
  title: '查找',
  results: (q: string) => `“${q}”的查找结果`,
  cases: '办件', people: '人员', tasks: '我的待办',
  nothing: '没有找到。可以换姓名的一部分，或完整的办件号再试。',
  ask: '在页面上方输入姓名或办件号。',
};
