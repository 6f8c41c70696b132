import { Controller } from '@nestjs/common';
import { routes } from '../../../../libs/domain/api/routes.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { BatchesService } from './batches.service.ts';

/** Batches: boards, lists, and acts on many people at once. */
@Controller()
export class BatchesController {
  private readonly batches: BatchesService;

  constructor(batches: BatchesService) {
    this.batches = batches;
  }

  @Handles(routes.batches)
  async list({ by }: Call<'batches'>) {
    return { items: await this.batches.list(by) };
  }

  @Handles(routes.batch)
  async board({ by, params }: Call<'batch'>) {
    return this.batches.board(by, params.id);
  }

  @Handles(routes.batchPeople)
  async people({ by, params, query: { mine, ...query } }: Call<'batchPeople'>) {
    return this.batches.people(by, params.id, { ...query, mine: mine === 'true' });
  }

  @Handles(routes.actOnList)
  async act({ by, params, body }: Call<'actOnList'>) {
    return this.batches.act(by, params.id, body);
  }

  @Handles(routes.listJob)
  async job({ by, params }: Call<'listJob'>) {
    return this.batches.job(by, params.id);
  }

  @Handles(routes.joinBatch)
  async join({ by, params, body }: Call<'joinBatch'>) {
    return this.batches.join(by, params.id, body);
  }

  @Handles(routes.conversion)
  async conversion({ by, params }: Call<'conversion'>) {
    return this.batches.conversion(by, params.id);
  }
}
