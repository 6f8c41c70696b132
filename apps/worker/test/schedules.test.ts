import { Client, Connection } from '@temporalio/client';
import { eventually } from '../../../scripts/processes.mjs';
import { compareCases } from '../../../libs/desk/three-way.ts';
import { catalogue } from '../../../workflows/catalogue.ts';
import { workflowIdOf } from '../src/couriers.ts';
import { keepSchedules } from '../src/schedules.ts';
import { storyDoor } from '../src/story-door.ts';
import { startService, type Service } from './support/service.ts';
import { home, Town } from './support/town.ts';

let service: Service;
let client: Client;
beforeAll(async () => {
  service = await startService();
  client = new Client({ connection: await Connection.connect({ address: service.temporal.address }) });
});
afterAll(async () => {
  await client?.connection.close();
  await service?.close();
});

const daily = [
  ['daily-digest', 8, 30, 'T00:30:00'],
  ['nightly-check', 2, 30, 'T18:30:00'],
  ['yearly-openings', 7, 30, 'T23:30:00'],
] as const;
const described = (id: string) => client.schedule.getHandle(id).describe();
const schedules = async () => {
  const ids: string[] = [];
  for await (const { scheduleId } of client.schedule.list()) ids.push(scheduleId);
  return ids.sort();
};
/** Has a schedule start its work now; what that returned. */
async function triggered(id: string): Promise<unknown> {
  await client.schedule.getHandle(id).trigger();
  const started = async () => (await described(id)).info.recentActions.at(-1)?.action.workflow;
  expect(await eventually(async () => (await started()) !== undefined, 20_000)).toBe(true);
  const { workflowId, firstExecutionRunId } = (await started())!;
  return client.workflow.getHandle(workflowId, firstExecutionRunId).result();
}

test('the worker makes each schedule once, by the clock of Shanghai, whoever makes them again', async () => {
  expect(await eventually(async () => (await schedules()).length === daily.length, 20_000)).toBe(true);
  await Promise.all([keepSchedules(client, 'miaopu'), keepSchedules(client, 'miaopu')]);
  expect(await schedules()).toEqual(daily.map(([id]) => id));
  for (const [id, hour, minute, inUtc] of daily) {
    const { spec, info } = await described(id);
    expect(spec.calendars).toMatchObject([{ hour: [{ start: hour, end: hour }], minute: [{ start: minute, end: minute }] }]);
    for (const next of info.nextActionTimes.slice(0, 3)) expect(next.toISOString()).toContain(inUtc);
  }
});

test('a schedule that an earlier version left behind says what this one says', async () => {
  const handle = client.schedule.getHandle('daily-digest');
  await handle.update(({ action, policies, state }) => ({ action, policies, state, spec: { calendars: [{ hour: 3 }] } }) as never);
  await keepSchedules(client, 'miaopu');
  expect((await described('daily-digest')).spec.calendars).toMatchObject([{ hour: [{ start: 8, end: 8 }] }]);
});

test('the digest that it starts runs to its end in the worker', async () => {
  const posted = await triggered('daily-digest');
  // by the clock of this moment: in quiet hours nobody has had one
  expect(await service.db.mail.count({ where: { template: 'digest' } })).toBe(posted);
});

test('the nightly comparison that it starts runs to its end in the worker and is written down', async () => {
  const cases = await triggered('nightly-check');
  expect(await service.db.caseCheck.findMany()).toMatchObject([{ cases, faults: 0 }]);
});

test('a story that the engine has lost is found by the comparison, and told anew', async () => {
  const town = new Town(service);
  const worker = await town.hire();
  const starter = await town.as(`county-hr-${home.county}-1`);
  const { caseId } = await starter.ok('startCase', { body: { process: 'probation', input: { personId: worker.personId } } });
  const aCase = await service.db.case.findUniqueOrThrow({ where: { id: caseId } });
  const handle = client.workflow.getHandle(workflowIdOf(aCase));
  const heard = () =>
    handle.query<{ heard: number }>('whereIsIt').then(
      (place) => place.heard,
      () => null,
    );
  const told = async () => (await heard()) === (await service.db.case.findUniqueOrThrow({ where: { id: caseId } })).nextMessageNo - 1;
  const delivered = async () => (await service.db.message.count({ where: { caseId, confirmedAt: null } })) === 0;
  expect(await eventually(async () => (await told()) && (await delivered()), 20_000)).toBe(true);
  const compare = () => {
    const until = new Date(Date.now() + 1_000);
    const room = { db: service.db, catalogue };
    return compareCases(room, storyDoor(client, 'miaopu'), { span: { since: new Date(0), until }, after: null, at: new Date() });
  };
  expect(await compare()).toEqual({ cases: 1, faults: 0, next: null });
  await handle.terminate('lost');
  expect(await compare()).toMatchObject({ cases: 1, faults: 1 });
  expect(await eventually(told, 20_000)).toBe(true);
  expect(await service.db.incident.findMany({ where: { caseId, kind: 'StoryDiffers' } })).toMatchObject([
    { resolution: expect.stringContaining('重新接续') as string },
  ]);
  expect(await compare()).toMatchObject({ faults: 0 });
});
