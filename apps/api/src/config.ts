import path from 'node:path';
import { z } from 'zod';
import { BEAT_MS } from '../../../libs/domain/api/live.ts';

const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true');
const count = z.coerce.number().int().min(1);
/** An empty variable is an absent one, as in compose files. */
const filled = (env: NodeJS.ProcessEnv) => Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));

const schema = z
  .object({
    NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
    DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//),
    DATABASE_CONNECTIONS: count.max(200).default(10),
    TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
    TEMPORAL_NAMESPACE: z.string().default('default'),
    TEMPORAL_TLS: flag.default(false),
    TEMPORAL_API_KEY: z.string().optional(),
    TASK_QUEUE: z.string().default('miaopu'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: z.string().default('127.0.0.1'),
    /** Where people reach the console; https makes the session's cookie Secure. */
    PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** How many proxies stand in front; their X-Forwarded-For is believed. */
    TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
    DATA_DIR: z.string().default('.data'),
    KEYS_DIR: z.string().optional(),
    LEDGER_PUBLIC_KEY_FILE: z.string().optional(),
    SEALS_LOG: z.string().optional(),
    PERSON_KEY_FILE: z.string().optional(),
    /** The built console; without it the API serves no pages. */
    WEB_DIST: z.string().optional(),
    DEMO: flag.default(false),
    LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
    SESSION_IDLE_MINUTES: count.max(24 * 60).default(30),
    SESSION_HOURS: count.max(24 * 7).default(12),
    RATE_PER_ACCOUNT_PER_MINUTE: count.default(1_200),
    RATE_SIGN_IN_PER_MINUTE: count.default(60),
    RATE_CALENDARS_PER_MINUTE: count.default(120),
    RATE_NOTICES_PER_MINUTE: count.default(120),
    /** A whole office may sit behind one address. */
    RATE_OBJECTIONS_PER_HOUR: count.default(20),
    /** How long a dossier waits for the seal over its own entry. */
    SEAL_PATIENCE_MS: z.coerce.number().int().min(0).max(30_000).default(6_000),
    /** Pages that listen hear something at least this often. */
    LIVE_BEAT_MS: z.coerce.number().int().min(100).max(BEAT_MS).default(BEAT_MS),
    METRICS_TOKEN: z.string().min(16).optional(),
    UPLOAD_LIMIT_MB: count.max(100).default(20),
    /** Responses are held to their schemas; a mismatch is an error. For tests and development. */
    CHECK_RESPONSES: flag.optional(),
  })
  .transform((env) => ({
    production: env.NODE_ENV === 'production',
    databaseUrl: env.DATABASE_URL,
    databaseConnections: env.DATABASE_CONNECTIONS,
    temporal: {
      address: env.TEMPORAL_ADDRESS,
      namespace: env.TEMPORAL_NAMESPACE,
      taskQueue: env.TASK_QUEUE,
      tls: env.TEMPORAL_TLS,
      apiKey: env.TEMPORAL_API_KEY,
    },
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL ?? null,
    https: env.PUBLIC_URL?.startsWith('https:') ?? false,
    trustProxy: env.TRUST_PROXY,
    dataDir: path.resolve(env.DATA_DIR),
    keysDir: path.resolve(env.KEYS_DIR ?? path.join(env.DATA_DIR, 'keys')),
    ledgerPublicKeyFile: env.LEDGER_PUBLIC_KEY_FILE,
    sealsLog: env.SEALS_LOG,
    personKeyFile: env.PERSON_KEY_FILE,
    webDist: env.WEB_DIST ? path.resolve(env.WEB_DIST) : null,
    demo: env.DEMO,
    logLevel: env.LOG_LEVEL,
    session: { idleMinutes: env.SESSION_IDLE_MINUTES, hours: env.SESSION_HOURS },
    rates: {
      perAccount: env.RATE_PER_ACCOUNT_PER_MINUTE,
      signIn: env.RATE_SIGN_IN_PER_MINUTE,
      feeds: env.RATE_CALENDARS_PER_MINUTE,
      notices: env.RATE_NOTICES_PER_MINUTE,
      objections: env.RATE_OBJECTIONS_PER_HOUR,
    },
    sealPatienceMs: env.SEAL_PATIENCE_MS,
    liveBeatMs: env.LIVE_BEAT_MS,
    metricsToken: env.METRICS_TOKEN ?? null,
    uploadLimitMb: env.UPLOAD_LIMIT_MB,
    checkResponses: env.CHECK_RESPONSES ?? env.NODE_ENV !== 'production',
  }));

export type Config = z.output<typeof schema>;

/** The process's settings, parsed once. What is wrong is said by name, without values, and the process does not start. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = schema.safeParse(filled(env));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`Settings that cannot be used: ${faults.join('; ')}`);
}
