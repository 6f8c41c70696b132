import { createHash } from 'node:crypto';
import { actorOf } from '../../libs/access/actor.ts';
import { provisionalTable } from '../../libs/calendar/provisional.ts';
import type { Db } from '../../libs/db.ts';
import type { By } from '../../libs/desk/room.ts';
import { addDays, dateOf, lastDayOfTerm, toDateColumn, yearOf, type IsoDate } from '../../libs/domain/dates.ts';
import type { Contract, Employment } from '../../libs/domain/person.ts';
import type { Education } from '../../libs/domain/person-words.ts';
import type { Role } from '../../libs/domain/roles.ts';
import { addFirstFacts } from '../../libs/people/facts.ts';
import { idNumber, keys, newPerson } from '../../libs/people/people.fixture.ts';
import { addPeople } from '../../libs/people/people.ts';
import { seedReference } from '../../prisma/seed/reference.ts';

/** Where the invented people of the tests work. */
export const place = { city: '5206', county: '520602', street: '520602005', community: '520602005005', otherStreet: '520602007' } as const;

const posts = {
  cityOrg: ['CITY_ORG', place.city, '组织二科科长'],
  countyOrg: ['COUNTY_ORG', place.county, '组织部基层组织股股长'],
  countyOrg2: ['COUNTY_ORG', place.county, '组织部干部'],
  countyHr: ['COUNTY_HR', place.county, '人社局事业管理股股长'],
  countyHr2: ['COUNTY_HR', place.county, '人社局干部'],
  street: ['STREET_HR', place.street, '组织人事办主任'],
  street2: ['STREET_HR', place.street, '组织人事办干部'],
  otherStreet: ['STREET_HR', place.otherStreet, '组织人事办主任'],
  chair: ['STREET_PARTY_COMMITTEE', place.street, '党工委书记'],
  deputy: ['STREET_PARTY_COMMITTEE', place.street, '党工委副书记、办事处主任'],
  member3: ['STREET_PARTY_COMMITTEE', place.street, '党工委委员'],
  member4: ['STREET_PARTY_COMMITTEE', place.street, '党工委委员'],
  member5: ['STREET_PARTY_COMMITTEE', place.street, '党工委委员'],
  member6: ['STREET_PARTY_COMMITTEE', place.street, '党工委委员'],
  member7: ['STREET_PARTY_COMMITTEE', place.street, '党工委委员'],
  union: ['UNION', place.street, '工会主席'],
  secretary: ['COMMUNITY_SECRETARY', place.community, '党组织书记'],
  auditor: ['AUDITOR', place.city, '审计管理员'],
  system: ['SYSTEM_ADMIN', place.city, '系统管理员'],
  security: ['SECURITY_ADMIN', place.city, '安全管理员'],
} as const satisfies Record<string, readonly [Role, string, string]>;

export type Officer = keyof typeof posts;
export const committee = ['chair', 'deputy', 'member3', 'member4', 'member5', 'member6', 'member7'] as const satisfies readonly Officer[];
export const officers = Object.keys(posts) as Officer[];

/** A worker on probation with an account of their own. */
export interface Worker {
  personId: string;
  /** Empty when the worker has no account. */
  accountId: string;
  staffNo: string;
  name: string;
  startedOn: IsoDate;
  /** The last day of the probation as the law counts it. */
  lastDay: IsoDate;
}

export interface NewWorker {
  startedOn: IsoDate;
  months?: number;
  education?: Education;
  account?: boolean;
  /** Where they work, when not in the usual community. */
  community?: string;
  /** A post held beside being a worker. */
  also?: readonly (readonly [Role, string, string])[];
}

/** Invented people on real units: one street with everybody that a probation asks, its county and city, and the three administrators. */
export interface Cast {
  ids: Record<Officer, string>;
  /** Every name, phone, address and ID number that was invented: none of them may stand where personal data must not. */
  secrets: string[];
  /** Who acts, with the posts held on the day, and when. */
  by(accountId: string, at: Date): Promise<By>;
  worker(options: NewWorker): Promise<Worker>;
  /** Someone else gets a post from the beginning of time, e.g. a second secretary. */
  appoint(role: Role, unitCode: string, title: string): Promise<string>;
  /** The post ends with the day before `on`. */
  leavesPost(accountId: string, on: IsoDate): Promise<void>;
}

