import { Controller } from '@nestjs/common';
import { routes } from '../../../../libs/domain/api/routes.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { System } from '../system.ts';
import { IncidentsService } from './incidents.service.ts';
import { LedgerService } from './ledger.service.ts';
import { MailsService } from './mails.service.ts';
import { WorkbenchService } from './workbench.service.ts';

/** The running of the system as people see it: workbench, ledger, mails, incidents. */
@Controller()
export class OperationsController {
  private readonly system: System;
  private readonly desk: WorkbenchService;
  private readonly entries: LedgerService;
  private readonly letters: MailsService;
  private readonly troubles: IncidentsService;

  constructor(system: System, desk: WorkbenchService, entries: LedgerService, letters: MailsService, troubles: IncidentsService) {
    this.system = system;
    this.desk = desk;
    this.entries = entries;
    this.letters = letters;
    this.troubles = troubles;
  }

  @Handles(routes.workbench)
  async workbench({ by, at }: Call<'workbench'>) {
    return this.desk.page(by.actor, at);
  }

  @Handles(routes.ledger)
  async ledger({ query }: Call<'ledger'>) {
    return this.entries.page(query);
  }

  @Handles(routes.ledgerProof)
  async ledgerProof({ params }: Call<'ledgerProof'>) {
    return this.entries.proof(params.id);
  }

  @Handles(routes.verify)
  async verify({ by }: Call<'verify'>) {
    return this.entries.verify(by);
  }

  @Handles(routes.mails)
  async mails({ by, query }: Call<'mails'>) {
    return this.letters.page(by, query);
  }

  @Handles(routes.mailAttempts)
  async mailAttempts({ by, params }: Call<'mailAttempts'>) {
    return this.letters.attempts(by, params.id);
  }

  @Handles(routes.retryMail)
  async retryMail({ by, params }: Call<'retryMail'>) {
    return this.letters.retry(by, params.id);
  }

  @Handles(routes.demoInbox)
  async demoInbox({ by, query }: Call<'demoInbox'>) {
    return this.letters.demoInbox(by, query);
  }

  @Handles(routes.incidents)
  async incidents({ by, query }: Call<'incidents'>) {
    return this.troubles.page(by, { after: query.after, limit: query.limit, open: query.open === 'true' });
  }

  @Handles(routes.caseChecks)
  async caseChecks(_: Call<'caseChecks'>) {
    return this.troubles.checks();
  }

  @Handles(routes.resolveIncident)
  async resolveIncident({ by, params, body }: Call<'resolveIncident'>) {
    return this.troubles.resolve(by, params.id, body.resolution);
  }
}
