import type { Tx } from '../db.ts';
import { append } from '../ledger/append.ts';

/** What an incident is about; its words for people are in libs/domain/incident-texts.ts. */
export interface IncidentToOpen {
  key: string;
  kind: string;
  caseId: string | null;
  unitCode: string | null;
  detail: Record<string, string | number | null>;
  at: Date;
}

/** Opens an incident once: the same key again, while it is open or after, does nothing. */
export async function openIncident(tx: Tx, { key, kind, caseId, unitCode, detail, at }: IncidentToOpen): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO incident (key, kind, case_id, unit_code, detail, opened_at)
    VALUES (${key}, ${kind}, ${caseId}::uuid, ${unitCode}, ${JSON.stringify(detail)}::jsonb, ${at}) ON CONFLICT (key) DO NOTHING RETURNING id`;
  if (rows.length === 0) return;
  await append(tx, {
    chain: caseId ? `case:${caseId}` : 'system',
    verb: 'incident.open',
    accepted: true,
    at,
    actor: null,
    caseId,
    detail: { key, kind, ...detail },
  });
}

/** Closes an incident that has mended itself or was mended, with what was done. */
export async function closeIncident(tx: Tx, key: string, resolution: string, at: Date): Promise<void> {
  const rows = await tx.$queryRaw<{ caseId: string | null }[]>`
    UPDATE incident SET resolved_at = ${at}, resolution = ${resolution} WHERE key = ${key} AND resolved_at IS NULL RETURNING case_id AS "caseId"`;
  for (const { caseId } of rows)
    await append(tx, {
      chain: caseId ? `case:${caseId}` : 'system',
      verb: 'incident.resolve',
      accepted: true,
      at,
      actor: null,
      caseId,
      detail: { key, resolution },
    });
}
