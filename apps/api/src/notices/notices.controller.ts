import { Controller } from '@nestjs/common';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { isRefusal } from '../../../../libs/domain/refusal.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { NoticesService } from './notices.service.ts';

/** 公示 for everybody, without signing in, and for the office that posts it. */
@Controller()
export class NoticesController {
  private readonly service: NoticesService;

  constructor(service: NoticesService) {
    this.service = service;
  }

  @Handles(routes.publicNotices)
  async current({ at }: Call<'publicNotices'>) {
    return { items: await this.service.current(at), now: at.toISOString() };
  }

  @Handles(routes.publicNotice)
  async one({ params, query, at }: Call<'publicNotice'>) {
    const found = await this.service.one(params.id, query, at);
    return isRefusal(found) ? found : { ...found, now: at.toISOString() };
  }

  @Handles(routes.object)
  async object({ params, body, at, origin }: Call<'object'>) {
    return this.service.object(params.id, body, { at, origin, actor: null });
  }

  @Handles(routes.objectionState)
  async state({ body }: Call<'objectionState'>) {
    return this.service.state(body.code);
  }

  @Handles(routes.notices)
  async list({ by, query }: Call<'notices'>) {
    return { items: await this.service.list(by, query.box) };
  }

  @Handles(routes.notice)
  async view({ by, params, query }: Call<'notice'>) {
    return this.service.view(by, params.id, query);
  }

  @Handles(routes.registerObjection)
  async register({ by, params, body }: Call<'registerObjection'>) {
    return this.service.register(by, params.id, body);
  }

  @Handles(routes.objectionContent)
  async content({ by, params }: Call<'objectionContent'>) {
    return this.service.content(by, params.id);
  }
}
