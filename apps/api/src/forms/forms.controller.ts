import { Controller } from '@nestjs/common';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { printForm } from '../../../../libs/forms/forms.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { System } from '../system.ts';

/** Official forms of a case. */
@Controller()
export class FormsController {
  private readonly system: System;

  constructor(system: System) {
    this.system = system;
  }

  @Handles(routes.formPdf)
  async formPdf({ by, params }: Call<'formPdf'>) {
    return printForm(this.system, by, { caseId: params.id, form: params.form, format: 'pdf' });
  }

  @Handles(routes.formWord)
  async formWord({ by, params }: Call<'formWord'>) {
    return printForm(this.system, by, { caseId: params.id, form: params.form, format: 'docx' });
  }
}
