import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { AppraisalController } from './appraisal/appraisal.controller.ts';
import { AppraisalService } from './appraisal/appraisal.service.ts';
import { BatchesController } from './batches/batches.controller.ts';
import { BatchesService } from './batches/batches.service.ts';
import { CalendarController } from './calendar/calendar.controller.ts';
import { CaseChanges } from './cases/case-changes.ts';
import { CasesController } from './cases/cases.controller.ts';
import { CasesService } from './cases/cases.service.ts';
import { Stories } from './cases/stories.ts';
import { CaseActsController } from './cases/case-acts.controller.ts';
import { TasksController } from './cases/tasks.controller.ts';
import { DossiersController } from './dossiers/dossiers.controller.ts';
import { DossiersService } from './dossiers/dossiers.service.ts';
import { FormsController } from './forms/forms.controller.ts';
import { DoorGuard } from './http/door.guard.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { RateLimits } from './http/rate-limits.ts';
import { LiveController } from './live/live.controller.ts';
import { Live } from './live/live.ts';
import { IncidentsService } from './operations/incidents.service.ts';
import { LedgerService } from './operations/ledger.service.ts';
import { MailsService } from './operations/mails.service.ts';
import { NoticesController } from './notices/notices.controller.ts';
import { NoticesService } from './notices/notices.service.ts';
import { OperationsController } from './operations/operations.controller.ts';
import { WorkbenchService } from './operations/workbench.service.ts';
import { OwnController } from './own/own.controller.ts';
import { PeopleController } from './people/people.controller.ts';
import { PeopleService } from './people/people.service.ts';
import { RatingsService } from './people/ratings.service.ts';
import { CandidatesController } from './recruitment/candidates.controller.ts';
import { RecruitmentController } from './recruitment/recruitment.controller.ts';
import { RosterController } from './roster/roster.controller.ts';
import { RosterService } from './roster/roster.service.ts';
import { SecondmentsController } from './secondments/secondments.controller.ts';
import { SessionController } from './session/session.controller.ts';
import { Sessions } from './session/sessions.ts';
import { ReportsController } from './reports/reports.controller.ts';
import { StaffingController } from './staffing/staffing.controller.ts';
import { SubstitutesController } from './substitutes/substitutes.controller.ts';
import { System } from './system.ts';

@Module({})
export class AppModule {
  /** The API over one system: settings, database, keys and clock. */
  static over(system: System): DynamicModule {
    return {
      module: AppModule,
      controllers: [
        CasesController,
        AppraisalController,
        BatchesController,
        CaseActsController,
        TasksController,
        LiveController,
        SessionController,
        PeopleController,
        RosterController,
        OperationsController,
        CalendarController,
        OwnController,
        ReportsController,
        SecondmentsController,
        StaffingController,
        SubstitutesController,
        DossiersController,
        NoticesController,
        FormsController,
        RecruitmentController,
        CandidatesController,
      ],
      providers: [
        { provide: System, useValue: system },
        Sessions,
        PeopleService,
        RatingsService,
        DossiersService,
        NoticesService,
        RosterService,
        LedgerService,
        MailsService,
        IncidentsService,
        WorkbenchService,
        RateLimits,
        Stories,
        CaseChanges,
        Live,
        CasesService,
        AppraisalService,
        BatchesService,
        { provide: APP_GUARD, useClass: DoorGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
