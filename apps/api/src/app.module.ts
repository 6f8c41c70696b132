import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { Stories } from './cases/stories.ts';
import { DoorGuard } from './http/door.guard.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { RateLimits } from './http/rate-limits.ts';
import { SessionController } from './session/session.controller.ts';
import { Sessions } from './session/sessions.ts';
import { System } from './system.ts';

@Module({})
export class AppModule {
  /** The API over one system: settings, database, keys and clock. */
  static over(system: System): DynamicModule {
    return {
      module: AppModule,
      controllers: [SessionController],
      providers: [
        { provide: System, useValue: system },
        Sessions,
        RateLimits,
        Stories,
        { provide: APP_GUARD, useClass: DoorGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
