import yauzl from 'yauzl';
import { refuse, type Refusal } from '../domain/refusal.ts';

const MB = 1024 * 1024;
/** Bounds on what is read: an upload, its parts, all of them unpacked, and how far anything may swell. */
export const limits = { uploadBytes: 20 * MB, entries: 2000, unpackedBytes: 120 * MB, swell: 200, swellFrom: 8 * MB };

/** The parts of a workbook by name, unpacked within the limits. */
export type Parts = Map<string, Buffer>;

/** Unpacks an .xlsx, or says what the file is instead and what to do. The bytes decide, never the file's name. */
export async function openWorkbook(bytes: Uint8Array): Promise<Parts | Refusal> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length > limits.uploadBytes) {
    return refuse('WorkbookTooLarge', { mb: Math.ceil(buffer.length / MB), limitMb: limits.uploadBytes / MB });
  }
  const other = otherFormat(buffer);
  if (other) return other;
  try {
    const parts = await unpack(buffer);
    return parts === null ? refuse('WorkbookBomb') : (notAWorkbook(parts) ?? parts);
  } catch {
    return refuse('WorkbookBroken');
  }
}

const startsWith = (buffer: Buffer, ...magics: string[]) =>
  magics.some((magic) => buffer.subarray(0, magic.length).equals(Buffer.from(magic, 'latin1')));

function otherFormat(buffer: Buffer): Refusal | null {
  if (buffer.length === 0) return refuse('WorkbookEmpty');
  if (startsWith(buffer, 'PK\x03\x04')) return null;
  if (startsWith(buffer, '\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1')) {
    // An encrypted .xlsx is wrapped in the old container; the name of its stream stands in the directory.
    return refuse(buffer.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'WorkbookEncrypted' : 'WorkbookOldFormat');
  }
  if (startsWith(buffer, 'MZ', '\x7FELF', '\xCA\xFE\xBA\xBE', '\xCF\xFA\xED\xFE', '#!')) return refuse('WorkbookIsProgram');
  if (startsWith(buffer, '%PDF')) return refuse('WorkbookOtherFormat', { what: ' PDF 文件' });
  if (startsWith(buffer, '\xFF\xD8\xFF', '\x89PNG', 'GIF8', 'BM')) return refuse('WorkbookOtherFormat', { what: '图片' });
  if (startsWith(buffer, 'Rar!', '7z\xBC\xAF', '\x1F\x8B', 'PK')) return refuse('WorkbookOtherFormat', { what: '压缩包' });
  return looksLikeText(buffer) ? refuse(...textFormat(buffer)) : refuse('WorkbookOtherFormat', { what: '无法识别的文件' });
}

function looksLikeText(buffer: Buffer): boolean {
  if (startsWith(buffer, '\xFF\xFE', '\xFE\xFF')) return true;
  return !buffer.subarray(0, 4096).some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
}

function textFormat(buffer: Buffer): Parameters<typeof refuse> {
  const start = buffer
    .subarray(0, 2048)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
    .toLowerCase();
  if (/^(<!doctype html|<html|<table|<meta|<style)/.test(start)) return ['WorkbookOtherFormat', { what: '网页格式的假 Excel 文件' }];
  if (start.startsWith('<?xml') || start.startsWith('<')) return ['WorkbookOtherFormat', { what: ' XML 文件' }];
  if (start.startsWith('{\\rtf')) return ['WorkbookOtherFormat', { what: ' RTF 文档' }];
  return ['WorkbookIsText'];
}

function notAWorkbook(parts: Parts): Refusal | null {
  const names = [...parts.keys()];
  const has = (test: RegExp) => names.some((name) => test.test(name));
  if (has(/(^|\/)vbaProject\.bin$/i)) return refuse('WorkbookHasMacros');
  if (parts.has('[Content_Types].xml') && has(/^xl\/workbook\d*\.xml$/)) return null;
  if (has(/^xl\/workbook\.bin$/)) return refuse('WorkbookOtherFormat', { what: '二进制工作簿（.xlsb）' });
  if (has(/^word\//)) return refuse('WorkbookOtherFormat', { what: ' Word 文档' });
  if (has(/^ppt\//)) return refuse('WorkbookOtherFormat', { what: '演示文稿' });
  if (parts.get('mimetype')?.toString('latin1').includes('opendocument'))
    return refuse('WorkbookOtherFormat', { what: ' OpenDocument 表格（.ods）' });
  return refuse('WorkbookOtherFormat', { what: '压缩包' });
}

/** Null when the parts swell past the limits: first by what the directory says of them, then by what really comes out. */
async function unpack(buffer: Buffer): Promise<Parts | null> {
  const zip = await yauzl.fromBufferPromise(buffer, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
  const entries: yauzl.Entry[] = [];
  let declared = 0;
  for await (const entry of zip.eachEntry()) {
    declared += entry.uncompressedSize;
    if (entries.push(entry) > limits.entries || swollen(declared, buffer.length)) return null;
  }
  const parts: Parts = new Map();
  let total = 0;
  for (const entry of entries) {
    if (entry.fileName.endsWith('/')) continue;
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      total += (chunk as Buffer).length;
      if (swollen(total, buffer.length)) return null;
      chunks.push(chunk as Buffer);
    }
    parts.set(entry.fileName, Buffer.concat(chunks));
  }
  return parts;
}

const swollen = (unpacked: number, packed: number) =>
  unpacked > limits.unpackedBytes || (unpacked > limits.swellFrom && unpacked > packed * limits.swell);
