import { DefaultLogger, type LogEntry, type Logger as EngineLogger } from '@temporalio/worker';
import { pino, type Logger } from 'pino';
import { loggedError } from '../../../libs/logged-error.ts';

/** The process's log: one JSON object a line, without personal data. */
export const createLogger = (level: string): Logger =>
  pino({ level, base: { service: 'worker' }, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: loggedError } });

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;
/** Of what the engine's client adds to a line, this is kept: ids and kinds. */
const KEPT = ['workflowId', 'runId', 'workflowType', 'activityType', 'activityId', 'attempt', 'isLocal', 'state'] as const;

/** The engine's client writes into the same log; its everyday news are details there. */
export const engineLogger = (log: Logger): EngineLogger =>
  new DefaultLogger('INFO', ({ level, message, meta = {} }: LogEntry) => {
    const kept = Object.fromEntries(KEPT.filter((name) => name in meta).map((name) => [name, (meta as Record<string, unknown>)[name]]));
    log[levels[level]]({ ...kept, ...(meta.error !== undefined && { err: meta.error as Error }) }, message);
  });
