import { Controller } from '@nestjs/common';
import { routes } from '../../../../libs/domain/api/routes.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { Live } from './live.ts';

/** What a page hears while it is open. */
@Controller()
export class LiveController {
  private readonly hub: Live;

  constructor(hub: Live) {
    this.hub = hub;
  }

  @Handles(routes.live)
  async live({ session }: Call<'live'>) {
    return this.hub.open(session);
  }
}
