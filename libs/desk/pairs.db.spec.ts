import { randomUUID } from 'node:crypto';
import { committee } from '../../test/support/cast.ts';
import { DeskHouse, type MatterAtDesk } from '../../test/support/matter-at-desk.ts';
import { StandIns } from '../../test/support/stand-ins.ts';
import { readYear } from '../calendar/calendar.ts';
import { formatEnd, instantOf } from '../domain/dates.ts';
import { isRefusal } from '../domain/refusal.ts';
import { refusedOf } from './bulk.ts';

// Verbs that meet: what breaks elsewhere when one comes in the middle of another.
let house: DeskHouse;
beforeAll(async () => {
  house = await DeskHouse.open('2026-03-02T01:30:00Z');
});
beforeEach(() => {
  house.now = instantOf('2026-03-02', '09:30');
});
afterAll(() => house.close());

const pass = { result: 'pass', opinion: '见会议记录' };
const draft = { text: '初稿' };
const onPaper = { reason: '等待上级批复', documentNo: '碧组发〔2026〕12号' };
const returns = async (matter: MatterAtDesk, who: string, from: string, to: string) => {
  const taskId = await matter.taskOf(from, who);
  return matter.does(who, (by) => house.desk.returnTask({ ...by, taskId, to, reason: '材料不齐', then: 'through' }));
};
const entriesOf = (matter: MatterAtDesk, verb: string) =>
  house.room.db.ledgerEntry.count({ where: { caseId: matter.caseId, verb, accepted: true } });

test('a return out of a countersignature of which one has signed: all sign anew, and the first signature counts no more', async () => {
  const matter = await house.start();
  await matter.answers('draft', 'street', draft);
  await matter.answers('check', 'street', pass);
  await matter.answers('all', 'member4', pass);
  expect(await returns(matter, 'member5', 'all', 'draft')).toBeNull();
  expect((await matter.tasks('all')).filter(({ status }) => status === 'open' || status === 'waiting')).toEqual([]);
  await matter.answers('draft', 'street', draft);
  await matter.answers('check', 'street', pass);
  const anew = await matter.tasks('all');
  expect(anew.map(({ status }) => status)).toEqual(committee.map(() => 'open'));
  await matter.everyoneAnswers('all', pass);
  expect((await matter.run('all'))!.result).toMatchObject({ result: 'pass', for: committee.length, members: committee.length });
  expect(await entriesOf(matter, 'task.answer')).toBe(2 + 1 + 2 + committee.length);
});

test('a return while somebody’s advice is out: the advice is asked no more, and nothing of it is left when the stage is asked anew', async () => {
  const matter = await house.start();
  await matter.answers('draft', 'street', draft);
  const taskId = await matter.taskOf('check', 'street');
  const adviser = house.cast.ids.street2;
  expect(await matter.does('street', (by) => house.desk.delegate({ ...by, taskId, to: adviser, reason: '请核对数字' }))).toBeNull();
  // the owner waits for the advice; it is called back first
  expect(await returns(matter, 'street', 'check', 'draft')).toBe('TaskWaits');
  const advice = (await matter.tasks('check')).find(({ part }) => part === 'advice')!;
  expect(await matter.does('street', (by) => house.desk.removeSigner({ ...by, taskId: advice.id, reason: '不再需要' }))).toBeNull();
  expect(await returns(matter, 'street', 'check', 'draft')).toBeNull();
  await matter.answers('draft', 'street', draft);
  expect((await matter.tasks('check')).map(({ part, status }) => [part, status])).toEqual([['main', 'open']]);
});

test('somebody was added as a signer, then the case is returned: the added one is asked no more', async () => {
  const matter = await house.start();
  await matter.answers('draft', 'street', draft);
  const taskId = await matter.taskOf('check', 'street');
  const added = { where: 'beside' as const, to: house.cast.ids.street2, reason: '请一并核对' };
  expect(await matter.does('street', (by) => house.desk.addSigner({ ...by, taskId, ...added }))).toBeNull();
  expect(await returns(matter, 'street', 'check', 'draft')).toBeNull();
  expect((await matter.tasks('check')).some(({ status }) => status === 'open' || status === 'waiting')).toBe(false);
  await matter.answers('draft', 'street', draft);
  expect((await matter.tasks('check')).map(({ part, status }) => [part, status])).toEqual([['main', 'open']]);
  expect(await matter.answers('check', 'street', pass)).toBeNull();
});

