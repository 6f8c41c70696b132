import { z } from 'zod';

const config = z.object({
  DATABASE_URL: z.string().min(1),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(50).default(12),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_TLS: z.enum(['true', 'false']).default('false'),
  TEMPORAL_API_KEY: z.string().optional(),
  TASK_QUEUE: z.string().default('miaopu'),
  WORKFLOW_BUNDLE: z.string().optional(),
  KEYS_DIR: z.string().min(1),
  SMTP_URL: z.string().min(1),
  /** When set, the worker keeps the demo inbox: an SMTP server on this port of the loopback. */
  MAIL_CATCHER_PORT: z.coerce.number().int().optional(),
  MAIL_FROM: z.string().default('苗圃 <no-reply@miaopu.local>'),
  PUBLIC_URL: z.string().default('http://127.0.0.1:3000'),
  LOG_LEVEL: z.string().default('info'),
});
export type Config = z.infer<typeof config>;

/** Reads the environment once; a process with a faulty one does not start. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = config.safeParse(env);
  if (parsed.success) return parsed.data;
  throw new Error(`配置有误：${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('；')}`);
}
