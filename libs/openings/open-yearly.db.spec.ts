import { place } from '../../test/support/cast.ts';
import { inviteCast, type Cast } from '../../test/support/cast.ts';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { catalogue } from '../../workflows/catalogue.ts';
import { createDesk } from '../desk/desk.ts';
import { isRefusal } from '../domain/refusal.ts';
import { putPolicy } from '../policies/policies.ts';
import { openCase } from './open-case.ts';
import { openYearly } from './open-yearly.ts';

let testing: TestDatabase;
let cast: Cast;
beforeEach(async () => {
  testing = await freshDatabase();
  cast = await inviteCast(testing.db, new Date('2026-11-24T01:00:00Z'));
  await cast.worker({ startedOn: '2024-03-01' });
});
afterEach(() => testing.close());

const morning = (on: string) => openYearly({ db: testing.db, catalogue }, new Date(`${on}T07:30:00+08:00`));
const opened = () =>
  testing.db.case.findMany({ where: { process: 'appraisal' }, select: { naturalKey: true, starterId: true, title: true } });

test('the appraisal of a county with community workers opens on the first of December, once, whoever asks again', async () => {
  expect(await morning('2026-11-30')).toBe(0);
  const [first, second] = await Promise.all([morning('2026-12-01'), morning('2026-12-01')]);
  expect(first + second).toBe(1);
  expect(await morning('2026-12-20')).toBe(0);
  expect(await opened()).toEqual([{ naturalKey: `${place.county}/2026`, starterId: null, title: expect.stringContaining('2026 年度') }]);
});

test('an outage over the first days only makes it later', async () => expect(await morning('2026-12-09')).toBe(1));

test('a county’s own day counts in that county', async () => {
  const days = { opensOn: '12-15', selfReportBy: '12-20', streetBy: '12-31', countyBy: '01-10', finalBy: '01-31' };
  const policy = {
    key: 'appraisal.days',
    unitCode: place.county,
    effectiveFrom: '2026-06-01',
    value: days,
    assumed: false,
    source: '碧组〔2026〕3号',
  };
  await testing.db.$transaction((tx) => putPolicy(tx, policy));
  expect(await morning('2026-12-14')).toBe(0);
  expect(await morning('2026-12-15')).toBe(1);
});

test('one that the county has opened by hand is not opened beside it', async () => {
  const desk = createDesk({ db: testing.db, catalogue });
  const by = await cast.by(cast.ids.countyOrg, new Date('2026-12-01T06:00:00+08:00'));
  const started = await testing.db.$transaction((tx) =>
    openCase(tx, { desk, catalogue }, { process: 'appraisal', input: { unitCode: place.county, year: 2026 }, ...by }),
  );
  expect(isRefusal(started)).toBe(false);
  expect(await morning('2026-12-01')).toBe(0);
  expect(await opened()).toHaveLength(1);
});
