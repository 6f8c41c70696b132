import { Controller } from '@nestjs/common';
import { routes } from '../../../../libs/domain/api/routes.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { PeopleService } from './people.service.ts';
import { RatingsService } from './ratings.service.ts';

/** Units and personnel records. */
@Controller()
export class PeopleController {
  private readonly people: PeopleService;
  private readonly ratings: RatingsService;

  constructor(people: PeopleService, ratings: RatingsService) {
    this.people = people;
    this.ratings = ratings;
  }

  @Handles(routes.units)
  async units({ query }: Call<'units'>) {
    return this.people.units(query.parent);
  }

  @Handles(routes.people)
  async roster({ by, query }: Call<'people'>) {
    return this.people.roster(by, query);
  }

  @Handles(routes.person)
  async person({ by, params, query }: Call<'person'>) {
    return this.people.person(by, params.id, query.on);
  }

  @Handles(routes.idNumber)
  async idNumber({ by, params, body }: Call<'idNumber'>) {
    return this.people.idNumber(by, params.id, body.purpose);
  }

  @Handles(routes.foreseeRating)
  async foreseeRating({ by, params, query }: Call<'foreseeRating'>) {
    return this.ratings.foresee(by, params.id, query);
  }

  @Handles(routes.recordRating)
  async recordRating({ by, params, body }: Call<'recordRating'>) {
    return this.ratings.record(by, { personId: params.id, ...body });
  }

  @Handles(routes.issueActivationCode)
  async issueActivationCode({ by, params }: Call<'issueActivationCode'>) {
    return this.people.invite(by, params.id);
  }
}
