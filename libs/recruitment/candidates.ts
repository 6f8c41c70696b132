import type { Tx } from '../db.ts';
import type { PersonKeys } from '../people/keys.ts';
import { indexOf, sealIdNumber } from '../people/keys.ts';
import type { Applicant } from './read-applicants.ts';

/** A candidate as far as an application needs them. */
export interface CandidateRef {
  id: string;
  accountId: string | null;
  name: string;
}

/**
 * Puts candidates on record or brings what is known of them up to date, in one statement, by their ID numbers. `accountId` links whoever registers by
 * themself. Returns them by ID number.
 */
export async function saveCandidates(
  tx: Tx,
  keys: PersonKeys,
  applicants: readonly Applicant[],
  at: Date,
  accountId: string | null = null,
): Promise<Map<string, CandidateRef>> {
  const byIndex = new Map<string, string>();
  const rows = applicants.map(({ idNo, postCode: _, exceptions: _e, negatives: _n, bonus: _b, ...person }) => {
    const { idNoCipher, ...sealed } = sealIdNumber(keys, idNo);
    byIndex.set(sealed.idNoIndex, idNo);
    return { ...person, ...sealed, cipher: Buffer.from(idNoCipher).toString('base64') };
  });
  const saved = await tx.$queryRaw<(CandidateRef & { idNoIndex: string })[]>`
    INSERT INTO candidate AS known (account_id, name, sex, born_on, id_no_cipher, id_no_index, id_no_masked, ethnicity, political_status, education, full_time, school, major,
      certificate, household, origin, phone, email, created_at, changed_at)
    SELECT ${accountId}::uuid, name, sex, "bornOn", decode(cipher, 'base64'), "idNoIndex", "idNoMasked", ethnicity, "politicalStatus", education, "fullTime", school, major,
      certificate, household, origin, phone, email, ${at}, ${at}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (name text, sex text, "bornOn" date, cipher text, "idNoIndex" text, "idNoMasked" text, ethnicity text,
      "politicalStatus" text, education text, "fullTime" boolean, school text, major text, certificate text, household text, origin text, phone text, email text)
    ON CONFLICT (id_no_index) DO UPDATE SET account_id = coalesce(known.account_id, excluded.account_id), name = excluded.name, ethnicity = excluded.ethnicity,
      political_status = excluded.political_status, education = excluded.education, full_time = excluded.full_time, school = excluded.school, major = excluded.major,
      certificate = excluded.certificate, household = excluded.household, origin = excluded.origin, phone = excluded.phone, email = excluded.email, changed_at = excluded.changed_at
    RETURNING id, account_id AS "accountId", name, id_no_index AS "idNoIndex"`;
  return new Map(saved.map(({ idNoIndex, ...ref }) => [byIndex.get(idNoIndex) as string, ref]));
}

/** The candidate of an ID number; null where nobody has registered by it. */
export function candidateByIdNumber(tx: Tx, keys: PersonKeys, idNo: string) {
  return tx.candidate.findUnique({
    where: { idNoIndex: indexOf(keys, idNo) },
    select: { id: true, accountId: true, name: true, email: true },
  });
}
