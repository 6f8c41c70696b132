import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { loggedError } from '../../../../libs/logged-error.ts';

/**
 * The process's log: one JSON object a line. Requests are written by route pattern, status and duration: never a query, a body, a name or
 * an address, so that a log may be handed to whoever repairs the system.
 */
export const createLogger = (level: string): Logger =>
  pino({
    level,
    base: { service: 'api' },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { req: () => undefined, res: () => undefined, err: loggedError },
  });

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
