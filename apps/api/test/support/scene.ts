import { createDesk } from '../../../../libs/desk/desk.ts';
import { addDays, addMonths, dateOf, lastDayOfTerm, toDateColumn } from '../../../../libs/domain/dates.ts';
import type { Contract, Employment } from '../../../../libs/domain/person.ts';
import type { Role } from '../../../../libs/domain/roles.ts';
import { postMail } from '../../../../libs/mail/post.ts';
import { openPersonKeys } from '../../../../libs/people/keys.ts';
import { addFirstFacts } from '../../../../libs/people/facts.ts';
import { idNumber, newPerson } from '../../../../libs/people/people.fixture.ts';
import { addPeople } from '../../../../libs/people/people.ts';
import { catalogue } from '../../../../workflows/catalogue.ts';
import type { Server } from './server.ts';

/** Where the scene plays, and the like elsewhere in the same city; `away` is another city. */
export const here = { city: '5206', county: '520602', street: '520602005', community: '520602005005' };
export const there = { city: '4419', county: '520603', street: '', community: '' };

export interface Scene {
  /** On probation, with a running case whose stage 街道考核 is open. */
  person: string;
  /** On record, formal, with an account that is not active. */
  formal: string;
  case: string;
  task: string;
  attachment: string;
  incident: string;
  mail: string;
  entry: string;
  job: string;
  /** For half a year the officer of civil affairs has the one of finance as substitute. */
  substitution: string;
  principal: string;
  substitute: string;
  /** User names, e.g. `COUNTY_HR here`. `WORKER self` is the person. */
  users: Record<string, string>;
}

const slugs: Partial<Record<Role, string>> = {
  CITY_ORG: 'city-org',
  COUNTY_ORG: 'county-org',
  COUNTY_HR: 'county-hr',
  COUNTY_CIVIL: 'county-civil',
  COUNTY_FINANCE: 'county-finance',
  STREET_HR: 'street-hr',
  STREET_PARTY_COMMITTEE: 'committee',
  UNION: 'street-union',
  AUDITOR: 'auditor',
  SYSTEM_ADMIN: 'system',
  SECURITY_ADMIN: 'security',
};
const level: Record<Role, 'city' | 'county' | 'street' | 'community'> = {
  CITY_ORG: 'city',
  COUNTY_ORG: 'county',
  COUNTY_HR: 'county',
  COUNTY_CIVIL: 'county',
  COUNTY_FINANCE: 'county',
  STREET_HR: 'street',
  STREET_PARTY_COMMITTEE: 'street',
  COMMUNITY_SECRETARY: 'community',
  WORKER: 'community',
  CANDIDATE: 'county',
  UNION: 'street',
  HOST_CONTACT: 'city',
  AUDITOR: 'city',
  SYSTEM_ADMIN: 'city',
  SECURITY_ADMIN: 'city',
};

/** An account of the demonstration by role, or a new one that holds the role there. */
async function user(server: Server, role: Role, unitCode: string, personId?: string): Promise<string> {
  const slug = slugs[role];
  const known = slug && `${slug}-${unitCode}-1`;
  if (known && (await server.db.account.findUnique({ where: { userName: known } }))) return known;
  const { passwordHash } = await server.db.account.findFirstOrThrow({ where: { demo: true, passwordHash: { not: null } } });
  const userName = personId ? `own-${role.toLowerCase()}` : `new-${role.toLowerCase()}-${unitCode}`;
  const { id } = await server.db.account.create({
    data: {
      userName,
      displayName: '石兴云',
      status: 'active',
      passwordHash,
      email: `${userName}@demo.miaopu.local`,
      ...(personId && { personId }),
    },
  });
  await server.db.postHeld.create({ data: { accountId: id, role, unitCode, fromOn: toDateColumn('2020-01-01') } });
  return userName;
}

