import type { Db } from '../../../libs/db.ts';
import type { Catalogue } from '../../../libs/domain/contract.ts';
import type { LedgerReader } from '../../../libs/ledger/keys.ts';
import type { PersonKeys } from '../../../libs/people/keys.ts';
import type { Config } from './config.ts';

/** What every service works with: settings, database, the processes, keys, and the one clock of this process. */
export class System {
  readonly config: Config;
  readonly db: Db;
  readonly catalogue: Catalogue;
  readonly keys: LedgerReader;
  readonly personKeys: PersonKeys;
  readonly now: () => Date;

  constructor(parts: { config: Config; db: Db; catalogue: Catalogue; keys: LedgerReader; personKeys: PersonKeys; now?: () => Date }) {
    this.config = parts.config;
    this.db = parts.db;
    this.catalogue = parts.catalogue;
    this.keys = parts.keys;
    this.personKeys = parts.personKeys;
    this.now = parts.now ?? (() => new Date());
  }
}
