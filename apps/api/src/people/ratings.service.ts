import { Injectable } from '@nestjs/common';
import { holdsOver } from '../../../../libs/access/permission.ts';
import { recordRefusal, type Witnessed } from '../../../../libs/access/records.ts';
import type { By } from '../../../../libs/desk/room.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import type { Rating } from '../../../../libs/domain/person-words.ts';
import { isRefusal, refuse, type Refusal } from '../../../../libs/domain/refusal.ts';
import { foreseeRating, recordRating, type FinalRating } from '../../../../libs/openings/record-rating.ts';
import { System } from '../system.ts';
import { PeopleService } from './people.service.ts';

const raters = routes.recordRating.access.roles;

/** Final ratings for the door: recorded by the county over the person's unit; libs/openings decides what follows from them. */
@Injectable()
export class RatingsService {
  private readonly system: System;
  private readonly people: PeopleService;

  constructor(system: System, people: PeopleService) {
    this.system = system;
    this.people = people;
  }

  async foresee(by: Witnessed, personId: string, query: { year: number; rating: Rating }) {
    const refusal = await this.mayRate(by, personId);
    if (refusal) return this.refused(by, 'rating.foresee', refusal, personId);
    return foreseeRating(this.system.db, this.system, { personId, ...query, at: by.at });
  }

  async record(by: Witnessed & By, { personId, ...given }: FinalRating) {
    const refusal = await this.mayRate(by, personId);
    if (refusal) return this.refused(by, 'rating.record', refusal, personId);
    const recorded = await this.system.db.$transaction((tx) => recordRating(tx, this.system, { personId, ...given, ...by }));
    return isRefusal(recorded) ? this.refused(by, 'rating.record', recorded, personId) : recorded;
  }

  private async mayRate(by: Witnessed, personId: string): Promise<Refusal | null> {
    const found = await this.people.whereIs(personId, by.at);
    if (isRefusal(found)) return found;
    if (found.unitPath !== null && holdsOver(by.actor, raters, found.unitPath)) return null;
    return refuse('NotInYourUnits', found.unitName ? { unit: found.unitName } : {});
  }

  private async refused(by: Witnessed, verb: string, refusal: Refusal, personId: string): Promise<Refusal> {
    if (refusal.refused !== 'NotFound') await recordRefusal(this.system.db, by, verb, refusal, { personId });
    return refusal;
  }
}
