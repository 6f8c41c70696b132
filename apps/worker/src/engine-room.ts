import type { Logger } from 'pino';
import type { Db } from '../../../libs/db.ts';
import type { Desk } from '../../../libs/desk/desk.ts';
import type { Catalogue } from '../../../libs/domain/contract.ts';
import type { Config } from './config.ts';
import type { Metrics } from './metrics.ts';

/** What the parts of the engine room share. */
export interface EngineRoom {
  config: Config;
  log: Logger;
  db: Db;
  catalogue: Catalogue;
  desk: Desk;
  metrics: Metrics;
  signal: AbortSignal;
}
