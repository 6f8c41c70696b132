import { demoPassword, writeDemoAccounts } from '../../libs/access/demo-accounts.ts';
import { hashPassword, readableSecret } from '../../libs/access/password.ts';
import type { Db, Tx } from '../../libs/db.ts';
import type { Level, Role } from '../../libs/domain/roles.ts';
import { nameDrawer } from './demo-names.ts';

/** The city whose posts are filled; posts count from a day before any case. */
const CITY = '5206';
/** Where secretaries go to learn. */
const HOST_CITY = '4419';
const FROM = '2020-01-01';

interface Filling {
  /** In user names: committee-520602001-1. */
  slug: string;
  role: Role;
  level: Level;
  count: number;
  /** The title of the n-th holder, from 0. */
  title: (n: number) => string;
}

/** Enough people for any case to come to its end with every separation of duty kept. */
const fillings: readonly Filling[] = [
  { slug: 'city-org', role: 'CITY_ORG', level: 'city', count: 2, title: (n) => (n === 0 ? '组织二科科长' : '组织二科干部') },
  { slug: 'auditor', role: 'AUDITOR', level: 'city', count: 1, title: () => '审计管理员' },
  { slug: 'system', role: 'SYSTEM_ADMIN', level: 'city', count: 1, title: () => '系统管理员' },
  { slug: 'security', role: 'SECURITY_ADMIN', level: 'city', count: 1, title: () => '安全管理员' },
  { slug: 'county-org', role: 'COUNTY_ORG', level: 'county', count: 2, title: (n) => (n === 0 ? '组织部基层组织股股长' : '组织部干部') },
  { slug: 'county-hr', role: 'COUNTY_HR', level: 'county', count: 2, title: (n) => (n === 0 ? '人社局事业管理股股长' : '人社局干部') },
  { slug: 'county-civil', role: 'COUNTY_CIVIL', level: 'county', count: 1, title: () => '民政局基层政权股股长' },
  { slug: 'county-finance', role: 'COUNTY_FINANCE', level: 'county', count: 1, title: () => '财政局社保股股长' },
  { slug: 'county-union', role: 'UNION', level: 'county', count: 1, title: () => '总工会干部' },
  { slug: 'street-hr', role: 'STREET_HR', level: 'street', count: 2, title: (n) => (n === 0 ? '组织人事办主任' : '组织人事办干部') },
  {
    slug: 'committee',
    role: 'STREET_PARTY_COMMITTEE',
    level: 'street',
    count: 7,
    title: (n) => ['党工委书记', '党工委副书记、办事处主任', '党工委副书记'][n] ?? '党工委委员',
  },
  { slug: 'street-union', role: 'UNION', level: 'street', count: 1, title: () => '工会主席' },
];

interface Invented {
  userName: string;
  name: string;
  role: Role;
  unitCode: string;
  title: string;
}

/** The invented post-holders of a list of units, always the same for the same units. */
export function invent(units: readonly { code: string; level: string }[]): Invented[] {
  const draw = nameDrawer(20_261_124);
  return units.flatMap(({ code, level }) =>
    fillings
      .filter((filling) => filling.level === level)
      .flatMap(({ slug, role, count, title }) =>
        Array.from({ length: count }, (_, n) => ({
          userName: `${slug}-${code}-${n + 1}`,
          name: draw(),
          role,
          unitCode: code,
          title: title(n),
        })),
      ),
  );
}

/** Thirty communities in twenty-two towns and streets of the partner city, as the seed's own figures have them: one of each town, then a second of the first eight. */
function hostUnits(tx: Tx): Promise<{ code: string }[]> {
  return tx.$queryRaw`
    SELECT code FROM (SELECT code, path, row_number() OVER (PARTITION BY parent_code ORDER BY code) AS n, dense_rank() OVER (ORDER BY parent_code) AS town
      FROM unit WHERE level = 'community' AND starts_with(path, ${`${HOST_CITY}/`})) u WHERE town <= 22 ORDER BY n, path LIMIT 30`;
}

/** A contact (接收地联系人) for each receiving community. */
function inventHosts(units: readonly { code: string }[]): Invented[] {
  const draw = nameDrawer(20_261_125);
  return units.map(({ code }) => ({
    userName: `host-${code}-1`,
    name: draw(),
    role: 'HOST_CONTACT',
    unitCode: code,
    title: '社区党委委员',
  }));
}

/**
 * Fills the posts of the demonstration, once: some 1,900 accounts with one password, made at random and hashed once. The password is written
 * to `dataDir`/demo-accounts.json with one account for each role; when that file is gone the accounts get a new password.
 */
export async function seedDemo(db: Db, dataDir: string): Promise<void> {
  const password = await demoPassword(dataDir);
  const there = await db.account.findFirst({ where: { demo: true }, select: { id: true } });
  if (there && password) return;
  const fresh = password ?? readableSecret(2);
  const passwordHash = await hashPassword(fresh);
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('seedDemo'))`;
    await tx.account.updateMany({ where: { demo: true }, data: { passwordHash } });
    const units = await tx.unit.findMany({
      where: { path: { startsWith: `${CITY}/` }, level: { not: 'community' } },
      orderBy: { code: 'asc' },
      select: { code: true, level: true },
    });
    await insert(tx, [...invent(units), ...inventHosts(await hostUnits(tx))], passwordHash);
  });
  await writeDemoAccounts(db, dataDir, fresh);
}

async function insert(tx: Tx, people: readonly Invented[], passwordHash: string): Promise<void> {
  const column = (of: (it: Invented) => string) => people.map(of);
  await tx.$executeRaw`
    WITH person AS (
      SELECT * FROM unnest(${column((it) => it.userName)}::text[], ${column((it) => it.name)}::text[], ${column((it) => it.role)}::text[], ${column((it) => it.unitCode)}::text[], ${column((it) => it.title)}::text[])
        AS t(user_name, name, role, unit_code, title)
    ), added AS (
      INSERT INTO account (user_name, display_name, email, password_hash, status, demo)
      SELECT user_name, name, user_name || '@demo.miaopu.local', ${passwordHash}, 'active', true FROM person
      ON CONFLICT (user_name) DO NOTHING
      RETURNING id, user_name
    )
    INSERT INTO post_held (account_id, role, unit_code, title, from_on)
    SELECT added.id, person.role, person.unit_code, person.title, ${FROM}::date FROM added JOIN person USING (user_name)`;
}
