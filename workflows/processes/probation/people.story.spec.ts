import { toDateColumn } from '../../../libs/domain/dates.ts';
import type { Role } from '../../../libs/domain/roles.ts';
import { committee, place, type Officer } from '../../../test/support/cast.ts';
import type { Story } from '../../../test/support/story.ts';
import { houseHere, type HouseHere } from '../../../test/support/stories-here.ts';
import { answerTo, failing, goesOnTo, passes } from './probation.fixture.ts';

// Hired on Monday 2026-01-05 for six months: review from Thursday 2026-06-04, last day Saturday 2026-07-04.
let house: HouseHere;
beforeAll(async () => (house = await houseHere('2026-01-05')));
beforeEach(() => house.setClock('2026-01-05'));
afterEach(async () => {
  await house.settle();
  await house.db.postHeld.deleteMany({ where: { title: '兼任' } });
  await house.db.postHeld.updateMany({ data: { toOn: null } });
});
afterAll(() => house.close());

const alsoHolds = (officer: Officer, role: Role, unitCode: string) =>
  house.db.postHeld.create({
    data: { accountId: house.cast.ids[officer], role, unitCode, title: '兼任', fromOn: toDateColumn('2020-01-01') },
  });
const leave = async (on: string, ...officers: Officer[]) => {
  for (const officer of officers) await house.cast.leavesPost(house.cast.ids[officer], on);
};
const areRelatives = (officer: Officer, story: Story) =>
  house.db.relative.create({ data: { accountId: house.cast.ids[officer], otherId: story.worker.accountId } });
const answer = (title: string) => answerTo[title]!(house.today);
/** Before whom a stage lies: roles of groups, names of officers. */
async function asked(story: Story, title: string): Promise<string[]> {
  const nameOf = new Map(Object.entries(house.cast.ids).map(([officer, id]) => [id, officer]));
  return (await story.tasks(title)).map(({ audienceRole, assigneeId }) => audienceRole ?? nameOf.get(assigneeId!) ?? '?');
}
const noteOf = async (story: Story, title: string) => (await story.tasks(title))[0]!.note;

describe('four eyes: nobody both appraises for the street and votes in the committee', () => {
  test('whoever appraised is not asked to vote', async () => {
    await alsoHolds('member7', 'STREET_HR', place.street);
    const story = await house.begin();
    await goesOnTo(house, story, '街道考核');
    await story.officer('member7').answers('街道考核', answer('街道考核'));
    expect((await asked(story, '党工委决定')).sort()).toEqual(committee.slice(0, 6).toSorted());
    expect(await story.officer('member7').answers('党工委决定', answer('党工委决定'))).toMatchObject({ refused: 'NotYourTask' });
    // a majority of six are four
    for (const officer of committee.slice(0, 3)) await story.officer(officer).answers('党工委决定', answer('党工委决定'));
    expect(await story.openStages()).toEqual(['党工委决定']);
    await story.officer('member4').answers('党工委决定', answer('党工委决定'));
    expect(await story.openStages()).toEqual(['县级备案']);
  });

  test('whoever voted does not appraise after a return', async () => {
    await alsoHolds('member7', 'STREET_HR', place.street);
    const story = await house.begin();
    await goesOnTo(house, story, '党工委决定');
    await story.officer('member7').answers('党工委决定', failing);
    await story.officer('chair').returns('党工委决定', '街道考核');
    expect(await story.officer('member7').answers('街道考核', answer('街道考核'))).toMatchObject({
      refused: 'FourEyes',
      params: { earlier: '党工委决定' },
    });
    await story.officer('street').answers('街道考核', answer('街道考核'));
    expect(await story.openStages()).toEqual(['党工委决定']);
  });
});

