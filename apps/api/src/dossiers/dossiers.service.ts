import { Injectable } from '@nestjs/common';
import { holds, holdsOver } from '../../../../libs/access/permission.ts';
import { recordRefusal, type Witnessed } from '../../../../libs/access/records.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { isRefusal, refuse, type Refusal } from '../../../../libs/domain/refusal.ts';
import { caseDossier, personDossier, type Dossier, type DossierRoom } from '../../../../libs/dossier/dossier.ts';
import { PeopleService } from '../people/people.service.ts';
import { System } from '../system.ts';

const keepers = routes.caseDossier.access.roles;

/** Dossiers, for whoever oversees the case or the person, and for auditors. */
@Injectable()
export class DossiersService {
  private readonly system: System;
  private readonly people: PeopleService;

  constructor(system: System, people: PeopleService) {
    this.system = system;
    this.people = people;
  }

  async ofCase(by: Witnessed, caseId: string): Promise<Refusal | Dossier> {
    const [found] = await this.system.db.$queryRaw<{ path: string; unitName: string }[]>`
      SELECT u.path, u.name AS "unitName" FROM "case" c JOIN unit u ON u.code = c.unit_code WHERE c.id = ${caseId}::uuid`;
    if (!found) return refuse('NotFound', { what: '这一办件' });
    if (!holdsOver(by.actor, keepers, found.path)) return this.refused(by, refuse('NotInYourUnits', { unit: found.unitName }), { caseId });
    const room = await this.room();
    return isRefusal(room) ? room : caseDossier(room, by, caseId);
  }

  async ofPerson(by: Witnessed, personId: string): Promise<Refusal | Dossier> {
    const where = await this.people.whereIs(personId, by.at);
    if (isRefusal(where)) return where;
    const { unitPath, unitName } = where;
    const may = unitPath === null ? holds(by.actor, ['CITY_ORG', 'AUDITOR']) : holdsOver(by.actor, keepers, unitPath);
    if (!may) return this.refused(by, refuse('NotInYourUnits', unitName ? { unit: unitName } : {}), { personId });
    const room = await this.room();
    return isRefusal(room) ? room : personDossier(room, by, personId);
  }

  private async room(): Promise<Refusal | DossierRoom> {
    const { db, catalogue, keys, config } = this.system;
    const publicKey = await keys.publicKey();
    if (!publicKey) return refuse('Unavailable');
    return { db, catalogue, publicKey, patienceMs: config.sealPatienceMs };
  }

  private async refused(by: Witnessed, refusal: Refusal, about: { caseId?: string; personId?: string }): Promise<Refusal> {
    await recordRefusal(this.system.db, by, 'dossier.make', refusal, about);
    return refusal;
  }
}
