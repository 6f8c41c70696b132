import { hashPassword } from '../libs/access/password.ts';
import { createDb, type Tx } from '../libs/db.ts';
import type { Role } from '../libs/domain/roles.ts';
import { seedReference } from '../prisma/seed/reference.ts';
import { circles, PASSWORD, SIGNERS, SIGNERS_STREET, STARTERS } from './circles.ts';

/** Invented accounts with one post each and one password. */
interface Invented {
  userName: string;
  role: Role;
  unitCode: string;
}

const numbered = (count: number, of: (n: number) => Invented): Invented[] => Array.from({ length: count }, (_, n) => of(n));

/** Whoever takes part: in each circle as many holders of each post as there are virtual users, and the signers, who hold a post elsewhere. */
const invented: Invented[] = [
  ...circles.flatMap(({ name, users, community, street, county }) => [
    ...numbered(users, (n) => ({ userName: `${name}-community-${n}`, role: 'COMMUNITY_SECRETARY', unitCode: community })),
    ...numbered(users, (n) => ({ userName: `${name}-street-${n}`, role: 'STREET_HR', unitCode: street })),
    ...numbered(users, (n) => ({ userName: `${name}-county-${n}`, role: 'COUNTY_ORG', unitCode: county })),
    ...numbered(STARTERS, (n) => ({ userName: `${name}-starter-${n}`, role: 'COUNTY_HR', unitCode: county })),
  ]),
  ...numbered(SIGNERS, (n) => ({ userName: `signer-${n}`, role: 'STREET_PARTY_COMMITTEE', unitCode: SIGNERS_STREET })),
];

async function insert(tx: Tx, passwordHash: string): Promise<void> {
  const column = (of: (it: Invented) => string) => invented.map(of);
  await tx.$executeRaw`
    WITH person AS (
      SELECT * FROM unnest(${column((it) => it.userName)}::text[], ${column((it) => it.role)}::text[], ${column((it) => it.unitCode)}::text[]) AS t(user_name, role, unit_code)
    ), added AS (
      INSERT INTO account (user_name, display_name, email, password_hash, status)
      SELECT user_name, user_name, user_name || '@bench.invalid', ${passwordHash}, 'active' FROM person RETURNING id, user_name
    )
    INSERT INTO post_held (account_id, role, unit_code, from_on) SELECT added.id, role, unit_code, '2020-01-01' FROM added JOIN person USING (user_name)`;
}

const db = createDb(process.env.DATABASE_URL!);
await seedReference(db);
const passwordHash = await hashPassword(PASSWORD);
await db.$transaction((tx) => insert(tx, passwordHash));
await db.$disconnect();
