import { seedReference } from '../../prisma/seed/reference.ts';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { isRefusal, refusalText, type Refusal } from '../domain/refusal.ts';
import { addFact } from '../people/facts.ts';
import { indexOf, openIdNumber, personKeysFrom } from '../people/keys.ts';
import { personAsOf } from '../people/people.ts';
import { correctionsOf, faultsOf, readBatch, rowsOf, type ImportBatchView } from './batch.ts';
import { confirm } from './confirm.ts';
import { dryRun, recheck, type DryRunInput, type ImportAct } from './dry-run.ts';
import { excerptOf } from './excerpt.ts';
import { discard, forgetOldImports } from './housekeeping.ts';
import { learn } from './learn.ts';
import { markedWorkbook } from './marked-workbook.ts';
import { HEADER, idNumber, line, officer, testdata, workbookOf, type Line } from './roster.fixture.ts';
import { undo } from './undo.ts';

const keys = personKeysFrom('0123456789abcdef'.repeat(4));
const at = new Date('2026-11-24T02:00:00Z');
const act: ImportAct = { actor: officer(), withinPath: '5206/', at };
const reader = { accountId: act.actor.accountId, withinPath: '5206/' };

let testing: TestDatabase;
beforeEach(async () => {
  testing = await freshDatabase();
  await seedReference(testing.db);
});
afterEach(() => testing.close());

function sound<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(refusalText(answer));
  return answer as T;
}
const upload = async (bytes: Uint8Array, input: Partial<DryRunInput> = {}): Promise<ImportBatchView> =>
  sound(await dryRun(testing.db, keys, { ...act, bytes, fileName: '花名册.xlsx', ...input }));
const uploadLines = async (people: readonly Line[], input: Partial<DryRunInput> = {}) => upload(await workbookOf(people), input);
const confirmed = async ({ id }: ImportBatchView, input: Partial<ImportAct & { goodRowsOnly: boolean }> = {}) =>
  confirm(testing.db, keys, { ...act, batchId: id, goodRowsOnly: false, ...input });
const imported = async (people: readonly Line[], input: Partial<DryRunInput> = {}) => {
  const batch = await uploadLines(people, input);
  return { batch, result: sound(await confirmed(batch, input)) };
};
const undone = ({ id }: ImportBatchView, input: Partial<ImportAct> = {}) =>
  undo(testing.db, { ...act, batchId: id, reason: '传错了文件', ...input });
const counts = async () => {
  const { db } = testing;
  const [people, facts, accounts, posts] = await Promise.all([
    db.person.count(),
    db.personFact.count(),
    db.account.count(),
    db.postHeld.count(),
  ]);
  return { people, facts, accounts, posts };
};
const personOf = async (n: number) => testing.db.person.findUnique({ where: { idNoIndex: indexOf(keys, idNumber(n)) } });
const standing = async (n: number, on = '2026-11-24') => personAsOf(testing.db, (await personOf(n))!.id, on);
const faultsIn = async ({ id }: ImportBatchView) => sound(await faultsOf(testing.db, id, reader, { limit: 1000 })).items;
/** A rating that a case decided. */
const rated = (personId: string) =>
  testing.db.$transaction((tx) =>
    addFact(
      tx,
      { personId, kind: 'rating', fromOn: '2024-01-01', toOn: '2024-12-31', value: { year: 2024, rating: 'excellent' }, ground: 'case:1' },
      at,
    ),
  );
const nothing = { people: 0, facts: 0, accounts: 0, posts: 0 };

