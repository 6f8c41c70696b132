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

/** Attachments are kept by the SHA-256 of their content, which the ledger names: the content must still be there and still have that hash. */
export async function fileFault(tx: Tx): Promise<Fault | null> {
  const [wrong] = await tx.$queryRaw<{ code: FaultCode; file: string }[]>`
    SELECT 'FileContentWrong' AS code, sha256 AS file FROM file_content WHERE encode(sha256(bytes), 'hex') <> sha256
    UNION ALL
    SELECT 'FileMissing', sha256 FROM attachment WHERE NOT EXISTS (SELECT FROM file_content f WHERE f.sha256 = attachment.sha256)
    LIMIT 1`;
  return wrong ?? null;
}
