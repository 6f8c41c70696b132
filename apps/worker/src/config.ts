import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);
/** An empty variable is an absent one, as in compose files. */
const filled = (env: NodeJS.ProcessEnv) => Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));

const config = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(4).max(50).default(12),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_TLS: z
    .enum(['0', '1', 'true', 'false'])
    .default('false')
    .transform((value) => value === '1' || value === 'true'),
  TEMPORAL_API_KEY: z.string().optional(),
  TASK_QUEUE: z.string().default('miaopu'),
  WORKFLOW_BUNDLE: z.string().optional(),
  KEYS_DIR: z.string().min(1),
  LEDGER_KEY_FILE: z.string().optional(),
  /** Where the signing key lies, apart from what other processes read; KEYS_DIR when not set. */
  SIGNING_KEY_DIR: z.string().optional(),
  SEALS_LOG: z.string().optional(),
  SMTP_URL: z.string().min(1),
  /** When set, the worker keeps the demo inbox: an SMTP server on this port of the loopback. */
  MAIL_CATCHER_PORT: port.optional(),
  MAIL_FROM: z.string().default('苗圃 <no-reply@miaopu.local>'),
  PUBLIC_URL: z.string().default('http://127.0.0.1:3000'),
  /** How often cases are compared with their stories, and how long something may be amiss before it counts. */
  RECONCILE_EVERY_MS: z.coerce.number().int().min(100).default(60_000),
  /** When set, measures of this process are served there. */
  METRICS_PORT: port.optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
});
export type Config = z.output<typeof config>;

/** Reads the environment once. What is wrong is said by name, without values, and the process does not start. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = config.safeParse(filled(env));
  if (parsed.success) return parsed.data;
  throw new Error(
    `Settings that cannot be used: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
  );
}
