import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client, type ScheduleOptions } from '@temporalio/client';

interface Chore {
  scheduleId: string;
  workflowType: string;
  hour: number;
  minute: number;
}

/** What the house does by the clock, each day by the clock of Shanghai. Days off are the desk's to know. */
const chores: readonly Chore[] = [
  { scheduleId: 'daily-digest', workflowType: 'dailyDigest', hour: 8, minute: 30 },
  { scheduleId: 'nightly-check', workflowType: 'nightlyCheck', hour: 2, minute: 30 },
  { scheduleId: 'yearly-openings', workflowType: 'yearlyOpenings', hour: 7, minute: 30 },
];

const optionsOf = ({ scheduleId, workflowType, hour, minute }: Chore, taskQueue: string): ScheduleOptions => ({
  scheduleId,
  spec: { calendars: [{ hour, minute }], timezone: 'Asia/Shanghai' },
  action: { type: 'startWorkflow', workflowType, workflowId: scheduleId, taskQueue, args: [] },
  // what an outage kept from beginning is done when it is over, on the same day
  policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '12 hours' },
});

/** Makes the schedules that are missing, and those that are there say what this version says. Done again, it changes nothing. */
export async function keepSchedules(client: Client, taskQueue: string): Promise<void> {
  for (const chore of chores) {
    const options = optionsOf(chore, taskQueue);
    try {
      await client.schedule.create(options);
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      const { spec, action, policies } = options;
      await client.schedule.getHandle(chore.scheduleId).update(({ state }) => ({ spec, action, policies, state }) as never);
    }
  }
}
