import { Injectable } from '@nestjs/common';
import { lockedUntil } from '../../../../libs/access/attempts.ts';
import { issueActivationCode } from '../../../../libs/access/activation.ts';
import { holdsOver, mayReadPerson, reachOf } from '../../../../libs/access/permission.ts';
import { recordRefusal, recordView, type Witnessed } from '../../../../libs/access/records.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { dateOf, type IsoDate } from '../../../../libs/domain/dates.ts';
import type { EmploymentStatus } from '../../../../libs/domain/person.ts';
import { isRefusal, refuse, type Refusal } from '../../../../libs/domain/refusal.ts';
import type { Role } from '../../../../libs/domain/roles.ts';
import { isWithin } from '../../../../libs/domain/unit.ts';
import { entriesPage } from '../../../../libs/ledger/entries.ts';
import { peoplePage, type PersonLine } from '../../../../libs/people/page.ts';
import { personAsOf, revealIdNumber, type PersonAsOf } from '../../../../libs/people/people.ts';
import { childrenOf, unitByCode, unitChain } from '../../../../libs/units/units.ts';
import { System } from '../system.ts';
import { factOf, headOf, lineOf, maskEmail, ratingsOf } from './person-view.ts';

interface RosterQuery {
  after?: string | undefined;
  limit: number;
  q?: string | undefined;
  unit?: string | undefined;
  status?: Exclude<EmploymentStatus, never> | undefined;
}

const raters = routes.recordRating.access.roles;
const inviters: readonly Role[] = ['COUNTY_HR', 'COUNTY_ORG', 'STREET_HR', 'SECURITY_ADMIN'];
const idNumberReaders: readonly Role[] = ['COUNTY_HR', 'COUNTY_ORG', 'CITY_ORG'];
/** Views shown on a record's own page. */
const VIEWS = 10;

interface Where {
  unitPath: string | null;
  unitName: string | null;
}

/** Personnel records: who may read them is asked first, every look and every refusal is recorded. */
@Injectable()
export class PeopleService {
  private readonly system: System;

  constructor(system: System) {
    this.system = system;
  }

  async units(parent: string | undefined) {
    const { db } = this.system;
    if (parent !== undefined && !(await unitByCode(db, parent))) return refuse('NotFound', { what: '这个单位' });
    return { items: await childrenOf(db, parent ?? null) };
  }

  /** The roster of the actor's units, or of one unit among or below them. */
  async roster(by: Witnessed, { after, limit, q, unit, status }: RosterQuery) {
    const { db } = this.system;
    let reach = reachOf(by.actor);
    if (unit !== undefined) {
      const found = await unitByCode(db, unit);
      if (!found || !reach.some((path) => isWithin(found.path, path)))
        return this.refused(by, 'people.list', refuse('NotInYourUnits', found ? { unit: found.name } : {}));
      reach = [found.path];
    }
    const on = dateOf(by.at);
    const pages = await Promise.all(
      reach.map((unitPath) => peoplePage(db, { unitPath, on, limit, ...(after && { after }), ...(q && { q }), ...(status && { status }) })),
    );
    return merged(
      pages.flatMap(({ items }) => items),
      limit,
      pages.some(({ next }) => next !== null),
    );
  }

  /** A record as it stood on a day. */
  async person(by: Witnessed, personId: string, on: IsoDate = dateOf(by.at)) {
    const { db } = this.system;
    const person = await personAsOf(db, personId, on);
    if (!person) return refuse('NotFound', { what: '这名人员' });
    const where = await this.unitOf(person, dateOf(by.at));
    const refusal = mayReadPerson(by.actor, { personId, ...where });
    if (refusal) return this.refused(by, 'person.view', refusal, personId);
    const [accountStatus, cases, views] = await Promise.all([
      this.accountStatus(personId, by.at),
      this.casesOf(personId),
      this.viewsOf(personId),
    ]);
    await recordView(db, by, 'person.view', personId, { on });
    const mayRate = where.unitPath !== null && by.actor.personId !== personId && holdsOver(by.actor, raters, where.unitPath);
    return {
      ...headOf(person, on),
      accountStatus,
      facts: person.facts.map(factOf),
      ratings: ratingsOf(person.facts),
      mayRate,
      cases,
      views,
    };
  }

