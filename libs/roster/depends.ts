import type { Tx } from '../db.ts';
import type { ImportBatch } from '../../prisma/generated/client.ts';

interface Named {
  name: string;
  staffNo: string;
}

const PEOPLE = `SELECT i.person_id FROM import_item i WHERE i.batch_id = $1::uuid AND i.action = 'new'`;
const ACCOUNTS = `SELECT a.id FROM account a WHERE a.person_id IN (${PEOPLE})`;

/** What may be built on a person that an import put on record, and the people of whom it was. Each query yields person ids. */
const DEPENDENCES: readonly { what: string; query: string }[] = [
  { what: '已有办件', query: `SELECT c.person_id FROM "case" c WHERE c.person_id IN (${PEOPLE})` },
  {
    what: '发起过办件或被指定办理',
    query: `SELECT a.person_id FROM account a WHERE a.id IN (${ACCOUNTS}) AND (
      EXISTS (SELECT 1 FROM "case" c WHERE a.id IN (c.starter_id, c.started_by_id)) OR EXISTS (SELECT 1 FROM task t WHERE t.assignee_id = a.id OR a.id IN (t.answered_by_id, t.answered_for_id)))`,
  },
  {
    what: '账号已激活或已发激活码',
    // An account that the demonstration opened by itself counts once somebody has used it.
    query: `SELECT a.person_id FROM account a WHERE a.id IN (${ACCOUNTS}) AND (a.status <> 'inactive' OR a.activation_hash IS NOT NULL)
      AND NOT (a.demo AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.account_id = a.id))`,
  },
  {
    what: '任职、合同、岗位档次或考核后来又有记录',
    query: `SELECT f.person_id FROM person_fact f WHERE f.person_id IN (${PEOPLE}) AND (f.ground <> 'import:' || $1::text OR f.ended_at IS NOT NULL)`,
  },
  {
    what: '另有任命',
    query: `SELECT a.person_id FROM account a JOIN post_held p ON p.account_id = a.id WHERE a.id IN (${ACCOUNTS}) AND p.role NOT IN ('WORKER', 'COMMUNITY_SECRETARY')`,
  },
  {
    what: '申报了近亲属',
    query: `SELECT a.person_id FROM account a JOIN relative r ON a.id IN (r.account_id, r.other_id) WHERE a.id IN (${ACCOUNTS})`,
  },
];

/** Why an import can no longer be taken back, in words; null when nothing depends on it. */
export async function whatDepends(tx: Tx, { id, confirmedAt }: Pick<ImportBatch, 'id' | 'confirmedAt'>): Promise<string | null> {
  // A case that starts meanwhile holds its person (libs/openings): it waits for these rows and then finds nobody, or is waited for and found.
  await tx.$executeRaw`SELECT 1 FROM person WHERE id IN (SELECT person_id FROM import_item WHERE batch_id = ${id}::uuid) FOR UPDATE`;
  const later = await tx.$queryRaw<Named[]>`
    SELECT DISTINCT p.name, p.staff_no AS "staffNo" FROM import_item mine JOIN import_item other ON other.person_id = mine.person_id AND other.batch_id <> mine.batch_id
    JOIN import_batch b ON b.id = other.batch_id JOIN person p ON p.id = mine.person_id
    WHERE mine.batch_id = ${id}::uuid AND b.status = 'confirmed' AND b.confirmed_at > ${confirmedAt} ORDER BY 2`;
  const reasons = later.length > 0 ? [told('之后的导入又改动过', later)] : [];
  for (const { what, query } of DEPENDENCES) {
    const people = await tx.$queryRawUnsafe<Named[]>(
      `SELECT p.name, p.staff_no AS "staffNo" FROM person p WHERE p.id IN (${query}) ORDER BY p.staff_no`,
      id,
    );
    if (people.length > 0) reasons.push(told(what, people));
  }
  return reasons.length === 0 ? null : `${reasons.join('；')}。`;
}

function told(what: string, people: readonly Named[]): string {
  const named = people.slice(0, 3).map(({ name, staffNo }) => `${name} ${staffNo}`);
  return `${people.length} 人${what}（${named.join('、')}${people.length > named.length ? ' 等' : ''}）`;
}
