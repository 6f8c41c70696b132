import { createHash } from 'node:crypto';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { act } from './act.ts';
import { hasPart } from './reach.ts';
import type { Acted, By, DeskRoom, Verdict } from './room.ts';

/** 评论: by anyone with a part in the case, while it runs. */
export function comment(room: DeskRoom, { caseId, text, ...by }: By & { caseId: string; text: string }): Promise<Verdict> {
  return act(room, by, 'case.comment', { caseId }, async (tx, state) => {
    if (!(await hasPart(tx, caseId, by.actor))) return refuse('NotYourCase');
    if (state.status === 'ended') return refuse('CaseEnded');
    await tx.comment.create({ data: { caseId, accountId: by.actor.accountId, text, at: by.at } });
    return { detail: { text } };
  });
}

const accepted: readonly { type: string; starts: readonly number[]; extensions: RegExp }[] = [
  { type: 'application/pdf', starts: [0x25, 0x50, 0x44, 0x46], extensions: /\.pdf$/i },
  { type: 'application/zip', starts: [0x50, 0x4b, 0x03, 0x04], extensions: /\.(docx|xlsx)$/i },
  { type: 'image/png', starts: [0x89, 0x50, 0x4e, 0x47], extensions: /\.png$/i },
  { type: 'image/jpeg', starts: [0xff, 0xd8, 0xff], extensions: /\.jpe?g$/i },
];

/** The type by content and name together, or null for what is not accepted as an attachment. */
export function attachmentType(name: string, bytes: Uint8Array): string | null {
  return accepted.find(({ starts, extensions }) => extensions.test(name) && starts.every((byte, i) => bytes[i] === byte))?.type ?? null;
}

/** 附件: kept once by content hash, which is what the ledger records. Refuses `FileTypeRefused`; size is bounded at the door. */
export async function attach(
  room: DeskRoom,
  { caseId, name, bytes, ...by }: By & { caseId: string; name: string; bytes: Uint8Array<ArrayBuffer> },
): Promise<Refusal | (Acted & { id: string; sha256: string })> {
  const type = attachmentType(name, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  let id = '';
  const verdict = await act(room, by, 'case.attach', { caseId }, async (tx, state) => {
    if (!(await hasPart(tx, caseId, by.actor))) return refuse('NotYourCase');
    if (state.status === 'ended') return refuse('CaseEnded');
    if (!type) return refuse('FileTypeRefused', { type: name.includes('.') ? name.slice(name.lastIndexOf('.')) : '没有扩展名' });
    await tx.fileContent.createMany({ data: [{ sha256, bytes, size: bytes.length, type }], skipDuplicates: true });
    const open = await tx.stageRun.findFirst({
      where: { caseId, status: 'open' },
      orderBy: { openedAt: 'desc' },
      select: { stage: true, round: true },
    });
    const row = await tx.attachment.create({
      data: { caseId, stage: open?.stage ?? null, round: open?.round ?? null, sha256, name, accountId: by.actor.accountId, at: by.at },
    });
    id = row.id;
    return { ...open, detail: { attachmentId: id, name, sha256, size: bytes.length } };
  });
  if ('refused' in verdict) return verdict;
  // the same request again: the file that it brought the first time
  id ||= (
    await room.db.attachment.findFirstOrThrow({
      where: { caseId, sha256, accountId: by.actor.accountId },
      orderBy: { at: 'desc' },
      select: { id: true },
    })
  ).id;
  return { ...verdict, id, sha256 };
}
