import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { workflowIdOf } from '../../src/couriers.ts';
import { eventually } from '../../../../scripts/processes.mjs';
import { assertInvariants, type StoryPlace } from '../../../../test/support/invariants.ts';
import { catalogue } from '../../../../workflows/catalogue.ts';
import type { Service } from './service.ts';
import type { Town } from './town.ts';

/** The engine as its own client sees it. */
export async function withEngine<T>(service: Service, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: service.temporal.address });
  try {
    return await use(new Client({ connection, namespace: service.temporal.namespace }));
  } finally {
    await connection.close();
  }
}

/** What the story of a case says itself; null when it has ended. */
async function placeOf(client: Client, of: { process: string; naturalKey: string; run: number }): Promise<StoryPlace> {
  const handle = client.workflow.getHandle(workflowIdOf(of));
  try {
    return (await handle.describe()).status.name === 'RUNNING' ? await handle.query<StoryPlace>('whereIsIt') : null;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** Desk and stories agree: every story waits, has heard everything, and waits for what the desk shows; and no invariant of the desk is broken. */
export async function assertAgreement(service: Service, ms = 60_000): Promise<void> {
  const { db } = service;
  await withEngine(service, async (client) => {
    const cases = await db.case.findMany({ select: { id: true } });
    for (const { id } of cases) {
      let place: StoryPlace = null;
      const quiet = await eventually(async () => {
        const now = await db.case.findUniqueOrThrow({ where: { id } });
        place = await placeOf(client, now);
        return now.status === 'ended' ? place === null : Boolean(place?.waits) && place?.heard === now.nextMessageNo - 1;
      }, ms);
      if (!quiet) throw new Error(`The story of ${id} does not come to rest: ${JSON.stringify(place)}`);
      await assertInvariants({ db, catalogue }, id, place);
    }
  });
}

/** An act that an officer was told had been accepted. */
export interface Acknowledged {
  caseId: string;
  verb: string;
  taskId?: string;
}

/** Each acknowledged act stands in the ledger once, and nobody's answer twice. */
export async function assertNothingLostNothingDouble({ db }: Service, acts: readonly Acknowledged[]): Promise<void> {
  const entries = await db.ledgerEntry.findMany({
    where: { accepted: true, caseId: { in: [...new Set(acts.map(({ caseId }) => caseId))] } },
    select: { caseId: true, verb: true, body: true },
  });
  const written = entries.map(({ caseId, verb, body }) =>
    keyOf({ caseId: caseId!, verb, ...(JSON.parse(body) as { detail?: { taskId?: string } }).detail }),
  );
  const counts = new Map<string, number>();
  for (const key of written) counts.set(key, (counts.get(key) ?? 0) + 1);
  expect(acts.filter((act) => !counts.has(keyOf(act)))).toEqual([]);
  const once = /^(case\.(start|withdraw)|task\.answer) /;
  expect([...counts].filter(([key, count]) => once.test(key) && count > 1)).toEqual([]);
}
const keyOf = ({ caseId, verb, taskId = '' }: Acknowledged): string => `${verb} ${caseId} ${taskId}`;

/** Every mail has left, once an event and person; a copy more than one was written down as sent again. */
export async function assertMails(town: Town): Promise<void> {
  const { db } = town.service;
  const all = await eventually(async () => {
    await town.morning();
    return (await db.mail.count({ where: { status: { notIn: ['sent', 'no-address'] } } })) === 0;
  }, 60_000);
  expect(all).toBe(true);
  const sent = await db.mail.findMany({ where: { status: 'sent' }, select: { id: true, messageId: true } });
  const again = new Set(
    (await db.mailAttempt.findMany({ where: { outcome: { in: ['interrupted', 'resent-after-crash'] } }, select: { mailId: true } })).map(
      ({ mailId }) => mailId,
    ),
  );
  const inbox = new Map(
    (await db.demoInbox.findMany({ select: { messageId: true, copies: true } })).map(({ messageId, copies }) => [messageId, copies]),
  );
  expect(sent.filter(({ messageId }) => !inbox.has(messageId))).toEqual([]);
  expect(inbox.size).toBe(sent.length);
  expect(sent.filter(({ id, messageId }) => inbox.get(messageId)! > 1 && !again.has(id))).toEqual([]);
}

/** The auditor has the ledger verified, sealed to its last entry. */
export async function assertLedgerVerifies(town: Town): Promise<void> {
  expect(await eventually(async () => (await town.service.db.ledgerUnsealed.count()) === 0, 20_000)).toBe(true);
  expect(await (await town.as('auditor-5206-1')).ok('verify')).toMatchObject({ ok: true, broken: null });
}
