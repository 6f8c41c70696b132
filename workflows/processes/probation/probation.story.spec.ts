import { addDays } from '../../../libs/domain/dates.ts';
import { personAsOf } from '../../../libs/people/people.ts';
import { placementLabel, placementOf } from '../../../libs/domain/post-grade.ts';
import { skippingHouse, type SkippingHouse } from '../../../test/support/stories.ts';
import { goesOnTo } from './probation.fixture.ts';

let house: SkippingHouse;
beforeAll(async () => (house = await skippingHouse()));
afterEach(() => house.settle());
afterAll(() => house.close());

test('a worker found fit is formal from the day after the last day, placed by the entry rule', async () => {
  const story = await house.begin({ education: '本科' });
  await goesOnTo(house, story, null);
  expect(await story.case()).toMatchObject({ status: 'ended', outcome: 'confirmed' });
  const { lastDay, personId } = story.worker;
  const before = await personAsOf(house.db, personId, lastDay);
  const after = await personAsOf(house.db, personId, addDays(lastDay, 1));
  expect(before!.inForce.employment!.value.status).toBe('probation');
  expect(after!.inForce.employment!.value.status).toBe('formal');
  const { post, globalStep, profile } = after!.inForce['post-grade-step']!.value;
  expect(placementLabel(placementOf(profile, post, globalStep)!)).toBe('五岗一级二档');
  expect(before!.inForce['post-grade-step']).toBeUndefined();
});
