import { Controller } from '@nestjs/common';
import { routes } from '../../../../libs/domain/api/routes.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { DossiersService } from './dossiers.service.ts';

/** Dossiers of a case and of a person. */
@Controller()
export class DossiersController {
  private readonly dossiers: DossiersService;

  constructor(dossiers: DossiersService) {
    this.dossiers = dossiers;
  }

  @Handles(routes.caseDossier)
  async caseDossier({ by, params }: Call<'caseDossier'>) {
    return this.dossiers.ofCase(by, params.id);
  }

  @Handles(routes.personDossier)
  async personDossier({ by, params }: Call<'personDossier'>) {
    return this.dossiers.ofPerson(by, params.id);
  }
}