/** The same ids in each run: where an order depends on them it is the same too. */
function drawnId(n: number): string {
  const hex = createHash('sha256').update(`account ${n}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Puts official tables for years that have none: the tests do not depend on the year in which they run. */
export async function calendarsFor(db: Db, years: readonly number[], { official = true } = {}): Promise<void> {
  for (const year of years) {
    const { off, makeUp } = provisionalTable(year);
    const content = { official, source: 'test', off, makeUp };
    const there = await db.calendarYear.findUnique({ where: { year_unitCode: { year, unitCode: '' } } });
    if (there?.official && official) continue;
    await db.calendarYear.upsert({
      where: { year_unitCode: { year, unitCode: '' } },
      create: { year, unitCode: '', ...content },
      update: { ...content, version: { increment: 1 } },
    });
  }
}

/** Seeds the reference data, official calendars from the year of `at` on, and the cast. */
export async function inviteCast(db: Db, at: Date, { years = 6 } = {}): Promise<Cast> {
  await seedReference(db);
  const first = yearOf(dateOf(at));
  await calendarsFor(
    db,
    Array.from({ length: years }, (_, i) => first + i),
  );
  const secrets: string[] = [];
  let drawn = 0;
  let accounts = 0;

  async function account(
    name: string,
    posts: readonly (readonly [Role, string, string])[],
    personId: string | null = null,
  ): Promise<string> {
    const id = drawnId((accounts += 1));
    const email = `${id.slice(0, 8)}@example.org`;
    await db.account.create({ data: { id, userName: `u-${id.slice(0, 8)}`, displayName: name, personId, email, status: 'active' } });
    for (const [role, unitCode, title] of posts)
      await db.postHeld.create({ data: { accountId: id, role, unitCode, title, fromOn: toDateColumn('2020-01-01') } });
    secrets.push(name, email);
    return id;
  }
  const ids = Object.fromEntries(
    await Promise.all(
      officers.map(async (officer, i) => [
        officer,
        await account(`${'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许'[i]}办件`, [posts[officer]]),
      ]),
    ),
  ) as Record<Officer, string>;

  return {
    ids,
    secrets,
    async by(accountId, moment) {
      const actor = await actorOf(db, accountId, dateOf(moment));
      if (!actor) throw new Error(`No account ${accountId}`);
      return { actor, at: moment };
    },
    async worker({ startedOn, months = 6, education = '本科', account: withAccount = true, community = place.community, also = [] }) {
      drawn += 1;
      const person = newPerson(drawn, {
        name: `田新人${'零一二三四五六七八九'[Math.floor(drawn / 10) % 10]}${'零一二三四五六七八九'[drawn % 10]}`,
        education,
        certificate: null,
        idNo: idNumber(drawn),
      });
      const [made] = await db.$transaction((tx) => addPeople(tx, keys, [person], new Date(`${startedOn}T01:00:00Z`)));
      const { id: personId, staffNo } = made!;
      const lastDay = lastDayOfTerm(startedOn, months);
      const fact = { personId, fromOn: startedOn, unitCode: community, ground: 'test' };
      const employment: Employment = { status: 'probation', postTitle: '社区专职工作人员', post: 5, joinedOn: startedOn };
      const contract: Contract = {
        kind: 'LABOUR',
        startsOn: startedOn,
        endsOn: lastDayOfTerm(startedOn, 36),
        probationMonths: months,
        probationEndsOn: lastDay,
      };
      await db.$transaction((tx) =>
        addFirstFacts(
          tx,
          [
            { ...fact, kind: 'employment', value: employment },
            { ...fact, kind: 'contract', toOn: contract.endsOn, value: contract },
          ],
          new Date(`${startedOn}T01:00:00Z`),
        ),
      );
      const accountId = withAccount ? await account(person.name, [['WORKER', community, '社区专职工作人员'], ...also], personId) : '';
      secrets.push(person.name, person.idNo, person.phone!, person.email!);
      return { personId, accountId, staffNo, name: person.name, startedOn, lastDay };
    },
    appoint: (role, unitCode, title) => account('后来人', [[role, unitCode, title]]),
    async leavesPost(accountId, on) {
      await db.postHeld.updateMany({ where: { accountId }, data: { toOn: toDateColumn(addDays(on, -1)) } });
    },
  };
}
