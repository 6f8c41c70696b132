import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { ApiClient } from '../../../api/test/support/client.ts';
import { addDays, addMonths, dateOf, lastDayOfTerm, toDateColumn, type IsoDate } from '../../../../libs/domain/dates.ts';
import type { Contract, Employment } from '../../../../libs/domain/person.ts';
import type { Role } from '../../../../libs/domain/roles.ts';
import { addFirstFacts } from '../../../../libs/people/facts.ts';
import { openPersonKeys } from '../../../../libs/people/keys.ts';
import { idNumber, newPerson } from '../../../../libs/people/people.fixture.ts';
import { addPeople } from '../../../../libs/people/people.ts';
import type { Service } from './service.ts';

/** Where most cases of the tests are: one community with its street and county. */
export const home = { county: '520602', street: '520602005', community: '520602005005' } as const;
export interface Place {
  county: string;
  street: string;
  community: string;
}

export const today = (): IsoDate => dateOf(new Date());
/** A first day of probation whose review is open now: six months that end in about twenty days. */
export const lateStart = (): IsoDate => addMonths(addDays(today(), 21), -6);

export interface Hired {
  personId: string;
  accountId: string;
  userName: string;
  name: string;
  startedOn: IsoDate;
  lastDay: IsoDate;
}

/** The people of a service: whoever has a user name acts by HTTP, each with a session of their own. */
export class Town {
  private readonly sessions = new Map<string, Promise<ApiClient>>();
  private hired = 0;

  constructor(
    readonly service: Service,
    private readonly newClient: () => ApiClient = service.anonymous,
  ) {}

  as(userName: string): Promise<ApiClient> {
    const known = this.sessions.get(userName) ?? this.newClient().signIn(userName, this.service.password);
    this.sessions.set(userName, known);
    return known;
  }

  /** The next act is in a new session: the API keeps what it knows of one for a few seconds. */
  signInAgain(userName: string): void {
    this.sessions.delete(userName);
  }

  /** An account with a post from the beginning of time, with the password of the demonstration. */
  async appoint(
    role: Role,
    unitCode: string,
    { title = '', personId = null, name = '任职人' }: { title?: string; personId?: string | null; name?: string } = {},
  ): Promise<{ id: string; userName: string }> {
    const { db } = this.service;
    const { passwordHash } = await db.account.findFirstOrThrow({ where: { demo: true }, select: { passwordHash: true } });
    const id = randomUUID();
    const userName = `${role.toLowerCase()}-${id.slice(0, 8)}`;
    await db.account.create({
      data: { id, userName, displayName: name, personId, email: `${id.slice(0, 8)}@example.org`, passwordHash, status: 'active' },
    });
    await db.postHeld.create({ data: { accountId: id, role, unitCode, title, fromOn: toDateColumn('2020-01-01') } });
    return { id, userName };
  }

  /** Somebody on probation in a community, with an account. */
  async hire({
    community = home.community,
    startedOn = lateStart(),
    months = 6,
  }: { community?: string; startedOn?: IsoDate; months?: number } = {}): Promise<Hired> {
    const { db, dataDir } = this.service;
    this.hired += 1;
    const keys = await openPersonKeys({ dir: path.join(dataDir, 'keys') });
    const person = newPerson(this.hired, { name: `田新人${String(this.hired).padStart(3, '0')}`, idNo: idNumber(this.hired) });
    const [made] = await db.$transaction((tx) => addPeople(tx, keys, [person], new Date()));
    const { id: personId } = made!;
    const lastDay = lastDayOfTerm(startedOn, months);
    const fact = { personId, fromOn: startedOn, unitCode: community, ground: 'test' };
    const employment: Employment = { status: 'probation', postTitle: '社区专职工作人员', post: 5, joinedOn: startedOn };
    const contract: Contract = {
      kind: 'LABOUR',
      startsOn: startedOn,
      endsOn: addDays(addMonths(startedOn, 36), -1),
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
        new Date(),
      ),
    );
    const account = await this.appoint('WORKER', community, { personId, name: person.name, title: '社区专职工作人员' });
    return { personId, accountId: account.id, userName: account.userName, name: person.name, startedOn, lastDay };
  }

  /** Quiet hours are over: mails that wait for the morning may leave now. What was wrong about when they may leave is asserted before. */
  async morning(): Promise<void> {
    await this.service.db.$executeRaw`UPDATE mail SET not_before = created_at WHERE status = 'waiting' AND not_before > created_at`;
  }
}
