import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

/**
 * The process's log: one JSON object a line. Requests are written by route pattern, status and duration: never a query, a body, a name or
 * an address, so that a log may be handed to whoever repairs the system.
 */
export const createLogger = (level: string): Logger =>
  pino({
    level,
    base: { service: 'api' },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { req: () => undefined, res: () => undefined, err: withoutValues },
  });

/** An error by its kind, message and place; what a database adds about values stays out. */
function withoutValues(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as Error & { code?: string };
  return { name: error.name, code, message: error.message.slice(0, 2_000), stack: error.stack?.slice(0, 8_000) };
}

/** Nest's own words, in the same log. */
export class NestLog implements LoggerService {
  private readonly logger: Logger;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.logger.debug({ context: rest.at(-1) }, String(message));
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn({ context: rest.at(-1) }, String(message));
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error(
      { context: rest.at(-1), err: message instanceof Error ? message : undefined },
      message instanceof Error ? message.message : String(message),
    );
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.error(message, ...rest);
  }
}
