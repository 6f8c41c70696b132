/** One kind of incident in plain words: what happened, and what is safe to do. */
interface IncidentText {
  title: (detail: Record<string, unknown>) => string;
  safe: string;
}

const of = (detail: Record<string, unknown>) => [detail.caseNo, detail.title].filter(Boolean).join(' ');

const texts: Record<string, IncidentText> = {
  NobodyToAsk: {
    title: (d) => `${of(d)}：“${String(d.stageTitle ?? '')}”没有任何人可以办理`,
    safe: '请在单位任职中补齐应办人员；补齐后系统会重新派发。',
  },
  MissingCalendar: {
    title: (d) => `${String(d.year)} 年工作日历还没有导入，相关期限暂不能确定`,
    safe: '请导入国务院办公厅当年放假安排；导入后各期限自动重算，此前不会按周一至周五推算。',
  },
  StageLapsed: {
    title: (d) => `${of(d)}：“${String(d.stageTitle ?? '')}”到期未办`,
    safe: '请查明原因并在办件中补充说明；该环节已依法截止，不能补办。',
  },
  ConvertedBySilence: {
    title: (d) => `${of(d)}：试用期满未作结论，依法自动转正`,
    safe: '请查明未按期办结的原因。不能再以试用期不合格为由解除。',
  },
  StoryMissing: { title: (d) => `${of(d)}：流程引擎中找不到这件的进程`, safe: '系统已从办件记录重新接续，无需操作；请核对办件当前环节。' },
  CaseStalled: {
    title: (d) => `${of(d)}：这件没有在等任何人或任何日期`,
    safe: '请联系系统管理员查看；已办意见都在，升级修复后会自动继续。',
  },
  MessagesWait: {
    title: (d) => `流程引擎暂时联系不上，${String(d.count ?? '')} 条进展在排队`,
    safe: '各级可以照常办理；引擎恢复后按顺序接续。请系统管理员检查引擎。',
  },
  StoryDiffers: {
    title: (d) => `${of(d)}：夜间对账时流程引擎与办件记录不一致（${String(d.what ?? '')}）`,
    safe: '系统已从办件记录重新接续，无需操作；请核对办件当前环节。',
  },
  OutcomeDiffers: {
    title: (d) => `${of(d)}：夜间对账时流程引擎的结果与办件不同（${String(d.what ?? '')}）`,
    safe: '以办件和账本为准，照常使用；请系统管理员把这一件的编号交给维护人员查明。',
  },
  LedgerDiffers: {
    title: (d) => `${of(d)}：夜间对账时办件与账本不一致（${String(d.what ?? '')}）`,
    safe: '请审计管理员核验账本并导出这一件的卷宗；查明之前不要在数据库中作任何改动。',
  },
  MailDiffers: {
    title: (d) => `${of(d)}：夜间对账时邮件记录与办理不一致（${String(d.what ?? '')}）`,
    safe: '请在“提醒”页核对这一件的邮件，没有收到的人请另行告知；办理本身不受影响。',
  },
  FactConflict: { title: (d) => `${of(d)}：人员信息与已有的后续记录冲突，没有写入`, safe: '请在个人档案中核对该项记录后手工更正。' },
  Fault: {
    title: (d) => `系统在处理“${String(d.place ?? '')}”时出现故障`,
    safe: '当时的操作没有生效，可以重试。请系统管理员把当天的日志交给维护人员。',
  },
  MassReduction: {
    title: (d) => `${of(d)}：本街道（乡镇）同期拟解除 ${String(d.people ?? '')} 人，职工共 ${String(d.staff ?? '')} 人，达到裁减人员的标准`,
    safe: '请暂缓送达，先核对是否应当按劳动合同法第四十一条办理：提前三十日向工会或全体职工说明情况、听取意见，并向人力资源社会保障部门报告。',
  },
  RatingChangedLate: {
    title: (d) => `${of(d)}：解除劳动合同生效后，作为依据的考核结果被改变`,
    safe: '请县（区）人社局在办件中确认恢复劳动关系或支付赔偿金（劳动合同法第四十八、八十七条）。',
  },
  UndoFailed: { title: (d) => `${of(d)}：撤回时有一项改动没有还原`, safe: '请在个人档案中核对并手工更正，办件已停止办理。' },
};

export const incidentTitle = (kind: string, detail: Record<string, unknown>): string => texts[kind]?.title(detail) ?? kind;
export const incidentAdvice = (kind: string): string => texts[kind]?.safe ?? '请联系系统管理员。';
