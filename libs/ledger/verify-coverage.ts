import type { Tx } from '../db.ts';
import type { Fault, FaultCode } from './faults.ts';

/** Every entry stands under exactly one seal or waits for one; nothing waits or is sealed that is not there. */
export async function coverageFault(tx: Tx): Promise<Fault | null> {
  const [wrong] = await tx.$queryRaw<{ code: FaultCode; chain: string | null; seq: number | null; id: bigint; sealNo: number | null }[]>`
    SELECT * FROM (
      SELECT 'EntryNeverSealed' AS code, e.chain, e.seq, e.id, NULL::int AS "sealNo" FROM ledger_entry e
      WHERE NOT EXISTS (SELECT FROM ledger_seal_item i WHERE i.entry_id = e.id) AND NOT EXISTS (SELECT FROM ledger_unsealed u WHERE u.entry_id = e.id)
      UNION ALL
      SELECT 'UnsealedEntryMissing', NULL, NULL, u.entry_id, NULL FROM ledger_unsealed u WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.id = u.entry_id)
      UNION ALL
      SELECT 'EntryQueuedTwice', e.chain, e.seq, e.id, i.seal_no FROM ledger_unsealed u
      JOIN ledger_seal_item i ON i.entry_id = u.entry_id JOIN ledger_entry e ON e.id = u.entry_id
      UNION ALL
      SELECT 'SealItemsWrong', NULL, NULL, i.entry_id, i.seal_no FROM ledger_seal_item i WHERE NOT EXISTS (SELECT FROM ledger_seal s WHERE s.no = i.seal_no)
    ) wrong ORDER BY id LIMIT 1`;
  if (!wrong) return null;
  const { code, chain, seq, id, sealNo } = wrong;
  return { code, entryId: String(id), ...(chain && { chain }), ...(seq && { seq }), ...(sealNo && { sealNo }) };
}

/**
 * Attachments are kept by the SHA-256 of their content, which the ledger names: the content must still be there and still have that hash, each attachment
 * is the one that the ledger says was handed in, and each that was handed in is there.
 */
export async function fileFault(tx: Tx): Promise<Fault | null> {
  const [wrong] = await tx.$queryRaw<{ code: FaultCode; file: string; entryId: bigint | null }[]>`
    WITH handed_in AS (
      SELECT id, case_id, (body::jsonb -> 'detail' ->> 'attachmentId')::uuid AS attachment_id, body::jsonb -> 'detail' ->> 'sha256' AS sha256, body::jsonb -> 'detail' ->> 'name' AS name, account_id
      FROM ledger_entry WHERE verb = 'case.attach' AND accepted
    )
    SELECT 'FileContentWrong' AS code, sha256 AS file, NULL::bigint AS "entryId" FROM file_content WHERE encode(sha256(bytes), 'hex') <> sha256
    UNION ALL
    SELECT 'FileMissing', sha256, NULL FROM attachment WHERE NOT EXISTS (SELECT FROM file_content f WHERE f.sha256 = attachment.sha256)
    UNION ALL
    SELECT 'AttachmentNotRecorded', a.sha256, NULL FROM attachment a WHERE NOT EXISTS (SELECT FROM handed_in h WHERE h.attachment_id = a.id)
    UNION ALL
    SELECT CASE WHEN a.id IS NULL THEN 'AttachmentMissing' ELSE 'AttachmentDiffers' END, h.sha256, h.id FROM handed_in h LEFT JOIN attachment a ON a.id = h.attachment_id
    WHERE a.id IS NULL OR (a.sha256, a.name, a.case_id, a.account_id) IS DISTINCT FROM (h.sha256, h.name, h.case_id, h.account_id)
    LIMIT 1`;
  if (!wrong) return null;
  const { code, file, entryId } = wrong;
  return { code, file, ...(entryId !== null && { entryId: String(entryId) }) };
}