describe('the city’s roster as it comes', () => {
  test('2,411 people in one transaction: facts, accounts, posts, ledger; a second time nobody changes', async () => {
    const { db } = testing;
    const started = performance.now();
    const batch = await upload(testdata('roster.xlsx'));
    const checked = performance.now();
    expect(batch).toMatchObject({ status: 'checked', rows: 2411, refusedRows: 0, mayConfirm: true, why: null });
    expect(batch.summary).toMatchObject({
      added: 2411,
      updated: 0,
      unchanged: 0,
      faults: 0,
      corrections: 0,
      onProbation: 53,
      attempt: 1,
      faultsBefore: null,
    });
    expect(await counts()).toEqual(nothing);
    const result = sound(await confirmed(batch));
    const done = performance.now();
    console.info(`2,411 rows: dry run ${Math.round(checked - started)} ms, import ${Math.round(done - checked)} ms`);
    expect(result).toEqual({ added: 2411, updated: 0, unchanged: 0, left: 0, text: '新增 2,411 人。' });

    const after = await counts();
    expect(after).toMatchObject({ people: 2411, accounts: 2411 });
    const kinds = await db.personFact.groupBy({ by: ['kind', 'assumed'], _count: true, orderBy: [{ kind: 'asc' }, { assumed: 'asc' }] });
    expect(kinds.map(({ kind, assumed, _count }) => [kind, assumed, _count])).toEqual([
      ['contract', true, 53],
      ['employment', false, 2411 - 53],
      ['employment', true, 53],
      ['post-grade-step', true, 2411 - 53],
      // 4,822 cells less 445 and 246 blank ones.
      ['rating', false, 2 * 2411 - 445 - 246],
    ]);
    const roles = await db.postHeld.groupBy({ by: ['role'], _count: true });
    expect(Object.fromEntries(roles.map(({ role, _count }) => [role, _count]))).toEqual({ WORKER: 2411, COMMUNITY_SECRETARY: 166 + 18 });
    expect(await db.account.count({ where: { status: 'inactive', passwordHash: null } })).toBe(2411);
    expect(await db.ledgerEntry.count({ where: { verb: 'roster.add', accepted: true } })).toBe(2411);
    expect(await db.ledgerEntry.count({ where: { verb: 'roster.import' } })).toBe(1);
    const numbers = await db.person.findMany({ select: { staffNo: true }, orderBy: { staffNo: 'asc' } });
    expect([numbers[0]?.staffNo, numbers.at(-1)?.staffNo]).toEqual(['E00001', 'E02411']);

    expect(sound(await confirmed(batch))).toEqual(result);
    const again = await upload(testdata('roster.xlsx'));
    expect(again.summary).toMatchObject({ added: 0, updated: 0, unchanged: 2411, attempt: 2, faultsBefore: 0 });
    expect(sound(await confirmed(again)).text).toBe('全部 2,411 人没有变化。');
    expect(await counts()).toEqual(after);
  }, 120_000);

  test('no ID number lies open in what is kept of an upload', async () => {
    const batch = await upload(testdata('roster-messy.xlsx'));
    const kept = await testing.db.importBatch.findUniqueOrThrow({ where: { id: batch.id } });
    const text = JSON.stringify([kept.mapping, kept.summary, kept.rows, kept.faults]) + Buffer.from(kept.bytes).toString('latin1');
    expect(text).not.toMatch(/520690\d{11}[\dXx]/);
    expect(text).not.toContain('sharedStrings');
    const ledger = await testing.db.ledgerEntry.findMany();
    expect(ledger.map(({ verb }) => verb)).toEqual(['roster.check']);
  });

  test('the messy roster: faults in pages, nothing imported as a whole, the good rows alone on request', async () => {
    const { db } = testing;
    const batch = await upload(testdata('roster-messy.xlsx'));
    const refused = testdata('roster-messy.expected.csv')
      .toString()
      .match(/reject:/g)!.length;
    expect(batch.summary).toMatchObject({ rows: 500, refusedRows: refused, good: 500 - refused, faults: refused });
    expect(batch.summary.groups.reduce((sum, { count }) => sum + count, 0)).toBe(refused);
    const first = sound(await faultsOf(db, batch.id, reader, { limit: 20, severity: 'error' }));
    const second = sound(await faultsOf(db, batch.id, reader, { limit: 20, severity: 'error', after: first.next! }));
    expect([...first.items, ...second.items].map(({ row }) => row)).toEqual(
      [...first.items, ...second.items].map(({ row }) => row).sort((a, b) => a - b),
    );
    expect(sound(await faultsOf(db, batch.id, reader, { limit: 100, code: 'id-length' })).items.map(({ row }) => row)).toEqual([
      411, 425, 492,
    ]);
    expect(sound(await correctionsOf(db, batch.id, reader, { limit: 100 })).items.length).toBe(batch.summary.corrections);
    expect(sound(await rowsOf(db, batch.id, reader, { limit: 1000, verdict: 'refused' })).items).toHaveLength(refused);

    expect(await confirmed(batch)).toEqual({ refused: 'ImportHasFaults', params: { rows: refused, good: 500 - refused } });
    expect(await counts()).toEqual(nothing);
    const result = sound(await confirmed(batch, { goodRowsOnly: true }));
    expect(result).toMatchObject({ added: 500 - refused, left: refused });
    expect((await counts()).people).toBe(500 - refused);
  });
});

