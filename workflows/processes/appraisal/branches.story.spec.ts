import { randomUUID } from 'node:crypto';
import { isRefusal } from '../../../libs/domain/refusal.ts';
import { posting } from '../../../test/support/announcement.ts';
import type { Worker } from '../../../test/support/cast.ts';
import { ToldHere } from '../../../test/support/told-here.ts';
import { objectionStory } from '../objection/workflow.ts';
import { YearHere } from './year.fixture.ts';

let here: YearHere;
afterEach(() => here.close());

const watches = () => here.db.case.findMany({ where: { process: 'dismissal' }, select: { personId: true, status: true, id: true } });
/** What the case of a watch over somebody's failing year was told. */
const toldTo = async (worker: Worker) => {
  const [watch] = (await watches()).filter(({ personId }) => personId === worker.personId);
  const events = await here.db.caseEvent.findMany({ where: { caseId: watch!.id } });
  return events.map(({ event }) => event);
};
const appeals = (worker: Worker) =>
  here.answers('notified', worker, worker.accountId, { wish: 'appeals', grounds: '有两项工作没有计入。' });

describe('after being told', () => {
  test('silence for ten days makes a rating final; a review that is won changes it before it is', async () => {
    here = await YearHere.opened(3);
    const { batch, workers } = here;
    await here.rated([80, 65, 62]);
    await appeals(workers[1]!);
    await here.answers('appealAnswer', workers[1]!, 'countyOrg2', { verdict: 'competent', opinion: '经复核，两项工作属实，予以计入。' });
    expect(await here.onRecord(workers[1]!)).toBe('competent');
    expect(await here.onRecord(workers[0]!)).toBeNull();
    expect(await batch.answers('notified', 'street', { done: 'done' })).toBe('ListNotDone');
    await batch.until('2026-12-15', '09:00');
    expect([await here.onRecord(workers[0]!), await here.onRecord(workers[2]!)]).toEqual(['competent', 'basic']);
    await batch.must('notified', 'street');
    expect(batch.batch.outcome).toBe('completed');
    await batch.sound();
  });

  test('a rejected review makes it final; the city that finds the complaint right changes it, and the watch that it began ends', async () => {
    here = await YearHere.opened(2);
    const { batch, workers } = here;
    const [, failing] = workers;
    await here.rated([80, 40]);
    await here.accepts(workers[0]!);
    await appeals(failing!);
    await here.answers('appealAnswer', failing!, 'countyOrg2', { verdict: 'asProposed', opinion: '经复核，测评程序和计分无误。' });
    expect(await here.onRecord(failing!)).toBe('failed');
    expect(await watches()).toMatchObject([{ personId: failing!.personId, status: 'running' }]);
    await batch.must('notified', 'street');
    expect(await batch.answers('completion', 'countyOrg2', { done: 'done' })).toBe('ListNotDone');

    await here.answers('complaint', failing!, failing!.accountId, { wish: 'complains', grounds: '居民评议人数不实。' });
    await here.answers('complaintAnswer', failing!, 'cityOrg', { verdict: 'basic', opinion: '经核查，居民评议应予更正。' });
    expect(await here.onRecord(failing!)).toBe('basic');
    expect(await toldTo(failing!)).toEqual(['corrected']);
    expect(await batch.outcomeOf(failing!)).toBe('basic');
    await batch.must('completion', 'countyOrg2');
    expect(batch.batch.outcome).toBe('completed');
    await batch.sound();
  });
});

