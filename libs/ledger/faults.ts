/** The first broken place of a ledger: a stable code, and where. */
export interface Fault {
  code: FaultCode;
  chain?: string;
  seq?: number;
  entryId?: string;
  sealNo?: number;
  /** SHA-256 of an attachment's content, in hex. */
  file?: string;
}

const entry = ({ chain, seq, entryId }: Fault) =>
  [chain && `链 ${chain}`, seq !== undefined && `第 ${seq} 条`, entryId && `（记录号 ${entryId}）`].filter(Boolean).join(' ');

/** Every way in which a ledger can be found broken, and how a reader is told. */
const texts = {
  EntryBodyUnreadable: (at) => `${entry(at)} 的正文不是可读的记录。`,
  EntryColumnsWrong: (at) => `${entry(at)} 的检索栏（时间、动作、是否受理、经办人、办件、人员）与正文不符。`,
  EntryHashWrong: (at) => `${entry(at)} 的内容与其指纹不符，正文或前后次序被改动过。`,
  ChainGap: (at) => `${entry(at)} 处编号不连续，有记录被删除、插入或改号。`,
  ChainBroken: (at) => `${entry(at)} 与前一条不衔接。`,
  ChainHeadWrong: (at) => `${entry(at)} 与链头登记的末条不符，链尾被截去或添加过。`,
  EntryNeverSealed: (at) => `${entry(at)} 既未封存，也不在待封存之列。`,
  EntryQueuedTwice: (at) => `${entry(at)} 已经封存，却又列为待封存。`,
  UnsealedEntryMissing: (at) => `待封存的记录已不存在：${entry(at)}。`,
  SealedEntryMissing: (at) => `第 ${at.sealNo} 号封存所含的记录已不存在：${entry(at)}。`,
  SealGap: (at) => `第 ${at.sealNo} 号封存缺失，封存编号不连续。`,
  SealLinkWrong: (at) => `第 ${at.sealNo} 号封存与前一号不衔接。`,
  SealItemsWrong: (at) => `第 ${at.sealNo} 号封存的记录数目或次序与封存时不符。`,
  SealRootWrong: (at) => `第 ${at.sealNo} 号封存所含的记录与封存时的总指纹不符，其中有记录在封存后被改写。`,
  SealHashWrong: (at) => `第 ${at.sealNo} 号封存的内容与其指纹不符。`,
  SealKeyUnknown: (at) => `第 ${at.sealNo} 号封存不是用受信任的密钥签署的。`,
  SealSignatureWrong: (at) => `第 ${at.sealNo} 号封存的签名无效。`,
  SealMissing: (at) => `库外封存登记中有第 ${at.sealNo} 号封存，数据库中却没有，账本的末尾被截去或被旧备份覆盖。`,
  SealDiffersFromLog: (at) => `第 ${at.sealNo} 号封存与库外封存登记不符，封存被重做过。`,
  SealsLogUnreadable: (at) => `库外封存登记在第 ${at.sealNo ?? 0} 号封存之后有无法读取的行。`,
  FileContentWrong: (at) => `附件 ${at.file} 的内容与其指纹不符，文件被改动过。`,
  FileMissing: (at) => `附件 ${at.file} 的内容已不存在。`,
  AttachmentNotRecorded: (at) => `附件 ${at.file} 没有交来时的记录，是绕过系统放进来的。`,
  AttachmentMissing: (at) => `记录号 ${at.entryId} 登记的附件 ${at.file} 已不在办件中。`,
  AttachmentDiffers: (at) => `记录号 ${at.entryId} 登记的附件 ${at.file} 与办件中的不符（内容、名称、办件或交来人）。`,
} satisfies Record<string, (at: Fault) => string>;

export type FaultCode = keyof typeof texts;

/** The fault in plain words, for people. */
export const faultText = (fault: Fault): string => texts[fault.code](fault);
