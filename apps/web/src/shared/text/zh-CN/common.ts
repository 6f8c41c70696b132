/** Words of every page: times, states, failures, the shell. */
export const common = {
  product: '苗圃',
  productLine: '铜仁市社区工作者人事办理',
  city: '铜仁市',
  none: '无',
  empty: '（空）',
  retry: '重试',
  close: '关闭',
  cancel: '取消',
  more: '加载更多',
  all: '全部',
  back: '返回',
  loading: '正在加载',
  allShown: (count: number) => `共 ${count} 条，已全部显示。`,
  shown: (count: number) => `已显示 ${count} 条，还有更多。`,
  clearFilter: '清除筛选',
  nothingFits: '这个条件下没有结果。',
  capped: (limit: number) => `${limit}+`,
  skipToContent: '跳到正文',
  colon: '：',
  dot: ' · ',
  listMark: '、',
  requiredMark: '必填',
  newVersion: '页面有新版本，请刷新后继续。您填写的内容保存在草稿。',
  refresh: '刷新页面',
  crashed: '这个页面没有打开。您填写的内容还在草稿里。',
  notFoundTitle: '没有这个页面',
  notFound: '地址可能写错了，或者您没有打开它的职务。',
  goHome: '回到首页',
};

export const due = {
  none: '没有时限',
  unknown: '期限待定',
  noCalendar: '工作日历未导入',
  tentative: '（暂定）',
  year: (year: number) => `${year}年`,
  today: '今天',
  todayDue: '今天到期',
  late: '已超期',
  lateToday: '今天已超期',
  dueOn: '到期',
  lateBy: (days: number) => `已超期 ${days} 个工作日`,
  left: (days: number) => `还剩 ${days} 个工作日`,
};

export const problem = {
  unreachable: '没有连上服务器，您的操作可能没有生效。填写的内容还在，连上后再点一次，不会重复办理。',
  unknown: (status: number) => `没有办成${status ? `（${status}）` : ''}，请稍后再试。`,
  notLoaded: '没有取到数据，您填写的内容还在。',
  draftAt: (time: string) => `草稿 ${time}`,
};

export const status = {
  open: '待办', unclaimed: '待认领', soon: '临近到期', overdue: '已超期', escalated: '已报上一级', unknownDue: '期限待定',
  running: '办理中', withdrawing: '撤回中', ended: '已办结', passed: '办结·通过', failed: '办结·未通过', stopped: '办结',
  done: '已办', agreed: '同意', refused: '不同意', returned: '已退回', closed: '已关闭', claimed: '已由我认领', claimedBy: (who: string) => `${who} 已认领`,
  probation: '试用期', formal: '正式', left: '已离职', noStatus: '未建档', assumed: '推定', incident: '事件待处理',
  executed: '已执行', rejected: '已拒绝', read: '已查阅', error: '错误', check: '需核对', good: '可以导入',
  waiting: '等待发出', sending: '正在发出', sent: '已发出', sendFailed: '没有发出', noAddress: '没有邮箱',
  confirm: '待您确认', fill: '待您填写', round: (round: number) => `第 ${round} 轮`, tentative: '暂定', fixed: '已确定',
};

export const shell = {
  nav: {
    workbench: '工作台', tasks: '待办', done: '已办', started: '我发起', cases: '办件', mine: '我的办件', myFile: '我的档案', start: '发起', importing: '导入',
    roster: '名册', mails: '提醒', audit: '审计', incidents: '事件',
  },
  groups: { handle: '办理', people: '队伍', records: '时间与记录' },
  navLabel: '主导航',
  help: '帮助与快捷键',
  search: '按姓名或办件号查找',
  searchLabel: '查找办件或人员',
  online: '已连接',
  offline: '已断开，正在重连；列表可能不是最新',
  signOut: '退出登录',
  account: '账号',
  noPost: '没有在任职务',
};

export const keys = {
  title: '快捷键',
  intro: '在输入框里打字时，单键不起作用。',
  singleKeys: '使用单键快捷键',
  singleKeysHelp: '关闭后，j、k、a、r、o 等单键都不起作用，Ctrl+Enter 仍可提交。',
  list: {
    next: '下一件', previous: '上一件', agree: '选同意，并跳到要填的地方', back: '退回', open: '打开整件', submit: '提交', search: '查找', goTasks: '到待办', goWorkbench: '到工作台', goStart: '到发起', all: '全部快捷键',
  },
};
