import { Client, Connection } from '@temporalio/client';
import { eventually } from '../../../scripts/processes.mjs';
import { keepSchedules } from '../src/schedules.ts';
import { startService, type Service } from './support/service.ts';

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

const described = () => client.schedule.getHandle('daily-digest').describe();
const schedules = async () => {
  const ids: string[] = [];
  for await (const { scheduleId } of client.schedule.list()) ids.push(scheduleId);
  return ids.sort();
};

test('the worker makes each schedule once, by the clock of Shanghai, whoever makes them again', async () => {
  expect(await eventually(async () => (await schedules()).includes('daily-digest'), 20_000)).toBe(true);
  const before = await schedules();
  await Promise.all([keepSchedules(client, 'miaopu'), keepSchedules(client, 'miaopu')]);
  expect(await schedules()).toEqual(before);
  const { spec, info } = await described();
  expect(spec.calendars).toMatchObject([{ hour: [{ start: 8, end: 8 }], minute: [{ start: 30, end: 30 }] }]);
  for (const next of info.nextActionTimes.slice(0, 3)) expect(next.toISOString()).toMatch(/T00:30:00/);
});

test('a schedule that an earlier version left behind says what this one says', async () => {
  const handle = client.schedule.getHandle('daily-digest');
  await handle.update(({ action, policies, state }) => ({ action, policies, state, spec: { calendars: [{ hour: 3 }] } }) as never);
  await keepSchedules(client, 'miaopu');
  expect((await described()).spec.calendars).toMatchObject([{ hour: [{ start: 8, end: 8 }] }]);
});

test('what it starts runs to its end in the worker', async () => {
  await client.schedule.getHandle('daily-digest').trigger();
  const started = async () => (await described()).info.recentActions.at(-1)?.action.workflow;
  expect(await eventually(async () => (await started()) !== undefined, 20_000)).toBe(true);
  const { workflowId, firstExecutionRunId } = (await started())!;
  const posted = await client.workflow.getHandle(workflowId, firstExecutionRunId).result();
  // by the clock of this moment: in quiet hours nobody has had one
  expect(await service.db.mail.count({ where: { template: 'digest' } })).toBe(posted);
});