  async idNumber(by: Witnessed, personId: string, purpose: string) {
    const { db, personKeys } = this.system;
    const found = await this.whereIs(personId, by.at);
    if (isRefusal(found)) return found;
    if (
      found.unitPath === null
        ? !by.actor.posts.some(({ role }) => role === 'CITY_ORG')
        : !holdsOver(by.actor, idNumberReaders, found.unitPath)
    ) {
      return this.refused(by, 'person.id-number', refuse('NotInYourUnits', found.unitName ? { unit: found.unitName } : {}), personId);
    }
    await recordView(db, by, 'person.id-number', personId, { purpose });
    const idNo = await revealIdNumber(db, personKeys, personId);
    return isRefusal(idNo) ? idNo : { idNo };
  }

  /** Sends a one-time code to a person of one's own units. */
  async invite(by: Witnessed, personId: string) {
    const { db } = this.system;
    const found = await this.whereIs(personId, by.at);
    if (isRefusal(found)) return found;
    if (found.unitPath === null || !holdsOver(by.actor, inviters, found.unitPath)) {
      return this.refused(by, 'account.invite', refuse('NotInYourUnits', found.unitName ? { unit: found.unitName } : {}), personId);
    }
    const issued = await db.$transaction((tx) => issueActivationCode(tx, { personId, ...by }));
    if (isRefusal(issued)) return this.refused(by, 'account.invite', issued, personId);
    return { userName: issued.userName, expiresAt: issued.expiresAt.toISOString(), sentTo: issued.sentTo && maskEmail(issued.sentTo) };
  }

  /** The unit whose officers answer for a person. */
  async whereIs(personId: string, at: Date): Promise<Refusal | Where> {
    const person = await personAsOf(this.system.db, personId, dateOf(at));
    return person ? this.unitOf(person, dateOf(at)) : refuse('NotFound', { what: '这名人员' });
  }

  /** Of the employment in force, or of the latest one recorded. */
  private async unitOf(person: PersonAsOf, today: IsoDate): Promise<Where> {
    const recorded = person.facts.filter(({ kind, endedAt }) => kind === 'employment' && endedAt === null);
    const now = recorded.find(({ fromOn, toOn }) => fromOn <= today && (toOn === null || today <= toOn)) ?? recorded[0];
    if (!now?.unitCode) return { unitPath: null, unitName: null };
    const units = now.unitCode === person.units.at(-1)?.code ? person.units : await unitChain(this.system.db, now.unitCode);
    return {
      unitPath: units.at(-1)?.path ?? null,
      unitName: (units.find(({ level }) => level === 'county') ?? units.at(-1))?.name ?? null,
    };
  }

  private async accountStatus(personId: string, at: Date): Promise<'none' | 'inactive' | 'active' | 'locked' | 'disabled'> {
    const account = await this.system.db.account.findUnique({ where: { personId }, select: { status: true, userName: true } });
    if (!account) return 'none';
    return account.status === 'active' && (await lockedUntil(this.system.db, account.userName, at))
      ? 'locked'
      : (account.status as 'inactive' | 'active' | 'disabled');
  }

  private async casesOf(personId: string) {
    const rows = await this.system.db.case.findMany({
      where: { personId },
      orderBy: { startedAt: 'desc' },
      take: 100,
      select: { id: true, caseNo: true, title: true, status: true, outcome: true, startedAt: true },
    });
    return rows.map((row) => ({ ...row, startedAt: row.startedAt.toISOString() }));
  }

  private async viewsOf(personId: string) {
    const pages = await Promise.all(
      ['person.view', 'person.id-number'].map((verb) => entriesPage(this.system.db, { personId, verb, accepted: true, limit: VIEWS })),
    );
    const items = pages.flatMap((page) => page.items).sort((a, b) => b.at.getTime() - a.at.getTime());
    return items.slice(0, VIEWS).map(({ at, verb, act, account }) => ({
      at: at.toISOString(),
      who: act.actor?.name ?? account?.name ?? '',
      what: verb === 'person.view' ? '查阅档案' : '查看身份证号',
    }));
  }

  private async refused(by: Witnessed, verb: string, refusal: Refusal, personId?: string): Promise<Refusal> {
    await recordRefusal(this.system.db, by, verb, refusal, personId ? { personId } : {});
    return refusal;
  }
}

/** Pages of several units as one, in order of staff number; whoever holds posts in two of them sees nobody twice. */
function merged(lines: PersonLine[], limit: number, more: boolean) {
  const sorted = [...new Map(lines.map((line) => [line.id, line])).values()].sort((a, b) => (a.staffNo < b.staffNo ? -1 : 1));
  const items = sorted.slice(0, limit);
  return { items: items.map(lineOf), next: more || sorted.length > limit ? (items.at(-1)?.staffNo ?? null) : null };
}
