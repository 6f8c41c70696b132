import { createHash, randomUUID } from 'node:crypto';
import { announcement, announcementStory, posting, roll, rollStory } from '../../test/support/announcement.ts';
import type { Officer } from '../../test/support/cast.ts';
import { DeskHouse, MatterAtDesk } from '../../test/support/matter-at-desk.ts';
import { objectionStory } from '../../workflows/processes/objection/workflow.ts';
import { instantOf } from '../domain/dates.ts';
import { isRefusal } from '../domain/refusal.ts';
import { listForNotice } from './notice.ts';

let house: DeskHouse;
beforeAll(async () => {
  house = await DeskHouse.open('2026-05-01T02:00:00Z');
});
afterAll(() => house.close());

const until = async (matter: MatterAtDesk, on: string, time: string) => {
  house.now = instantOf(on, time);
  await matter.told.goOn();
  await matter.sound();
};
/** Posted on 6 May 2026, a notice ends on 12 May at 17:30. */
async function posted({ process = announcement, story = announcementStory } = {}): Promise<MatterAtDesk> {
  house.now = instantOf('2026-05-06', '09:30');
  const matter = await MatterAtDesk.start(house, { process: process.name, story, starter: 'countyHr' });
  if (process === roll) {
    const rows = [1, 2, 3].map((n) => ({ key: `p${n}`, name: `公示人${n}`, unitName: '锦江街道', post: '五岗' }));
    await house.room.db.$transaction((tx) => listForNotice(tx, { caseId: matter.caseId, stage: 'notice', at: house.now, rows }));
  }
  expect(await matter.answers('draft', 'street', { text: '初稿' })).toBeNull();
  expect(await matter.answers('notice', 'countyOrg', posting)).toBeNull();
  return matter;
}
const noticeOf = ({ caseId }: MatterAtDesk) => house.room.db.notice.findFirstOrThrow({ where: { caseId }, orderBy: { round: 'desc' } });

interface Given {
  no?: number;
  named?: boolean;
  /** Who registers what came by letter. */
  by?: Officer;
}
async function received(parent: MatterAtDesk, { no = 1, named = true, by }: Given = {}) {
  const given = { no, named, sealed: new Uint8Array([1]), codeHash: createHash('sha256').update(randomUUID()).digest('hex') };
  return house.desk.receiveObjection({
    ...given,
    id: randomUUID(),
    noticeId: (await noticeOf(parent)).id,
    at: house.now,
    origin: 'test',
    actor: by ? (await parent.by(by)).actor : null,
  });
}
/** An objection that came in, with its own story. */
async function objects(parent: MatterAtDesk, of: Given = {}): Promise<MatterAtDesk> {
  const started = await received(parent, of);
  if (isRefusal(started)) throw new Error(started.refused);
  return MatterAtDesk.of(house, { caseId: started.caseId, story: objectionStory, worker: parent.worker });
}
const accepts = (objection: MatterAtDesk, handler: Officer = 'countyHr2', more = {}) =>
  objection.answers('check', 'countyOrg2', { identity: 'verified', result: 'accepted', handlerId: house.cast.ids[handler], ...more });
async function concludes(parent: MatterAtDesk, objection: MatterAtDesk, conclusion: string): Promise<void> {
  const findings = '调阅了工资发放表和合同，向社区两委和居民代表核实。';
  expect(await objection.answers('investigate', 'countyHr2', { conclusion, findings, basis: '有合同和工资表为证。' })).toBeNull();
  await parent.told.goOn();
  await parent.sound();
}
const replies = (objection: MatterAtDesk) =>
  objection.answers('reply', 'countyHr2', { how: 'inPerson', repliedOn: house.now.toISOString().slice(0, 10), proof: '本人签收。' });

