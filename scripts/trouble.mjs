// What can go wrong on somebody's machine, told as one sentence with the way out, in Chinese and in English.

/** An expected trouble: its message is all that a person needs to read. */
export class Trouble extends Error {
  constructor(chinese, english) {
    super(`${chinese}\n  ${english}`);
    this.name = 'Trouble';
  }
}

const fullDisk = (where) =>
  new Trouble(
    `磁盘已满（${where}）：请腾出空间后重试，已保存的数据不受影响。`,
    `The disk is full (${where}): free some space and start again; what was saved is safe.`,
  );
const readOnly = (where) =>
  new Trouble(
    `无法写入 ${where}：请检查权限，或用 DATA_DIR 指定可写的目录。`,
    `${where} cannot be written: check its permissions, or point DATA_DIR at a directory that can.`,
  );

/** A fault of the operating system as a Trouble; anything else as it is. */
export function explain(error, where) {
  if (error instanceof Trouble) return error;
  const place = error.path && !error.path.startsWith(where) ? error.path : where;
  const words = `${error.code ?? ''} ${error.message ?? error} ${error.stderr ?? ''}`;
  if (/ENOSPC|No space left|database or disk is full/i.test(words)) return fullDisk(place);
  if (/EROFS|EACCES|EPERM|ENOTDIR|Read-only file system|Permission denied/i.test(words)) return readOnly(place);
  return error;
}

/** Prints a trouble, or a bug with its stack. */
export function tell(error) {
  console.error(`✗ ${error instanceof Trouble ? error.message : (error.stack ?? error)}`);
}

export { fullDisk, readOnly };