test('a substitute hands the task on, and it comes back: it is the principal’s own, for as long as they are asked', async () => {
  const people = await StandIns.open();
  try {
    await people.begin();
    const substitution = await people.standsIn('secretary', 'street');
    expect(await people.claims('secretary')).toBeNull();
    const handed = (to: string) => ({ to: people.idOf(to), reason: '外出开会' });
    expect(await people.on('draft', 'secretary', (by) => people.house.desk.transfer({ ...by, ...handed('street2') }))).toBeNull();
    expect(await people.on('draft', 'street2', (by) => people.house.desk.transfer({ ...by, ...handed('street') }))).toBeNull();
    expect((await people.only('draft')).assigneeId).toBe(people.idOf('street'));
    await people.ends(substitution, 'street');
    expect(await people.drafts('secretary')).toBe('NotYourTask');
    expect(await people.drafts('street')).toBeNull();
  } finally {
    await people.house.close();
  }
});

test('take back while the next one reads, fifty times: either the answer is back and nobody has read, or it was read and stands', async () => {
  for (let n = 0; n < 50; n += 1) {
    const matter = await house.start();
    await matter.answers('draft', 'street', draft);
    const done = (await matter.tasks('draft')).find(({ status }) => status === 'done')!.id;
    const next = await matter.taskOf('check', 'street2');
    const [back, reader] = await Promise.all([matter.by('street'), matter.by('street2')]);
    const [taken] = await Promise.all([
      house.desk.takeBack({ ...back, taskId: done, reason: '数字写错了' }),
      house.desk.noteRead({ taskId: next, actor: reader.actor, at: reader.at }),
    ]);
    await matter.told.goOn();
    await matter.sound();
    const { readAt, status } = await house.room.db.task.findUniqueOrThrow({ where: { id: next } });
    expect([readAt === null, status]).toEqual(isRefusal(taken) ? [false, 'open'] : [true, 'closed']);
  }
}, 60_000);

test('the calendar changes while a case is held: its deadline is counted when it goes on, by the new table and less the days held', async () => {
  const own = await DeskHouse.open('2026-11-23T01:30:00Z');
  try {
    const matter = await own.start();
    await matter.does('countyHr', (by) => own.desk.hold({ ...by, caseId: matter.caseId, ...onPaper }));
    const table = (await readYear(own.room.db, 2026))!;
    const off = [...table.off, { name: '临时放假', from: '2026-11-27', to: '2026-11-27' }];
    await own.desk.changeCalendar({
      ...(await own.cast.by(own.cast.ids.system, own.now)),
      table: { ...table, off },
      reason: '市里临时调整',
    });
    await matter.told.goOn();
    expect((await matter.run('draft'))!.dueAt).toBeNull();
    own.now = instantOf('2026-11-25', '10:00');
    await matter.does('countyHr', (by) => own.desk.resume({ ...by, caseId: matter.caseId, ...onPaper }));
    // five working days from Monday the 23rd end on the 30th; two were held, and Friday the 27th is off now
    expect(formatEnd((await matter.run('draft'))!.dueAt!)).toContain('12月3日');
    expect(await matter.answers('draft', 'street', draft)).toBeNull();
  } finally {
    await own.close();
  }
});

test('many at once, one of which was just withdrawn: that one is named, the rest stands', async () => {
  const all = await Promise.all(Array.from({ length: 4 }, () => house.start()));
  const taskIds = await Promise.all(all.map((matter) => matter.taskOf('draft', 'street')));
  await all[1]!.does('countyHr', (by) => house.desk.withdraw({ ...by, caseId: all[1]!.caseId, reason: '人员选错' }));
  const by = { ...(await all[0]!.by('street')), requestKey: randomUUID() };
  const verdicts = await house.desk.answerMany({ ...by, taskIds, answer: draft });
  expect(refusedOf(verdicts).map(({ taskId, refusal }) => [taskId, refusal.refused])).toEqual([[taskIds[1], 'TaskNotOpen']]);
  for (const [n, matter] of all.entries()) {
    await matter.told.goOn();
    await matter.sound();
    expect(await entriesOf(matter, 'task.answer')).toBe(n === 1 ? 0 : 1);
  }
});

test('two people claim at once, a thousand times: one has it, the other is told who', async () => {
  const CASES = 8;
  const all = await Promise.all(Array.from({ length: CASES }, () => house.start()));
  await Promise.all(
    all.map(async (matter) => {
      const taskId = await matter.taskOf('draft', 'street');
      const [one, other] = await Promise.all([matter.by('street'), matter.by('street2')]);
      for (let n = 0; n < 1_000 / CASES; n += 1) {
        const claims = await Promise.all([one, other].map((by) => house.desk.claim({ ...by, taskId })));
        expect(claims.map((claim) => (isRefusal(claim) ? claim.refused : 'claimed')).sort()).toEqual(['AlreadyClaimed', 'claimed']);
        const winner = isRefusal(claims[0]!) ? other : one;
        expect(isRefusal(await house.desk.release({ ...winner, taskId }))).toBe(false);
      }
      expect(await entriesOf(matter, 'task.claim')).toBe(1_000 / CASES);
    }),
  );
  for (const matter of all) await matter.sound();
}, 120_000);