describe('异议', () => {
  test.each([
    ['rejected', 'clear', null],
    ['upheld', 'objected', 'refused'],
    ['undecided', 'objected', 'refused'],
  ])('%s before the end: the notice stays to its end and tells %s', async (conclusion, result, outcome) => {
    const matter = await posted();
    const objection = await objects(matter);
    expect(await accepts(objection)).toBeNull();
    await concludes(matter, objection, conclusion);
    expect((await matter.run('notice'))!.status).toBe('open');
    await until(matter, '2026-05-12', '17:30');
    expect((await matter.run('notice'))!.result).toMatchObject({ result, objections: 1, [conclusion]: [matter.worker.personId], held: [] });
    expect(matter.told.outcome).toBe(outcome);
    expect((await noticeOf(matter)).statement).toMatchObject({ objections: 1, [conclusion]: [matter.worker.personId] });
    house.now = instantOf('2026-05-13', '09:00');
    expect(await replies(objection)).toBeNull();
    expect(objection.told.outcome).toBe(conclusion);
  });

  test('open at the end: the notice waits, and goes on with the conclusion, before the reply', async () => {
    const matter = await posted();
    house.now = instantOf('2026-05-12', '17:29');
    const objection = await objects(matter);
    await until(matter, '2026-05-13', '10:00');
    expect((await matter.run('notice'))!.status).toBe('open');
    expect((await noticeOf(matter)).closedAt).toBeNull();
    expect(await accepts(objection)).toBeNull();
    expect((await objection.run('investigate'))!.dueAt).toEqual(instantOf('2026-05-27', '17:30'));
    await concludes(matter, objection, 'rejected');
    expect(await matter.run('notice')).toMatchObject({ status: 'closed', result: { result: 'clear', objections: 1 } });
    expect((await objection.run('reply'))!.dueAt).toEqual(instantOf('2026-05-20', '17:30'));
    expect(await matter.answers('file', 'countyOrg2', { docNo: '1号' })).toBeNull();
    expect(matter.told.outcome).toBe('done');
  });

  test('after the end it is refused with where to go; somebody who is not on the list as well', async () => {
    const matter = await posted();
    house.now = instantOf('2026-05-12', '17:30');
    const late = await received(matter);
    expect(late).toMatchObject({
      refused: 'NoticeOver',
      params: { at: '5月12日(周二) 17:30', phone: posting.phone, address: posting.address },
    });
    house.now = instantOf('2026-05-12', '17:29');
    expect(await received(matter, { no: 2 })).toMatchObject({ refused: 'NotOnNotice' });
    // what an officer registers in vain stands on record with who it was; a stranger's attempt does not
    const recorded = () => house.room.db.ledgerEntry.findMany({ where: { caseId: matter.caseId, verb: 'objection.receive' } });
    expect(await recorded()).toEqual([]);
    expect(await received(matter, { no: 2, by: 'countyOrg2' })).toMatchObject({ refused: 'NotOnNotice' });
    expect(await recorded()).toMatchObject([{ accepted: false, accountId: house.cast.ids.countyOrg2 }]);
    expect(await house.room.db.objection.count({ where: { caseId: matter.caseId } })).toBe(0);
  });

  test('without a name it needs clues that can be checked, and gets no reply', async () => {
    const matter = await posted();
    const [vague, checkable] = [await objects(matter, { named: false }), await objects(matter, { named: false })];
    const dismissed = { identity: 'neither', result: 'notAccepted', reason: '没有时间、地点和可以核实的人。' };
    expect(await accepts(vague)).toBe('AnswerDoesNotFit');
    expect(await vague.answers('check', 'countyOrg2', { ...dismissed, result: 'accepted' })).toBe('AnswerDoesNotFit');
    expect(await vague.answers('check', 'countyOrg2', dismissed)).toBeNull();
    expect(vague.told.outcome).toBe('dismissed');
    expect(await accepts(checkable, 'countyHr2', { identity: 'clues' })).toBeNull();
    await concludes(matter, checkable, 'rejected');
    expect(checkable.told.outcome).toBe('rejected');
    await until(matter, '2026-05-12', '17:30');
    expect((await matter.run('notice'))!.result).toMatchObject({ result: 'clear', objections: 2 });
  });

  test('whoever had a part in the matter, the person concerned and their relatives have none in it', async () => {
    const matter = await posted();
    await house.room.db.relative.createMany({
      data: [
        { accountId: house.cast.ids.countyOrg2, otherId: matter.worker.accountId },
        { accountId: matter.worker.accountId, otherId: house.cast.ids.countyOrg2 },
      ],
    });
    const objection = await objects(matter);
    const { caseId } = objection;
    expect(await accepts(objection)).toBe('Recused');
    const accept = { identity: 'verified', result: 'accepted' };
    expect(await objection.answers('check', 'countyOrg', { ...accept, handlerId: house.cast.ids.countyHr })).toBe('AnswerDoesNotFit');
    for (const who of ['countyHr', 'countyOrg2', 'worker'])
      expect(await house.desk.caseView({ caseId, ...(await objection.by(who)) })).toMatchObject({ refused: 'NotYourCase' });
    expect(await objection.answers('check', 'countyOrg', { ...accept, handlerId: house.cast.ids.countyHr2 })).toBeNull();
    expect((await objection.tasks('investigate')).map(({ assigneeId }) => assigneeId)).toEqual([house.cast.ids.countyHr2]);
    expect(await objection.does('countyOrg', (by) => house.desk.cancel({ ...by, caseId, reason: '不查了' }))).toBe('NotCancelled');
    await house.room.db.relative.deleteMany({});
  });

  test('nor has whoever started the matter in another’s stead', async () => {
    const matter = await posted();
    await house.room.db.case.update({ where: { id: matter.caseId }, data: { startedById: house.cast.ids.countyHr2 } });
    const objection = await objects(matter);
    expect(await accepts(objection, 'countyHr2')).toBe('AnswerDoesNotFit');
    expect(await accepts(objection, 'countyOrg')).toBeNull();
  });

  test('only those who deal with it see who objects, and each look is an entry', async () => {
    const matter = await posted();
    const objection = await objects(matter);
    const looks = async (who: string) => {
      const seen = await house.desk.lookAtObjection({ caseId: objection.caseId, ...(await objection.by(who)) });
      return isRefusal(seen) ? seen.refused : 'seen';
    };
    expect([await looks('countyHr2'), await looks('street'), await looks('worker'), await looks('auditor')]).toEqual(
      Array.from({ length: 4 }, () => 'ObjectionForHandlers'),
    );
    expect(await looks('countyOrg2')).toBe('seen');
    expect(await accepts(objection)).toBeNull();
    expect([await looks('countyHr2'), await looks('countyOrg2'), await looks('countyOrg'), await looks('countyHr')]).toEqual([
      'seen',
      'seen',
      'ObjectionForHandlers',
      'ObjectionForHandlers',
    ]);
    const entries = await house.room.db.ledgerEntry.groupBy({
      by: ['accepted'],
      where: { caseId: objection.caseId, verb: 'objection.view' },
      _count: true,
    });
    expect(entries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ accepted: true, _count: 3 }),
        expect.objectContaining({ accepted: false, _count: 6 }),
      ]),
    );
  });

  test('nobody takes one away on which a notice waits: neither whoever registered it nor the county', async () => {
    const parent = await posted();
    for (const by of [undefined, 'countyOrg2'] as const) {
      const objection = await objects(parent, by && { by });
      const { caseId } = objection;
      const reason = '反映人不再坚持';
      for (const who of ['countyOrg2', 'countyOrg', 'street', 'system'] as const)
        expect(await objection.does(who, (as) => house.desk.withdraw({ ...as, caseId, reason }))).toBe('NotCancelled');
      expect(await objection.does('countyHr2', (as) => house.desk.cancel({ ...as, caseId, reason }))).toBe('NotCancelled');
    }
  });

  test('while the case is held objections come in and are dealt with', async () => {
    const matter = await posted();
    const onPaper = { caseId: matter.caseId, reason: '等待上级批复', documentNo: '碧组发〔2026〕12号' };
    expect(await matter.does('countyHr', (by) => house.desk.hold({ ...by, ...onPaper }))).toBeNull();
    const objection = await objects(matter);
    expect(await accepts(objection)).toBeNull();
    await concludes(matter, objection, 'rejected');
    expect((await matter.run('notice'))!.status).toBe('open');
    await until(matter, '2026-05-13', '10:00');
    expect(await matter.does('countyHr', (by) => house.desk.resume({ ...by, ...onPaper }))).toBeNull();
    await until(matter, '2026-05-20', '17:30');
    expect((await matter.run('notice'))!.status).toBe('closed');
  });

  test('a case that is withdrawn leaves its objections to be dealt with', async () => {
    const matter = await posted();
    const objection = await objects(matter);
    expect(await matter.does('countyHr', (by) => house.desk.withdraw({ ...by, caseId: matter.caseId, reason: '名单有误' }))).toBeNull();
    expect(await accepts(objection)).toBeNull();
    await concludes(matter, objection, 'upheld');
    expect(await replies(objection)).toBeNull();
    expect(objection.told.outcome).toBe('upheld');
    expect(await received(matter)).toMatchObject({ refused: 'NotFound' });
  });
});