describe('the notice of 优秀', () => {
  test('an objection holds up whom it is about and nobody else; found true, the county decides anew', async () => {
    here = await YearHere.opened(10);
    const { batch, workers } = here;
    await here.rated([95, 92, ...Array.from({ length: 8 }, () => 80)]);
    await batch.must('notice', 'countyOrg2', posting);
    const objection = await objects(workers[0]!);
    await batch.noticeEnds();
    for (const worker of workers.slice(1)) await here.accepts(worker);
    expect(await here.onRecord(workers[1]!)).toBe('excellent');
    await batch.must('notified', 'street');
    expect(await here.onRecord(workers[0]!)).toBeNull();

    await objection.says('check', 'cityOrg', { identity: 'clues', result: 'accepted', handlerId: batch.cast.ids.countyHr2 });
    await objection.says('investigate', 'countyHr2', {
      conclusion: 'upheld',
      findings: '调阅了走访记录，向社区和居民代表核实，反映的情况属实。',
      basis: '有走访记录和居民代表的说明为证。',
    });
    await here.answers('recheck', workers[0]!, 'countyOrg2', { verdict: 'competent', opinion: '异议属实，调整为合格。' });
    await here.accepts(workers[0]!);
    expect(await here.onRecord(workers[0]!)).toBe('competent');
    await batch.must('completion', 'countyOrg2');
    expect(batch.batch.outcome).toBe('completed');
    await batch.sound();
  });
});

/** Somebody objects to a worker on the notice; the objection's own story goes on with what is said in it. */
async function objects({ name }: Worker) {
  const { batch } = here;
  const notice = await here.db.notice.findFirstOrThrow();
  const { no } = await here.db.noticeRow.findFirstOrThrow({ where: { name } });
  const given = { id: randomUUID(), noticeId: notice.id, no, named: false, sealed: Uint8Array.of(1), codeHash: randomUUID() };
  const started = await batch.desk.receiveObjection({ ...given, at: batch.now, origin: 'test', actor: null });
  if (isRefusal(started)) throw new Error(started.refused);
  const told = new ToldHere({ desk: batch.desk, room: batch.room, caseId: started.caseId, story: objectionStory, now: () => batch.now });
  await told.begin();
  return {
    async says(stage: string, who: string, answer: Record<string, unknown>) {
      await told.goOn();
      await batch.must(stage, who, answer, started.caseId);
      await told.goOn();
      await batch.goOn();
    },
  };
}

describe('on the way', () => {
  test('somebody who leaves is not rated and holds nobody up', async () => {
    here = await YearHere.opened(3);
    const { batch, workers } = here;
    await here.reported();
    await batch.declares('street', 'leave', { on: batch.today, reason: '本人辞职。' }, await batch.caseOf(workers[2]!));
    await here.evaluated([80, 80, null]);
    for (const stage of ['scoring', 'committee', 'review']) await batch.listPasses(stage);
    for (const worker of workers.slice(0, 2)) await here.accepts(worker);
    expect(await batch.outcomeOf(workers[2]!)).toBe('left');
    expect(await here.onRecord(workers[2]!)).toBeNull();
    expect(batch.batch.outcome).toBeNull();
    await batch.sound();
  });

  test('the committee may take somebody down, and whoever may not decide on themself cannot', async () => {
    here = await YearHere.opened(6);
    const { batch, workers } = here;
    await here.reported();
    await here.evaluated([95, 80, 80, 80, 80, 80]);
    await batch.listPasses('scoring');
    await batch.onList(
      'chair',
      { act: 'decide', stage: 'committee', answer: { verdict: 'competent', opinion: '有群众反映，尚在核实。' } },
      [workers[0]!],
    );
    await batch.listPasses('committee');
    await batch.listPasses('review');
    // nobody is 优秀 any more: nothing is made public
    expect(await here.db.noticeRow.count()).toBe(0);
    await here.accepts(workers[0]!);
    expect(await here.onRecord(workers[0]!)).toBe('competent');
    await batch.sound();
  });

  test('a batch that is withdrawn takes everybody’s case with it, and nothing is on record', async () => {
    here = await YearHere.opened(2);
    const { batch, workers } = here;
    await here.reported();
    const by = await batch.cast.by(batch.cast.ids.countyOrg, batch.now);
    await batch.desk.withdraw({ ...by, caseId: batch.batchId, reason: '方案需要重新制定。' });
    await batch.goOn();
    expect(batch.batch.outcome).toBe('withdrawn');
    for (const worker of workers) expect(await here.onRecord(worker)).toBeNull();
    expect(await here.db.case.count({ where: { process: 'rating', status: 'running' } })).toBe(0);
  });
});
