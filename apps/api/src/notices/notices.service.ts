import { createHash, randomInt, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { holdsOver } from '../../../../libs/access/permission.ts';
import { recordRefusal, type Witnessed } from '../../../../libs/access/records.ts';
import {
  noticesPage,
  noticeView,
  objectionState,
  publicNotice,
  publicNotices,
  type RowsWanted,
} from '../../../../libs/desk/notice-views.ts';
import { overseenPaths } from '../../../../libs/desk/reach.ts';
import type { DeskRoom } from '../../../../libs/desk/room.ts';
import { createDesk, type Desk } from '../../../../libs/desk/desk.ts';
import { CODE_LETTERS, codeOf, contentOf, objectionContent, shownCode, type ObjectionForm } from '../../../../libs/domain/objection.ts';
import { isRefusal, refuse, type Refusal } from '../../../../libs/domain/refusal.ts';
import type { Actor } from '../../../../libs/domain/roles.ts';
import { openObjection, sealObjection } from '../../../../libs/people/keys.ts';
import { System } from '../system.ts';

const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');
const noNotice = () => refuse('NotFound', { what: '这份公示' });

/** 公示 and 异议 for the door: what anybody may read and send, and what an office sees of it. */
@Injectable()
export class NoticesService {
  private readonly system: System;
  private readonly room: DeskRoom;
  private readonly desk: Desk;

  constructor(system: System) {
    this.system = system;
    this.room = { db: system.db, catalogue: system.catalogue };
    this.desk = createDesk(this.room);
  }

  current(at: Date) {
    return publicNotices(this.room, { at });
  }

  async one(id: string, wanted: RowsWanted, at: Date) {
    return (await publicNotice(this.room, { ...wanted, id, at })) ?? noNotice();
  }

  /** Who objects and what they say is sealed here, before it reaches the desk; the code is told once and kept as a hash. */
  async object(noticeId: string, form: ObjectionForm, { at, origin, actor }: { at: Date; origin: string; actor: Actor | null }) {
    const id = randomUUID();
    const code = Array.from({ length: 16 }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');
    const sealed = sealObjection(this.system.personKeys, id, JSON.stringify(contentOf(form)));
    const received = await this.desk.receiveObjection({
      id,
      noticeId,
      no: form.no,
      named: form.named,
      sealed,
      codeHash: hashOf(code),
      at,
      origin,
      actor,
    });
    return isRefusal(received) ? received : { code: shownCode(code) };
  }

  async state(typed: string) {
    const code = codeOf(typed);
    return (code && (await objectionState(this.room, { codeHash: hashOf(code) }))) || refuse('NotFound', { what: '这个受理编号' });
  }

  list({ actor, at }: Witnessed, box: 'current' | 'all') {
    return noticesPage(this.room, { actor, at, box });
  }

  async view(by: Witnessed, id: string, wanted: RowsWanted) {
    const found = await noticeView(this.room, { ...wanted, id, actor: by.actor, at: by.at });
    if (!found) return noNotice();
    if (!overseenPaths(by.actor).some((path) => found.unitPath.startsWith(path))) return this.refused(by, 'notice.view', id);
    return { ...found.view, mayRegister: found.view.status === 'open' && this.registers(by.actor, found.unitPath) };
  }

  async register(by: Witnessed, id: string, form: ObjectionForm) {
    const found = await noticeView(this.room, { id, page: 1, actor: by.actor, at: by.at });
    if (!found) return noNotice();
    return this.registers(by.actor, found.unitPath) ? this.object(id, form, by) : this.refused(by, 'objection.register', id);
  }

  /** What somebody said against somebody, opened for those who deal with it. */
  async content(by: Witnessed, caseId: string) {
    const found = await this.desk.lookAtObjection({ ...by, caseId });
    if (isRefusal(found)) return found;
    const content = objectionContent.parse(JSON.parse(openObjection(this.system.personKeys, found.id, found.sealed)));
    return { ...content, named: found.named };
  }

  private registers(actor: Actor, unitPath: string): boolean {
    return holdsOver(actor, ['COUNTY_ORG', 'CITY_ORG'], unitPath);
  }

  private async refused(by: Witnessed, verb: string, noticeId: string): Promise<Refusal> {
    const refusal = refuse('NotInYourUnits');
    await recordRefusal(this.system.db, by, verb, refusal, { detail: { noticeId } });
    return refusal;
  }
}