describe('名单上的异议', () => {
  const list = () => posted({ process: roll, story: rollStory });

  test('two objections to two people: only these are held, everybody else goes on at the end', async () => {
    const matter = await list();
    const [first, second] = [await objects(matter, { no: 1 }), await objects(matter, { no: 3 })];
    await until(matter, '2026-05-12', '17:30');
    expect(await matter.run('notice')).toMatchObject({
      status: 'closed',
      result: { result: 'objected', held: ['p1', 'p3'], objections: 2 },
    });
    expect((await noticeOf(matter)).closedAt).toBeNull();
    expect(await matter.answers('file', 'countyOrg2', { docNo: '1号' })).toBeNull();
    expect((await matter.run('objections'))!.status).toBe('open');
    for (const objection of [first, second]) expect(await accepts(objection)).toBeNull();
    await concludes(matter, first, 'rejected');
    expect((await matter.run('objections'))!.status).toBe('open');
    await concludes(matter, second, 'upheld');
    expect((await matter.run('objections'))!.result).toMatchObject({ held: [], rejected: ['p1'], upheld: ['p3'] });
    expect(matter.told.outcome).toBe('refused');
    expect((await noticeOf(matter)).statement).toMatchObject({ listed: 3, objections: 2, rejected: ['p1'], upheld: ['p3'] });
  });

  test('made public anew, an objection that is still open holds its person again', async () => {
    const matter = await list();
    const objection = await objects(matter, { no: 2 });
    await until(matter, '2026-05-12', '17:30');
    const taskId = await matter.taskOf('file', 'countyOrg2');
    const back = { taskId, to: 'notice', reason: '名单要更正', then: 'through' as const };
    expect(await matter.does('countyOrg2', (by) => house.desk.returnTask({ ...by, ...back }))).toBeNull();
    expect(await matter.answers('notice', 'countyOrg', posting)).toBeNull();
    await until(matter, '2026-05-19', '17:30');
    expect((await matter.run('notice'))!.result).toMatchObject({ held: ['p2'], objections: 1 });
    expect(await matter.answers('file', 'countyOrg2', { docNo: '1号' })).toBeNull();
    expect(await accepts(objection)).toBeNull();
    await concludes(matter, objection, 'rejected');
    expect(matter.told.outcome).toBe('done');
  });
});