async function employ(server: Server, people: readonly { status: 'probation' | 'formal'; unitCode?: string }[]): Promise<string[]> {
  const keys = await openPersonKeys({ dir: `${server.dataDir}/keys` });
  const startedOn = addMonths(dateOf(new Date()), -3);
  const at = new Date();
  return server.db.$transaction(async (tx) => {
    const made = await addPeople(
      tx,
      keys,
      people.map((_, n) => newPerson(n, { name: `田新人${n + 1}`, idNo: idNumber(n) })),
      at,
    );
    for (const [n, { id: personId }] of made.entries()) {
      const { status, unitCode = here.community } = people[n]!;
      const fact = { personId, fromOn: startedOn, unitCode, ground: 'test' };
      const employment: Employment = { status, postTitle: '社区专职工作人员', post: 5, joinedOn: startedOn };
      const probation = status === 'probation' ? 6 : 0;
      const contract: Contract = {
        kind: 'LABOUR',
        startsOn: startedOn,
        endsOn: addDays(addMonths(startedOn, 36), -1),
        probationMonths: probation,
        probationEndsOn: probation ? lastDayOfTerm(startedOn, probation) : null,
      };
      await addFirstFacts(
        tx,
        [
          { ...fact, kind: 'employment', value: employment },
          { ...fact, kind: 'contract', toOn: contract.endsOn, value: contract },
        ],
        at,
      );
    }
    return made.map(({ id }) => id);
  });
}

/** Everybody who may knock, and one of everything that a route can be asked for. */
export async function playScene(server: Server): Promise<Scene> {
  const { db } = server;
  const outside = await db.unit.findFirstOrThrow({
    where: { level: 'community', path: { startsWith: `5206/${there.county}/` } },
    orderBy: { code: 'asc' },
  });
  there.community = outside.code;
  there.street = outside.parentCode!;
  const [person, formal] = (await employ(server, [{ status: 'probation' }, { status: 'formal' }])) as [string, string];
  await db.account.create({ data: { userName: 'not-yet', displayName: '田新人2', personId: formal, email: 'not-yet@demo.miaopu.local' } });
  const users: Record<string, string> = { 'WORKER self': await user(server, 'WORKER', here.community, person) };
  for (const role of Object.keys(level) as Role[]) {
    users[`${role} here`] = await user(server, role, here[level[role]]);
    users[`${role} there`] = await user(server, role, there[level[role]]);
  }
  const starter = await server.signIn(`county-org-${here.county}-2`);
  const { caseId } = await starter.ok('startCase', { body: { process: 'probation', input: { personId: person } } });
  await createDesk({ db, catalogue }).openStages({ caseId, at: new Date(), stages: [{ stage: 'street', round: 1 }] });
  const { id: task } = await db.task.findFirstOrThrow({ where: { caseId } });
  const { id: attachment } = await starter.ok('attach', {
    params: { id: caseId },
    file: { name: '考核表.pdf', bytes: new TextEncoder().encode('%PDF-1.7\n') },
  });
  const { jobId: job } = await starter.ok('startMany', {
    body: { process: 'probation', items: [{ key: 'a', input: { personId: person } }] },
  });
  const incident = await db.incident.create({
    data: {
      key: 'test/incident',
      kind: 'StageLapsed',
      caseId,
      unitCode: here.community,
      detail: { stageTitle: '街道考核' },
      openedAt: new Date(),
    },
  });
  const aCase = await db.case.findUniqueOrThrow({ where: { id: caseId } });
  await postMail(db, {
    eventKey: 'test/mail',
    to: [aCase.starterId!],
    template: 'case-ended',
    caseId,
    at: new Date(),
    params: { caseId, caseNo: aCase.caseNo, caseTitle: aCase.title, outcomeTitle: '予以转正' },
  });
  const mail = await db.mail.findFirstOrThrow({ where: { caseId } });
  const entry = await db.ledgerEntry.findFirstOrThrow({ where: { caseId } });
  const [principal, substitute] = await Promise.all(
    ['COUNTY_CIVIL here', 'COUNTY_FINANCE here'].map((name) => db.account.findUniqueOrThrow({ where: { userName: users[name]! } })),
  );
  const today = dateOf(new Date());
  const civil = await server.signIn(users['COUNTY_CIVIL here']!);
  const { id: substitution } = await civil.ok('setSubstitution', {
    body: { substituteId: substitute!.id, fromOn: today, toOn: addMonths(today, 6), reason: '外出学习' },
  });
  return {
    substitution,
    principal: principal!.id,
    substitute: substitute!.id,
    person,
    formal,
    case: caseId,
    task,
    attachment,
    incident: incident.id,
    mail: String(mail.id),
    entry: String(entry.id),
    job,
    users,
  };
}
