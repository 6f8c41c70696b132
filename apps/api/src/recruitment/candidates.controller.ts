import { Controller } from '@nestjs/common';
import { recordRefusal } from '../../../../libs/access/records.ts';
import { closeSession } from '../../../../libs/access/session.ts';
import { CODE_MINUTES, normaliseMail, sendSignInCode, signInByCode } from '../../../../libs/access/sign-in-code.ts';
import { actorOf } from '../../../../libs/access/actor.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { dateOf } from '../../../../libs/domain/dates.ts';
import { isRefusal, refuse } from '../../../../libs/domain/refusal.ts';
import { publicAnnouncement, publicAnnouncements } from '../../../../libs/recruitment/announcements.ts';
import { ownApplications } from '../../../../libs/recruitment/own-applications.ts';
import { ownTicket } from '../../../../libs/recruitment/papers.ts';
import { checkConditions, claimCandidate, readDraft, register, saveDraft, waive } from '../../../../libs/recruitment/register.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { Live } from '../live/live.ts';
import { tellSession } from '../session/session.controller.ts';
import { Sessions } from '../session/sessions.ts';
import { System } from '../system.ts';

/** 招聘公告 for everybody, and the candidate's own: signing in by mail, the form, the ticket, withdrawal. */
@Controller()
export class CandidatesController {
  private readonly system: System;
  private readonly sessions: Sessions;
  private readonly live: Live;

  constructor(system: System, sessions: Sessions, live: Live) {
    this.system = system;
    this.sessions = sessions;
    this.live = live;
  }

  @Handles(routes.announcements)
  async announcements({ at }: Call<'announcements'>) {
    return { items: await publicAnnouncements(this.system.db, at) };
  }

  @Handles(routes.announcement)
  async announcement({ params, at }: Call<'announcement'>) {
    return (await publicAnnouncement(this.system.db, params.id, at)) ?? refuse('NotFound', { what: '这份公告' });
  }

  @Handles(routes.checkConditions)
  async conditions({ params, body }: Call<'checkConditions'>) {
    return checkConditions(this.system.db, params.id, body);
  }

  @Handles(routes.sendCandidateCode)
  async code({ body, at }: Call<'sendCandidateCode'>) {
    return (await sendSignInCode(this.system.db, { mail: body.email, at })) ?? { minutes: CODE_MINUTES };
  }

  @Handles(routes.candidateSignIn)
  async signIn({ body, session, at, origin, reply }: Call<'candidateSignIn'>) {
    const { db, config } = this.system;
    const opened = await signInByCode(db, { mail: body.email, code: body.code, at, origin, rules: config.session });
    if (isRefusal(opened)) return opened;
    if (session) {
      this.sessions.forget(session);
      await closeSession(db, session.tokenHash);
      this.live.signedOut(session.tokenHash);
    }
    this.sessions.setCookie(reply, opened.token);
    await claimCandidate(db, { accountId: opened.actor.accountId, mail: normaliseMail(body.email) });
    const actor = (await actorOf(db, opened.actor.accountId, dateOf(at))) ?? opened.actor;
    return tellSession({ ...opened, actor }, config.demo, at);
  }

  @Handles(routes.ownApplications)
  async own({ by }: Call<'ownApplications'>) {
    return { items: await ownApplications(this.system.db, by.actor.accountId) };
  }

  @Handles(routes.applicationDraft)
  async draft({ by, params }: Call<'applicationDraft'>) {
    const found = await readDraft(this.system.db, this.system.personKeys, { accountId: by.actor.accountId, batchId: params.id });
    return found ?? { draft: null, savedAt: null };
  }

  @Handles(routes.saveApplicationDraft)
  async save({ by, params, body }: Call<'saveApplicationDraft'>) {
    const saved = await saveDraft(this.system.db, this.system.personKeys, {
      accountId: by.actor.accountId,
      batchId: params.id,
      draft: body,
      at: by.at,
    });
    if (isRefusal(saved) && saved.refused !== 'NotFound') await recordRefusal(this.system.db, by, 'application.draft', saved);
    return saved;
  }

  @Handles(routes.apply)
  async apply({ by, params, body }: Call<'apply'>) {
    const answer = await register(this.system, this.system.personKeys, { ...by, batchId: params.id, form: body });
    if (isRefusal(answer) && answer.refused !== 'NotFound')
      await recordRefusal(this.system.db, by, 'application.submit', answer, { detail: { batchId: params.id } });
    return answer;
  }

  @Handles(routes.waiveApplication)
  async waive({ by, params, body }: Call<'waiveApplication'>) {
    const done = await waive(this.system, { ...by, caseId: params.id, reason: body.reason });
    return isRefusal(done) ? done : { standing: 'out' as const };
  }

  @Handles(routes.applicationTicket)
  async ticket({ by, params }: Call<'applicationTicket'>) {
    return ownTicket(this.system.db, { caseId: params.id, actor: by.actor, at: by.at });
  }
}