describe('whoever started the case', () => {
  test('gives no opinion and does not vote, in whatever post; what is no opinion is open to them', async () => {
    await alsoHolds('countyHr', 'STREET_HR', place.street);
    await alsoHolds('countyHr', 'STREET_PARTY_COMMITTEE', place.street);
    const story = await house.begin({ by: 'countyHr' });
    const paired = await story
      .officer('countyHr')
      .answers('导师结对', { mentorId: house.cast.ids.deputy, plan: '每周一次，共六个月，走访带教。' });
    expect(paired).not.toHaveProperty('refused');
    await goesOnTo(house, story, '街道考核');
    expect(await story.officer('countyHr').answers('街道考核', answer('街道考核'))).toMatchObject({ refused: 'StarterMayNotDecide' });
    await passes(story, '街道考核');
    expect(await asked(story, '党工委决定')).toHaveLength(7);
    expect(await asked(story, '党工委决定')).not.toContain('countyHr');
  });

  test('files it all the same', async () => {
    const story = await house.begin({ by: 'countyOrg' });
    await goesOnTo(house, story, '县级备案');
    expect(await story.officer('countyOrg').answers('县级备案', answer('县级备案'))).not.toHaveProperty('refused');
  });
});

describe('relatives step aside', () => {
  test('a secretary who is one is not asked: the street is, with the reason', async () => {
    const story = await house.begin();
    await areRelatives('secretary', story);
    await goesOnTo(house, story, '中期检查');
    expect(await asked(story, '中期检查')).toEqual(['STREET_HR']);
    await story.officer('street').answers('中期检查', answer('中期检查'));
    await goesOnTo(house, story, '本人总结');
    await passes(story, '本人总结');
    expect(await asked(story, '社区意见')).toEqual(['STREET_HR']);
    expect(await noteOf(story, '社区意见')).toBe('社区党组织书记没有可以办理的人员（空缺或应当回避），已报街道（乡镇）组织人事');
    expect(await story.officer('secretary').answers('社区意见', answer('社区意见'))).toHaveProperty('refused');
    expect(await story.officer('street2').answers('社区意见', answer('社区意见'))).not.toHaveProperty('refused');
  });

  test('a member who is one has no vote, and the majority is that of the others', async () => {
    const story = await house.begin();
    await areRelatives('member3', story);
    await goesOnTo(house, story, '党工委决定');
    expect(await asked(story, '党工委决定')).toHaveLength(6);
    expect(await asked(story, '党工委决定')).not.toContain('member3');
  });

  test('a mentor who is one gives no opinion: the street does', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '社区意见');
    await areRelatives('deputy', story);
    await passes(story, '社区意见');
    expect(await asked(story, '导师意见')).toEqual(['STREET_HR']);
  });
});

describe('nobody is there', () => {
  test('in the community: the street is asked; nor there: the county, but not whoever started the case', async () => {
    await leave('2026-06-01', 'secretary');
    const story = await house.begin();
    await goesOnTo(house, story, '本人总结');
    await passes(story, '本人总结');
    expect(await asked(story, '社区意见')).toEqual(['STREET_HR']);
    await leave('2026-06-01', 'street', 'street2');
    const other = await house.begin({ startedOn: '2026-01-05' });
    await passes(other, '本人总结');
    expect(await asked(other, '社区意见')).toEqual(['COUNTY_HR']);
    expect(await noteOf(other, '社区意见')).toBe('街道（乡镇）组织人事没有可以办理的人员（空缺或应当回避），已报县（区）人社局');
    expect(await other.officer('countyHr').answers('社区意见', answer('社区意见'))).toMatchObject({ refused: 'StarterMayNotDecide' });
    expect(await other.officer('countyHr2').answers('社区意见', answer('社区意见'))).not.toHaveProperty('refused');
  });

  test('at any level: an incident, until somebody has the post; then the stage is asked at its next reminder', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '本人总结');
    await leave('2026-06-01', 'secretary', 'street', 'street2', 'countyHr', 'countyHr2', 'countyOrg', 'countyOrg2', 'cityOrg');
    await passes(story, '本人总结');
    expect(await story.tasks('社区意见')).toEqual([]);
    expect(await story.incidents()).toMatchObject([{ kind: 'NobodyToAsk', resolvedAt: null, detail: { stageTitle: '社区意见' } }]);
    await house.until('2026-06-05', '10:00');
    await house.cast.appoint('COMMUNITY_SECRETARY', place.community, '党组织书记');
    // half of three working days from the 4th: Monday the 8th
    await house.until('2026-06-08', '08:59');
    expect(await story.tasks('社区意见')).toEqual([]);
    await house.until('2026-06-08', '09:00');
    expect(await asked(story, '社区意见')).toEqual(['COMMUNITY_SECRETARY']);
    expect((await story.incidents())[0]!.resolvedAt).not.toBeNull();
    await house.db.postHeld.updateMany({
      where: { role: 'COMMUNITY_SECRETARY', accountId: { not: house.cast.ids.secretary } },
      data: { role: 'WORKER' },
    });
  });
});