describe('what an import makes of a person', () => {
  test('on probation: a contract of three years, six months of it probation, both assumed; no grade yet', async () => {
    await imported([line(2, { joinedOn: '2026-08-14', 'rating:2025': null })]);
    const { inForce } = (await standing(2))!;
    expect(inForce.employment).toMatchObject({
      fromOn: '2026-08-14',
      assumed: true,
      value: { status: 'probation', post: 5, joinedOn: '2026-08-14' },
    });
    expect(inForce.contract).toMatchObject({
      assumed: true,
      toOn: '2029-08-13',
      value: { kind: 'LABOUR', startsOn: '2026-08-14', endsOn: '2029-08-13', probationMonths: 6, probationEndsOn: '2027-02-13' },
    });
    expect(inForce['post-grade-step']).toBeUndefined();
  });

  test.each([
    ['2026-05-25', 'probation'],
    ['2026-05-24', 'formal'],
  ])('joined on %s they are %s on 24 November', async (joinedOn, status) => {
    await imported([line(2, { joinedOn, 'rating:2025': null })]);
    expect((await standing(2))!.inForce.employment?.value.status).toBe(status);
  });

  test('formal: post by role, grade and step by years, education and certificate, assumed from the day of the import on', async () => {
    const { batch } = await imported([line(2, { postTitle: '社区党组织书记', joinedOn: '2014-11-24' })]);
    const person = (await standing(2))!;
    // 二岗: 1 + floor(12 / 2) + 1 for 本科 + 1 for 助理社会工作师 is above the post's eight steps.
    expect(person.inForce['post-grade-step']).toMatchObject({
      fromOn: '2026-11-24',
      assumed: true,
      ground: `import:${batch.id}`,
      value: { post: 2, globalStep: 32 },
    });
    expect(person.inForce.rating).toMatchObject({ fromOn: '2025-01-01', toOn: '2025-12-31', value: { year: 2025, rating: 'competent' } });
    expect(person.units.map(({ name }) => name)).toEqual(['铜仁市', '碧江区', '环北街道', '北门社区']);
    const row = (await personOf(2))!;
    expect(openIdNumber(keys, row)).toBe(idNumber(2));
    expect(row).toMatchObject({ sex: '女', ethnicity: '土家族', education: '本科', phone: '19900000002', email: 'w2@example.org' });
    const account = await testing.db.account.findUniqueOrThrow({ where: { personId: row.id } });
    expect(account).toMatchObject({
      userName: row.staffNo,
      displayName: row.name,
      status: 'inactive',
      email: 'w2@example.org',
      passwordHash: null,
    });
    const posts = await testing.db.postHeld.findMany({ where: { accountId: account.id }, orderBy: { role: 'asc' } });
    expect(posts.map(({ role, unitCode, toOn }) => [role, unitCode, toOn])).toEqual([
      ['COMMUNITY_SECRETARY', person.units[3]!.code, null],
      ['WORKER', person.units[3]!.code, null],
    ]);
  });

  test('a county’s own table of posts counts in that county', async () => {
    await testing.db.policy.create({
      data: {
        key: 'postGrade.roles',
        unitCode: '520602',
        effectiveFrom: new Date('2026-01-01'),
        version: 1,
        value: { 社区专职工作人员: 4 },
        assumed: false,
      },
    });
    await imported([line(2), line(4, { county: '万山区', street: '谢桥街道', community: '谢桥社区' })]);
    expect((await standing(2))!.inForce.employment?.value.post).toBe(4);
    expect((await standing(4))!.inForce.employment?.value.post).toBe(5);
  });
});

