import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Stories, StoryNow } from '../../../libs/desk/three-way.ts';
import { startStory } from './couriers.ts';

const UNKNOWN: StoryNow = { state: 'unknown', heard: null, outcome: null };

/** The engine as the nightly comparison asks it. */
export const storyDoor = (client: Client, taskQueue: string): Stories => ({
  async ask({ workflowId }) {
    const handle = client.workflow.getHandle(workflowId);
    try {
      const status = (await handle.describe()).status.name;
      if (status === 'RUNNING')
        return { state: 'running', heard: (await handle.query<{ heard: number }>('whereIsIt')).heard, outcome: null };
      return { state: 'ended', heard: null, outcome: status === 'COMPLETED' ? ((await handle.result()) as string) : null };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return UNKNOWN;
      throw error;
    }
  },
  async tellAnew(story) {
    await client.workflow
      .getHandle(story.workflowId)
      .terminate('told anew from the desk')
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      });
    await startStory(client, taskQueue, story);
  },
});
