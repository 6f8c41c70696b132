import type { Tx } from '../db.ts';
import type { DeskRoom } from '../desk/room.ts';
import type { CaseState } from '../desk/state.ts';

/** Under this name contracts say that whoever has registered belongs on the list. */
export const APPLICANTS = 'applicants';

/** People in one transaction. */
const AT_ONCE = 500;

/** Puts those who have registered on their batch's list, some hundred at a time; whether there are more. They have their cases since the registration. */
export async function enrolApplicants(
  tx: Tx,
  _room: DeskRoom,
  { id, unitCode }: Pick<CaseState, 'id' | 'unitCode'>,
  at: Date,
): Promise<boolean> {
  const count = await tx.$executeRaw`
    INSERT INTO batch_item (case_id, batch_id, no, name, community, street, county, roster, joined_at)
    SELECT a.case_id, a.batch_id, c.case_no, k.name, u.code, CASE u.level WHEN 'community' THEN u.parent_code ELSE u.code END, ${unitCode},
      jsonb_build_object('postCode', p.code, 'postTitle', p.title, 'education', k.education, 'certificate', k.certificate), ${at}
    FROM application a JOIN "case" c ON c.id = a.case_id JOIN candidate k ON k.id = a.candidate_id
    JOIN recruitment_post p ON p.batch_id = a.batch_id AND p.code = a.post_code JOIN unit u ON u.code = p.unit_code
    WHERE a.batch_id = ${id}::uuid AND c.status = 'running' AND NOT EXISTS (SELECT FROM batch_item i WHERE i.case_id = a.case_id)
    ORDER BY c.case_no LIMIT ${AT_ONCE}`;
  return count === AT_ONCE;
}
