import { runWorker } from '../apps/worker/src/run.ts';
import { catalogue } from './catalogue.ts';
import { watchStatements } from './statements.ts';

// Quiet hours and days off would put a mail's cost outside the measured time: the mailer's clock stands a month ahead, and every mail leaves at once.
const MONTH_MS = 31 * 86_400_000;

watchStatements('worker');
await runWorker({ catalogue, mailClock: () => new Date(Date.now() + MONTH_MS) });