describe('a later roster', () => {
  test('changes what it says otherwise, before and after told, and leaves what it leaves blank', async () => {
    await imported([line(2), line(4)]);
    const { batch, result } = await imported([
      line(2, { education: '研究生', phone: '19911112222', ethnicity: null, 'rating:2025': '优秀', postTitle: '社区“两委”专职成员' }),
      line(4),
    ]);
    expect(result).toEqual({ added: 0, updated: 1, unchanged: 1, left: 0, text: '更新 1 人，1 人没有变化。' });
    const rows = sound(await rowsOf(testing.db, batch.id, reader, { limit: 10, verdict: 'update' })).items;
    expect(rows[0]?.changes).toEqual([
      { label: '学历', before: '本科', after: '研究生' },
      { label: '联系电话', before: '已填', after: '有变化' },
      { label: '现任职务', before: '社区专职工作人员', after: '社区“两委”专职成员' },
      { label: '2025年度考核', before: '合格', after: '优秀' },
    ]);
    const person = (await standing(2))!;
    expect(person).toMatchObject({ education: '研究生', phone: '19911112222', ethnicity: '土家族' });
    expect(person.inForce.employment?.value).toMatchObject({ postTitle: '社区“两委”专职成员', post: 3 });
    expect(person.inForce['post-grade-step']?.value).toMatchObject({ post: 3 });
    expect(person.inForce.rating?.value).toEqual({ year: 2025, rating: 'excellent' });
    expect((await standing(2, '2026-11-23'))!.inForce.employment?.value.postTitle ?? '社区专职工作人员').toBe('社区专职工作人员');
    const entry = await testing.db.ledgerEntry.findFirstOrThrow({ where: { verb: 'roster.update' } });
    expect(JSON.parse(entry.body)).toMatchObject({ before: { education: '本科' }, after: { education: '研究生', phone: '…' } });
    expect(sound(await confirmed(await uploadLines([line(2, { education: '研究生' })]))).updated).toBe(1);
  });

  test('moves a person to another community: the posts move with them', async () => {
    await imported([line(2, { postTitle: '社区党组织书记' })]);
    const later = { at: new Date('2026-12-01T02:00:00Z') };
    await imported([line(2, { postTitle: '社区党组织书记', street: '锦江街道', community: '南门社区' })], later);
    const person = (await standing(2, '2026-12-01'))!;
    expect(person.units.at(-1)?.name).toBe('南门社区');
    expect((await standing(2, '2026-11-30'))!.units.at(-1)?.name).toBe('北门社区');
    const account = await testing.db.account.findUniqueOrThrow({ where: { personId: person.id } });
    const posts = await testing.db.postHeld.findMany({ where: { accountId: account.id }, orderBy: [{ fromOn: 'asc' }, { role: 'asc' }] });
    const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null;
    expect(posts.map(({ role, fromOn, toOn }) => [role, day(fromOn), day(toOn)])).toEqual([
      ['WORKER', '2018-03-25', '2026-11-30'],
      ['COMMUNITY_SECRETARY', '2026-11-24', '2026-11-30'],
      ['COMMUNITY_SECRETARY', '2026-12-01', null],
      ['WORKER', '2026-12-01', null],
    ]);
  });

  test('with another first day says again what was counted from it', async () => {
    await imported([line(2, { joinedOn: '2026-08-14', 'rating:2025': null })]);
    await imported([line(2, { joinedOn: '2016-08-14', 'rating:2025': null })]);
    const person = (await standing(2))!;
    expect(person.inForce.employment?.value).toMatchObject({ status: 'formal', joinedOn: '2016-08-14' });
    expect(person.inForce.contract).toBeUndefined();
    expect(person.inForce['post-grade-step']?.value).toMatchObject({ post: 5, globalStep: 8 });
    expect(person.facts.filter(({ endedAt }) => endedAt !== null)).toHaveLength(2);
  });

  test('a year’s ratings of people on record go in beside the others', async () => {
    await imported([line(2), line(4)]);
    const header = { ...HEADER, 'rating:2024': '2024年度考核' };
    const bytes = await workbookOf([line(2, { 'rating:2024': '优秀' }), line(4, { 'rating:2024': '不合格' })], { header });
    expect(sound(await confirmed(await upload(bytes)))).toMatchObject({ updated: 2 });
    const ratings = (await standing(4))!.facts.filter(({ kind }) => kind === 'rating').map(({ value }) => value);
    expect(ratings).toEqual([
      { year: 2025, rating: 'competent' },
      { year: 2024, rating: 'failed' },
    ]);
  });

  test('does not change what a case decided, nor a person of another name, of another county or gone', async () => {
    await imported([line(2), line(4), line(6), line(8, { county: '万山区', street: '谢桥街道', community: '谢桥社区' }), line(10)]);
    const fact = async (n: number, changes: object) => {
      const { id, inForce } = (await standing(n))!;
      const { value, unitCode } = inForce.employment!;
      const input = {
        personId: id,
        kind: 'employment' as const,
        fromOn: '2026-11-24',
        value: { ...value, ...changes },
        unitCode,
        ground: 'case:00000000-0000-4000-8000-00000000c001',
      };
      await testing.db.$transaction((tx) => addFact(tx, input, at));
    };
    await fact(2, { postTitle: '社区“两委”专职成员', post: 3 });
    await fact(6, { status: 'ended', reason: '辞职' });
    await fact(10, { status: 'formal' });
    const batch = await uploadLines([line(2), line(4, { name: '冉文' }), line(6), line(8), line(10)], { withinPath: '5206/520602/' });
    expect((await faultsIn(batch)).map(({ row, code }) => [row, code])).toEqual([
      [3, 'decided-in-case'],
      [4, 'same-id-other-name'],
      [5, 'person-left'],
      [6, 'person-elsewhere'],
    ]);
    const wanshan = line(8, { county: '万山区', street: '谢桥街道', community: '谢桥社区' });
    const elsewhere = await uploadLines([wanshan], { withinPath: '5206/520602/' });
    expect((await faultsIn(elsewhere)).map(({ code }) => code)).toEqual(['not-in-your-units']);
  });
});

