import type { RefusalText } from '../refusal-text.ts';

const SAVE_AS = '请用 Excel 或 WPS 打开，“另存为”Excel 工作簿（.xlsx）后再上传';

/** Roster import: what is wrong with a file as a whole, and with an act on a batch. Faults of single rows are no refusals. */
export const rosterRefusals = {
  WorkbookTooLarge: {
    status: 413,
    text: (p) => `文件有 ${p.mb} MB，超过 ${p.limitMb} MB。请删去图片和无关的表，或按区县拆成几个文件后再上传。`,
  },
  WorkbookEmpty: { status: 422, text: () => '文件是空的，没有任何内容。请重新选择花名册文件。' },
  WorkbookOldFormat: { status: 415, text: () => `这是旧版 Excel（.xls）或 WPS（.et）文件，不能直接读取。${SAVE_AS}。` },
  WorkbookEncrypted: { status: 415, text: () => '工作簿设了打开密码，不能读取。请去掉密码另存后再上传。' },
  WorkbookIsProgram: {
    status: 415,
    text: () => '这是一个程序文件，不是工作簿，已拒绝并且没有打开。请不要在您的电脑上运行它，并告知系统管理员。',
  },
  WorkbookIsText: { status: 415, text: () => `这是文本（CSV）文件，长数字和日期在其中容易丢失。${SAVE_AS}。` },
  WorkbookHasMacros: { status: 415, text: () => `工作簿带有宏，不能读取。${SAVE_AS}（不带宏）。` },
  WorkbookOtherFormat: { status: 415, text: (p) => `这是${p.what}，不是 .xlsx 工作簿。${SAVE_AS}。` },
  WorkbookBomb: { status: 413, text: () => '文件解压后过大，与花名册不相称，已拒绝读取。请只保留花名册一张表，复制到新的工作簿后再上传。' },
  WorkbookBroken: { status: 422, text: () => '文件已损坏或不完整，读不出内容。请用 Excel 或 WPS 打开检查，另存一份后再上传。' },
  WorkbookTooManyRows: { status: 413, text: (p) => `表“${p.sheet}”有内容的行超过 ${p.limit} 行。请按区县拆成几个文件后再上传。` },
  WorkbookNoHeader: {
    status: 422,
    text: (p) =>
      `没有找到表头行${p.sheets ? `（看过的表：${p.sheets}）` : ''}。表头应有“姓名”“身份证号”“社区”等列名；也可以下载空白模板，把数据贴进去再上传。`,
  },
  WorkbookNoRows: { status: 422, text: (p) => `表“${p.sheet}”的表头下面没有人员。请填好后再上传，或改选另一张表。` },
  WorkbookColumns: {
    status: 422,
    text: (p) => (p.twice ? `${p.twice} 列都像“${p.field}”，请只留一列。` : `没有找到“${p.field}”列，请补上这一列的表头后再上传。`),
  },
  WorkbookNoSheet: { status: 422, text: (p) => `工作簿里没有表“${p.sheet}”。请改选另一张表。` },

  ImportNotChecked: {
    status: 409,
    text: (p) => `这次导入${p.how ?? '还没有通过试运行'}，不能确认。${p.todo ?? '请先对应好各列并试运行。'}`,
  },
  ImportHasFaults: {
    status: 409,
    text: (p) => `还有 ${p.rows} 行有错误，一行也没有写入。请改好后再传，或选择“只导入没有错误的 ${p.good} 行”。`,
  },
  ImportNothingGood: { status: 409, text: () => '没有一行可以导入。请下载标注后的工作簿，改好后再上传。' },
  ImportFileGone: { status: 410, text: () => '这次导入的原文件已按规定清除，不能再下载或重做。需要时请重新上传。' },
  ImportNotUndoable: { status: 409, text: (p) => `这次导入不能撤销：${p.why}` },
} satisfies Record<string, RefusalText>;
