import { YearHere } from './year.fixture.ts';

let here: YearHere;
afterEach(() => here.close());

describe('a year of one street', () => {
  test('from the plan to the record: reported, evaluated, rated, the best made public, everybody told; a failing year begins its watch', async () => {
    here = await YearHere.opened(10);
    const { batch, workers } = here;
    expect(await here.db.case.count({ where: { process: 'rating', status: 'running' } })).toBe(10);
    await here.rated([95, 92, 85, 84, 83, 82, 81, 75, 65, 50]);
    expect(await here.db.stageRun.findFirst({ where: { caseId: batch.batchId, status: 'open' } })).toMatchObject({ stage: 'notice' });
    const listed = await here.db.noticeRow.findMany({ select: { name: true } });
    expect(listed.map(({ name }) => name).sort()).toEqual([workers[0]!.name, workers[1]!.name].sort());
    await here.announced();
    for (const worker of workers) await here.accepts(worker);
    await batch.must('notified', 'street');
    expect(batch.batch.outcome).toBe('completed');
    expect(await Promise.all(workers.map((worker) => here.onRecord(worker)))).toEqual([
      'excellent',
      'excellent',
      ...Array.from({ length: 6 }, () => 'competent'),
      'basic',
      'failed',
    ]);
    expect(await batch.outcomeOf(workers[9]!)).toBe('failed');
    expect(await here.db.case.findMany({ where: { process: 'dismissal' }, select: { personId: true, status: true } })).toEqual([
      { personId: workers[9]!.personId, status: 'running' },
    ]);
    // however many stand on the list, its story hears of each stage once; a person's hears of seven things
    const told = async (process: string) =>
      (await here.db.case.findMany({ where: { process }, select: { nextMessageNo: true } })).map(({ nextMessageNo }) => nextMessageNo - 1);
    expect(await told('appraisal')).toEqual([10]);
    expect(new Set(await told('rating'))).toEqual(new Set([7]));
    await batch.sound();
  });

  test('without a self-report one is rated all the same, once its day is over', async () => {
    here = await YearHere.opened(3);
    const { batch, workers } = here;
    await here.reports(workers[0]!);
    await here.reports(workers[1]!);
    expect(await batch.answers('selfReport', 'street', { done: 'done' })).toBe('ListNotDone');
    await batch.until('2026-12-11', '09:00');
    await batch.must('selfReport', 'street');
    await here.evaluated([80, 80, 80]);
    for (const stage of ['scoring', 'committee', 'review']) await batch.listPasses(stage);
    // nobody is 优秀: there is nothing to make public
    await here.accepts(workers[2]!);
    expect(await here.onRecord(workers[2]!)).toBe('competent');
    await batch.sound();
  });

  test('who is in probation at the end of the year is not rated; nobody can rate them; the others need their evaluations first', async () => {
    here = await YearHere.opened(2, { also: ['2026-10-08'] });
    const { batch, workers } = here;
    expect(await here.upload([80, 80, null])).toMatchObject({ refused: 'ListClosed' });
    await here.reported();
    expect(await here.upload([80, null, null])).toMatchObject({ good: 1, refused: 0, without: 1 });
    expect(await batch.answers('evaluation', 'street', { done: 'done' })).toBe('EvaluationsMissing');
    await here.evaluated([null, 50, null]);
    await batch.onList('street', { act: 'decide', stage: 'scoring', answer: { verdict: 'asProposed' } }, workers.slice(0, 2));
    await batch.onList('street', { act: 'decide', stage: 'scoring', answer: { verdict: 'competent', opinion: '表现较好。' } }, [
      workers[2]!,
    ]);
    expect(await batch.answers('scoring', 'street', { done: 'done' })).toBe('UnratedStays');
    await batch.onList('street', { act: 'undo', stage: 'scoring' }, [workers[2]!]);
    for (const stage of ['scoring', 'committee', 'review']) await batch.listPasses(stage);
    await here.accepts(workers[2]!);
    expect(await here.onRecord(workers[2]!)).toBe('unrated');
    await batch.sound();
  });
});

describe('the cap on 优秀', () => {
  test('too many keep the street from reporting; who comes down is named, and the street rates again', async () => {
    here = await YearHere.opened(10);
    const { batch, workers } = here;
    await here.reported();
    await here.evaluated([95, 94, 93, 85, 84, 83, 82, 81, 75, 72]);
    await batch.onList('street', { act: 'decide', stage: 'scoring', answer: { verdict: 'asProposed' } }, 'all');
    expect(await batch.answers('scoring', 'street', { done: 'done' })).toBe('CapExceeded');
    const refusal = await here.db.ledgerEntry.findFirst({ where: { accepted: false, caseId: batch.batchId }, orderBy: { at: 'desc' } });
    expect(refusal!.body).toContain(workers[2]!.name);
    expect(refusal!.body).not.toContain(workers[1]!.name);
    await batch.onList('street', { act: 'undo', stage: 'scoring' }, [workers[2]!]);
    expect(await batch.refusalOf('street', { act: 'decide', stage: 'scoring', answer: { verdict: 'competent' } }, workers[2]!)).toBe(
      'AnswerDoesNotFit',
    );
    await batch.onList(
      'street',
      { act: 'decide', stage: 'scoring', answer: { verdict: 'competent', opinion: '优秀名额有限，按总分排序。' } },
      [workers[2]!],
    );
    await batch.must('scoring', 'street');
    expect(await here.proposed(workers[2]!)).toBe('competent');
    await batch.sound();
  });
});