describe('the mentor', () => {
  test('was never named: the street gives the opinion', async () => {
    const story = await house.begin();
    await passes(story, '录用条件确认');
    await house.until('2026-06-04', '09:30');
    await goesOnTo(house, story, '导师意见');
    expect(await asked(story, '导师意见')).toEqual(['STREET_HR']);
    expect(await noteOf(story, '导师意见')).toBe('没有指定办理人，由街道办理');
    await story.officer('street').answers('导师意见', answer('导师意见'));
    expect(await story.openStages()).toEqual(['街道考核']);
  });

  test('has left office before: the street gives the opinion', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '社区意见');
    await leave('2026-06-04', 'deputy');
    await passes(story, '社区意见');
    expect(await asked(story, '导师意见')).toEqual(['STREET_HR']);
    expect(await noteOf(story, '导师意见')).toBe('指定的办理人不能办理（离任或应当回避），由街道办理');
  });

  test('leaves office while asked: from the due moment on the street may answer', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '导师意见');
    await leave('2026-06-05', 'deputy');
    await house.until('2026-06-09', '17:30');
    await story.officer('street').answers('导师意见', answer('导师意见'));
    expect(await story.openStages()).toEqual(['街道考核']);
  });
});

describe('the committee', () => {
  const above = '街道（乡镇）党（工）委委员可以参加表决的人数不足，已报县（区）委组织部';

  test('has two members when it is asked: the county decides', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '街道考核');
    await leave('2026-06-01', ...committee.slice(2));
    await passes(story, '街道考核');
    expect(await asked(story, '党工委决定')).toEqual(['COUNTY_ORG']);
    expect(await noteOf(story, '党工委决定')).toBe(above);
    expect(await story.officer('chair').answers('党工委决定', answer('党工委决定'))).toMatchObject({ refused: 'NotYourTask' });
    await story.officer('countyOrg').answers('党工委决定', answer('党工委决定'));
    await goesOnTo(house, story, null);
    expect((await story.case()).outcome).toBe('confirmed');
  });

  test('shrinks below three while it votes: the county decides', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '党工委决定');
    for (const officer of committee.slice(0, 2)) await story.officer(officer).answers('党工委决定', failing);
    await leave('2026-06-05', ...committee.slice(2));
    await house.until('2026-06-08', '09:00');
    expect(await asked(story, '党工委决定')).toEqual(['COUNTY_ORG']);
    expect(await noteOf(story, '党工委决定')).toBe(above);
    await story.officer('countyOrg').answers('党工委决定', answer('党工委决定'));
    await goesOnTo(house, story, null);
    expect((await story.case()).outcome).toBe('confirmed');
  });

  test('shrinks to four while it votes: three of four decide', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '党工委决定');
    for (const officer of committee.slice(0, 2)) await story.officer(officer).answers('党工委决定', answer('党工委决定'));
    await leave('2026-06-05', 'member5', 'member6', 'member7');
    await house.until('2026-06-05', '15:00');
    expect(await story.officer('member5').answers('党工委决定', failing)).toMatchObject({ refused: 'NotYourTask' });
    await story.officer('member3').answers('党工委决定', answer('党工委决定'));
    expect(await story.openStages()).toEqual(['县级备案']);
  });

  test('has voted enough once three have left: it is settled at the next reminder, without another vote', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '党工委决定');
    for (const officer of committee.slice(0, 3)) await story.officer(officer).answers('党工委决定', answer('党工委决定'));
    await leave('2026-06-05', 'member5', 'member6', 'member7');
    await house.until('2026-06-08', '08:59');
    expect(await story.openStages()).toEqual(['党工委决定']);
    await house.until('2026-06-08', '09:00');
    expect(await story.openStages()).toEqual(['县级备案']);
    expect(await story.officer('countyHr').withdraws()).toMatchObject({ refused: 'AlreadyEffective' });
  });
});
