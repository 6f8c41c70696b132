import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Prisma, PrismaClient } from '../prisma/generated/client.ts';

/** For raw SQL above libs: `Prisma.sql` and its kin. */
export { Prisma };
export type Db = PrismaClient;
/** An open transaction. Functions that take one never begin or end it. */
export type Tx = Prisma.TransactionClient;

const MAX_WAIT_MS = 10_000;
const TIMEOUT_MS = 60_000;

/**
 * The database of a process. `connections` bounds its pool. Hot paths use `$queryRaw`; ordinary reads and writes use the models.
 *
 * A raw statement goes straight to the driver, prepared under the hash of its text: by way of Prisma it costs four times the CPU. Transactions are
 * ours too, and Prisma joins one only when a model is used in it. Values come and go as Prisma's own raw statements have them.
 */
export function createDb(url: string, { connections = 10 }: { connections?: number } = {}): Db {
  // Prisma writes instants without their zone: the session's must be UTC, whatever the server's is
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: MAX_WAIT_MS,
    options: '-c TimeZone=UTC',
    // statements that are not awaited one by one go out together and are answered in their order, each seeing what those before it did
    pipeline: true,
  });
  // a connection that breaks while nobody uses it is dropped by the pool; whoever needs one next is told
  pool.on('error', () => undefined);
  const adapter = new JoiningPrismaPg(pool);
  const prisma = new PrismaClient({ adapter, transactionOptions: { maxWait: MAX_WAIT_MS, timeout: TIMEOUT_MS } });
  const disconnect = async () => {
    await prisma.$disconnect();
    if (!pool.ended) await pool.end();
  };
  const own: Record<PropertyKey, unknown> = {
    ...rawOn(pool),
    $transaction: (work: Work, options?: Options) => transact(prisma, pool, work, options),
    $disconnect: disconnect,
  };
  return new Proxy(prisma, { get: (target, key) => (key in own ? own[key] : (Reflect.get(target, key) as unknown)) });
}

// ── Raw statements ───────────────────────────────────────────────────────────

type Values = readonly unknown[];

/** The four raw verbs over a pool or one connection. */
function rawOn(queryable: pg.Pool | pg.ClientBase) {
  const run = (text: string, values: Values) => queryable.query({ name: nameOf(text), text, values: values.map(toParameter), types });
  const ofTemplate = (query: TemplateStringsArray | Prisma.Sql, values: Values) => run(...statementOf(query, values));
  return {
    $queryRaw: async (query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
      (await ofTemplate(query, values)).rows as unknown[],
    $executeRaw: async (query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) => (await ofTemplate(query, values)).rowCount ?? 0,
    $queryRawUnsafe: async (text: string, ...values: unknown[]) => (await run(text, values)).rows as unknown[],
    $executeRawUnsafe: async (text: string, ...values: unknown[]) => (await run(text, values)).rowCount ?? 0,
  };
}

/** The text of a template whose values are all plain, by the template's identity. */
const texts = new WeakMap<TemplateStringsArray, string>();

function statementOf(query: TemplateStringsArray | Prisma.Sql, values: Values): [string, Values] {
  if (query instanceof Prisma.Sql) return [query.text, query.values];
  if (values.some((value) => value instanceof Prisma.Sql)) {
    const { text, values: flat } = Prisma.sql(query, ...values);
    return [text, flat];
  }
  let text = texts.get(query);
  if (text === undefined) texts.set(query, (text = query.reduce((sql, part, i) => `${sql}$${i}${part}`)));
  return [text, values];
}

// Texts are few, since lists travel as one array; should they ever be many, the rest goes unprepared rather than fill the server's memory.
const MOST_PREPARED = 300;
const names = new Map<string, string>();

function nameOf(text: string): string | undefined {
  let name = names.get(text);
  if (name === undefined && names.size < MOST_PREPARED)
    names.set(text, (name = createHash('sha256').update(text).digest('base64url').slice(0, 24)));
  return name;
}

/** Instants with their zone, as the driver would write the host's; everything else is the driver's to write. */
function toParameter(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.map(toParameter) : value;
}

const utc = (text: string): Date =>
  new Date(
    /[+-]\d\d(:\d\d)*$/.test(text) ? `${text.replace(' ', 'T')}${/[+-]\d\d$/.test(text) ? ':00' : ''}` : `${text.replace(' ', 'T')}Z`,
  );
const day = (text: string): Date => new Date(`${text}T00:00:00.000Z`);
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.slice(2), 'hex'));
const decimal = (text: string) => new Prisma.Decimal(text);
const { builtins } = pg.types;
const textArray = pg.types.getTypeParser(1009 as never) as unknown as (text: string) => (string | null)[];
const each = (parse: (text: string) => unknown) => (text: string) => textArray(text).map((item) => (item === null ? null : parse(item)));

/** Where Prisma's values differ from the driver's own. */
const parsers: Record<number, (text: string) => unknown> = {
  [builtins.INT8]: BigInt,
  [builtins.NUMERIC]: decimal,
  [builtins.DATE]: day,
  [builtins.TIMESTAMP]: utc,
  [builtins.TIMESTAMPTZ]: utc,
  [builtins.BYTEA]: bytes,
  1016: each(BigInt),
  1231: each(decimal),
  1182: each(day),
  1115: each(utc),
  1185: each(utc),
  1001: each(bytes),
};
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers[oid]) || pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

