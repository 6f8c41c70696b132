/** 设置: what each person arranges for themself. */
export const settings = {
  title: '设置',
  wishes: {
    title: '提醒方式',
    note: '只影响邮件，待办里始终都有',
    pace: '新的待办和消息怎样通知我',
    paces: {
      usual: { title: '按系统默认', help: '指名给我的立即发邮件；同组都可以办的并入每日摘要，一个工作日内到期的立即发' },
      digest: { title: '只要每日摘要', help: '每个工作日 08:30 一封' },
      each: { title: '每件立即发邮件', help: '同组的待办也逐件发' },
    },
    always: '一个工作日内到期或已超期的、催办、告知本人的通知，任何方式下都立即发。21:00–08:00 和休息日不发，法定期限将过的除外。',
    copies: '抄送给我的也发邮件',
    save: '保存',
    saved: '已保存，从下一封起按此发送。',
  },
};