describe('two at once, twice, and back', () => {
  test('two officers with the same people at the same moment: each person once, the second is told of no change', async () => {
    const people = Array.from({ length: 40 }, (_, n) => line(n));
    const [one, two] = [await uploadLines(people), await uploadLines(people, { actor: officer(2) })];
    const results = await Promise.all([confirmed(one), confirmed(two, { actor: officer(2) }), confirmed(one)]);
    const added = results.map((result) => sound(result).added);
    expect(added[0]).toBe(added[2]);
    expect([added[0], added[1]].sort((a, b) => a! - b!)).toEqual([0, 40]);
    expect(await counts()).toMatchObject({ people: 40, accounts: 40 });
    expect(await testing.db.ledgerEntry.count({ where: { verb: 'roster.add' } })).toBe(40);
  });

  test('an import is taken back whole while nothing depends on it, and may be done again', async () => {
    const before = await imported([line(2)]);
    const was = await counts();
    const { batch } = await imported([
      line(2, { phone: '19911112222', postTitle: '社区党组织书记', 'rating:2025': '优秀' }),
      line(4),
      line(6),
    ]);
    expect(sound(await undone(batch))).toEqual({ removed: 2, restored: 1 });
    const person = (await standing(2))!;
    expect(person.phone).toBe('19900000002');
    expect(person.inForce.employment?.value.postTitle).toBe('社区专职工作人员');
    expect(person.inForce.rating?.value).toEqual({ year: 2025, rating: 'competent' });
    expect(await counts()).toMatchObject({ people: was.people, accounts: was.accounts, posts: was.posts });
    expect(await testing.db.ledgerEntry.count({ where: { verb: 'roster.undo' } })).toBe(4);
    expect(await undone(batch)).toMatchObject({ refused: 'ImportNotUndoable', params: { why: '已经撤销过。' } });
    expect(await confirmed(batch)).toMatchObject({ refused: 'ImportNotChecked' });
    expect((await imported([line(2), line(4)])).result).toMatchObject({ added: 1, unchanged: 1 });
    expect(before.result.added).toBe(1);
  });

  test.each<[string, (personId: string, accountId: string) => Promise<unknown>, string]>([
    [
      'a case',
      (personId) =>
        testing.db.case.create({
          data: {
            caseNo: '试〔2026〕1',
            process: 'probation',
            naturalKey: 'x',
            run: 1,
            title: '转正',
            unitCode: '520602',
            personId,
            status: 'running',
            input: {},
            pinned: {},
            startedAt: at,
          },
        }),
      '1 人已有办件（向文丙子 E00001）',
    ],
    ['an account in use', (_, id) => testing.db.account.update({ where: { id }, data: { status: 'active' } }), '账号已激活'],
    ['a code to activate it', (_, id) => testing.db.account.update({ where: { id }, data: { activationHash: 'x' } }), '已发激活码'],
    ['a later fact', (personId) => rated(personId), '后来又有记录'],
    [
      'another appointment',
      (_, accountId) => testing.db.postHeld.create({ data: { accountId, role: 'STREET_HR', unitCode: '520602002', fromOn: at } }),
      '另有任命',
    ],
    ['a relative', (_, accountId) => testing.db.relative.create({ data: { accountId, otherId: officer().accountId } }), '申报了近亲属'],
    ['a later import', () => imported([line(2, { phone: '19911112222' })], { at: new Date(at.getTime() + 60_000) }), '之后的导入又改动过'],
  ])('it is not taken back when there is %s', async (_, make, why) => {
    const { batch } = await imported([line(2), line(4)]);
    const person = (await personOf(2))!;
    const account = await testing.db.account.findUniqueOrThrow({ where: { personId: person.id } });
    await make(person.id, account.id);
    const was = await counts();
    const refused = await undone(batch);
    expect(isRefusal(refused) && refusalText(refused)).toContain(why);
    expect(await counts()).toEqual(was);
  });

  test('not after its time', async () => {
    const { batch } = await imported([line(2)]);
    expect(await undone(batch, { at: new Date('2026-12-25T02:00:00Z') })).toMatchObject({ refused: 'ImportNotUndoable' });
    expect(sound(await undone(batch, { at: new Date('2026-12-24T02:00:00Z') })).removed).toBe(1);
  });

  test('a failure in the middle leaves nothing', async () => {
    const batch = await uploadLines([line(2), line(4)]);
    await testing.db.$executeRaw`ALTER TABLE post_held ADD CONSTRAINT broken CHECK (role <> 'WORKER')`;
    await expect(confirmed(batch)).rejects.toThrow();
    expect(await counts()).toEqual(nothing);
    expect(sound(await readBatch(testing.db, batch.id, reader, at)).status).toBe('checked');
  });
});