// ── Transactions ─────────────────────────────────────────────────────────────

type Work = (tx: Tx) => Promise<unknown>;
interface Options {
  timeout?: number;
  isolationLevel?: Prisma.TransactionIsolationLevel;
}

const levels: Record<Prisma.TransactionIsolationLevel, string> = {
  ReadUncommitted: 'READ UNCOMMITTED',
  ReadCommitted: 'READ COMMITTED',
  RepeatableRead: 'REPEATABLE READ',
  Serializable: 'SERIALIZABLE',
};

/** One transaction on one connection; a thrown error or the end of its time rolls everything back. */
async function transact(
  prisma: PrismaClient,
  pool: pg.Pool,
  work: Work,
  { timeout = TIMEOUT_MS, isolationLevel }: Options = {},
): Promise<unknown> {
  const connection = await pool.connect();
  let broken: Error | undefined;
  const noteBroken = (error: Error) => void (broken ??= error);
  connection.on('error', noteBroken);
  // a connection that is closed has its transaction rolled back by the server
  const timer = setTimeout(() => {
    noteBroken(new Error(`The transaction was not over within ${timeout} ms`));
    closeNow(connection, broken!);
  }, timeout);
  const joined = new Joined(prisma, connection, timeout);
  try {
    // not awaited: it goes out with the first statement
    const begun = connection.query(isolationLevel ? `BEGIN ISOLATION LEVEL ${levels[isolationLevel]}` : 'BEGIN');
    const [result] = await Promise.all([work(joined.tx), begun]);
    await joined.end();
    // where a failed statement was passed over, the server answers COMMIT by rolling back
    const { command } = await connection.query('COMMIT');
    if (command !== 'COMMIT') throw new Error('A statement of the transaction had failed: everything was rolled back');
    return result;
  } catch (error) {
    await joined.end().catch(() => undefined);
    await connection.query('ROLLBACK').catch(noteBroken);
    throw broken ?? error;
  } finally {
    clearTimeout(timer);
    connection.removeListener('error', noteBroken);
    connection.release(broken);
  }
}

const closeNow = (connection: pg.PoolClient, because: Error) =>
  (connection as unknown as { connection: { stream: { destroy: (error: Error) => void } } }).connection.stream.destroy(because);

/** The connection that a transaction of Prisma's is to join. */
const joining = new AsyncLocalStorage<pg.PoolClient>();

/** A transaction as the rooms see it: raw verbs on its connection; the models of Prisma, which joins at their first use. */
class Joined {
  readonly tx: Tx;
  private prismas: Promise<Tx> | undefined;
  private over: Promise<void> | undefined;
  private leave: () => void = () => undefined;

  constructor(
    private readonly prisma: PrismaClient,
    private readonly connection: pg.PoolClient,
    private readonly timeout: number,
  ) {
    const raw: Record<PropertyKey, unknown> = rawOn(connection);
    const models = new Map<PropertyKey, unknown>();
    this.tx = new Proxy({} as Tx, {
      get: (_, key) => {
        if (key in raw) return raw[key];
        if (typeof key !== 'string' || !(key in prisma) || key.startsWith('$')) return undefined;
        if (!models.has(key)) models.set(key, this.model(key as Prisma.ModelName));
        return models.get(key);
      },
    });
  }

  /** `tx.unit.findUnique(…)`: Prisma's own, in this transaction. */
  private model(name: Prisma.ModelName): object {
    type Model = Record<string, (...args: unknown[]) => Promise<unknown>>;
    return new Proxy(
      {},
      {
        get:
          (_, verb: string) =>
          async (...args: unknown[]) =>
            ((await this.join()) as unknown as Record<string, Model>)[name]![verb]!(...args),
      },
    );
  }

  private join(): Promise<Tx> {
    this.prismas ??= new Promise((resolve, reject) => {
      const stay = (tx: Tx) => new Promise<void>((leave) => ((this.leave = leave), resolve(tx)));
      this.over = joining.run(this.connection, () => this.prisma.$transaction(stay, { timeout: this.timeout }));
      this.over.catch(reject);
    });
    return this.prismas;
  }

  /** Prisma's part is over; the connection stays ours to commit. */
  async end(): Promise<void> {
    this.leave();
    await this.over;
  }
}

/** Prisma's adapter, whose transactions join ours: it neither begins nor ends them. */
class JoiningPrismaPg extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const begin = adapter.startTransaction.bind(adapter);
    const join = (connection: pg.PoolClient) => {
      const nothing = async () => undefined;
      // everything but the connection is the adapter's own; its options tell Prisma to send no BEGIN and no COMMIT
      return Object.create(adapter, {
        client: { value: connection },
        options: { value: { usePhantomQuery: true } },
        commit: { value: nothing },
        rollback: { value: nothing },
      }) as Awaited<ReturnType<typeof begin>>;
    };
    adapter.startTransaction = async (level) => {
      const connection = joining.getStore();
      return connection ? join(connection) : begin(level);
    };
    return adapter;
  }
}