describe('a batch until it is confirmed', () => {
  test('a workbook whose columns are not clear waits for the officer’s word, which may be remembered', async () => {
    const bytes = await workbookOf([line(2)], { header: { ...HEADER, postTitle: '干啥的' } });
    const batch = await upload(bytes);
    expect(batch).toMatchObject({ status: 'mapping', mayConfirm: false, rows: 0 });
    expect(batch.problems.map(({ text }) => text)).toEqual(['没有找到“现任职务”列，请指明是哪一列。']);
    expect(await confirmed(batch)).toMatchObject({ refused: 'ImportNotChecked' });
    const change = { columns: { M: 'postTitle' as const } };
    const mapped = sound(await recheck(testing.db, keys, { ...act, batchId: batch.id, mapping: change, remember: true }));
    expect(mapped).toMatchObject({ status: 'checked', mayConfirm: true, rows: 1 });
    expect(sound(await confirmed(batch)).added).toBe(1);
    expect((await upload(bytes)).status).toBe('checked');
  });

  test('a unit’s other name, once taught, mends every row that has it, in the officer’s units alone', async () => {
    const people = [line(2, { community: '北门居委会' }), line(4, { community: '北门居委会' })];
    const batch = await uploadLines(people, { withinPath: '5206/520602/' });
    expect(batch.summary).toMatchObject({
      refusedRows: 2,
      groups: [{ group: '单位认不出、不符', count: 2, codes: ['unknown-community'] }],
    });
    const { suggestion } = (await faultsIn(batch))[0]!;
    expect(suggestion?.label).toBe('把它当作“北门社区（环北街道）”');
    const { label: _, ...synonym } = suggestion!;
    const inBijiang = { ...act, withinPath: '5206/520602/' };
    expect(await testing.db.$transaction((tx) => learn(tx, { ...act, withinPath: '5206/520603/' }, synonym))).toMatchObject({
      refused: 'BadRequest',
    });
    expect(await testing.db.$transaction((tx) => learn(tx, inBijiang, { ...synonym, meaning: '520603001' }))).toMatchObject({
      refused: 'BadRequest',
    });
    sound(await testing.db.$transaction((tx) => learn(tx, inBijiang, synonym)));
    expect(sound(await recheck(testing.db, keys, { ...inBijiang, batchId: batch.id })).summary).toMatchObject({
      refusedRows: 0,
      corrections: 2,
    });
  });

  test('mended and uploaded again it says how many faults there were before', async () => {
    await uploadLines([line(2, { name: null }), line(4, { name: null, idNo: null })]);
    expect((await uploadLines([line(2), line(4, { idNo: null })])).summary).toMatchObject({ attempt: 2, faultsBefore: 3, faults: 1 });
  });

  test('the row as it stands in the sheet, numbers masked', async () => {
    const { id } = await uploadLines([line(2), line(4, { idNo: '520690199005280' }), line(6), line(8)]);
    const excerpt = sound(await excerptOf(testing.db, keys, id, 4, reader));
    expect(excerpt.rows.map(({ row, faulty }) => [row, faulty])).toEqual([
      [3, []],
      [4, ['I']],
      [5, []],
      [6, []],
    ]);
    expect(excerpt.rows[0]!.cells.slice(3, 9)).toEqual([
      '北门社区',
      line(2)['name'],
      '女',
      '土家族',
      '1990-05-28',
      `${idNumber(2).slice(0, -4)}****`,
    ]);
    expect(JSON.stringify(excerpt)).not.toContain(idNumber(2));
  });

  test('the marked workbook is there for the uploader and whoever stands above, until it is forgotten', async () => {
    const inBijiang = { withinPath: '5206/520602/' };
    const batch = await uploadLines([line(2, { name: null })], inBijiang);
    const marked = sound(await markedWorkbook(testing.db, keys, batch.id, { ...reader, ...inBijiang }));
    expect(marked.fileName).toBe('花名册（标注）.xlsx');
    const other = officer(3).accountId;
    expect(isRefusal(await markedWorkbook(testing.db, keys, batch.id, { accountId: other, withinPath: '5206/' }))).toBe(false);
    for (const withinPath of ['5206/520603/', '5206/520602/520602002/', '']) {
      expect(await markedWorkbook(testing.db, keys, batch.id, { accountId: other, withinPath })).toMatchObject({ refused: 'NotFound' });
    }
    expect(await forgetOldImports(testing.db, at)).toBe(0);
    expect(await forgetOldImports(testing.db, new Date('2026-12-26T02:00:00Z'))).toBe(1);
    expect(await markedWorkbook(testing.db, keys, batch.id, reader)).toMatchObject({ refused: 'ImportFileGone' });
    const view = sound(await readBatch(testing.db, batch.id, reader, at));
    expect(view).toMatchObject({ status: 'discarded', hasFile: false, refusedRows: 1 });
  });

  test('given up, it is forgotten at once and cannot be confirmed', async () => {
    const batch = await uploadLines([line(2)]);
    expect(await discard(testing.db, { ...act, batchId: batch.id })).toBeNull();
    expect(await confirmed(batch)).toMatchObject({ refused: 'ImportNotChecked' });
    expect((await testing.db.importBatch.findUniqueOrThrow({ where: { id: batch.id } })).bytes).toHaveLength(0);
    const { batch: done } = await imported([line(2)]);
    expect(await discard(testing.db, { ...act, batchId: done.id })).toMatchObject({ refused: 'ImportNotChecked' });
  });

  test('a file that is no roster leaves no batch', async () => {
    const refused = await dryRun(testing.db, keys, { ...act, bytes: Buffer.from('MZ'), fileName: '花名册.xlsx' });
    expect(refused).toMatchObject({ refused: 'WorkbookIsProgram' });
    expect(await testing.db.importBatch.count()).toBe(0);
  });

  test('a confirmation on a later day judges by that day', async () => {
    const batch = await uploadLines([line(2, { joinedOn: '2026-05-25', 'rating:2025': null })]);
    expect(batch.summary.onProbation).toBe(1);
    sound(await confirmed(batch, { at: new Date('2026-11-25T02:00:00Z') }));
    expect((await standing(2, '2026-11-25'))!.inForce.employment?.value.status).toBe('formal');
  });
});
