import path from 'node:path';
import { z } from 'zod';

const schema = z.object({
  NODE_ENV: z.string().optional(),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//),
  DATA_DIR: z.string().default('.data'),
  KEYS_DIR: z.string().optional(),
  LEDGER_PUBLIC_KEY_FILE: z.string().optional(),
  PERSON_KEY_FILE: z.string().optional(),
  SEALS_LOG: z.string().optional(),
  /** Where the command was typed, for paths in its arguments. */
  CLI_CWD: z.string().optional(),
  DEMO: z.enum(['0', '1', 'true', 'false']).default('0'),
});

/** The settings that a command shares with the running system, from the same variables. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const parsed = schema.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  if (!parsed.success)
    throw new Error(
      `Settings that cannot be used: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
    );
  const { DATABASE_URL, DATA_DIR, KEYS_DIR, LEDGER_PUBLIC_KEY_FILE, PERSON_KEY_FILE, SEALS_LOG, CLI_CWD, DEMO } = parsed.data;
  return {
    databaseUrl: DATABASE_URL,
    dataDir: path.resolve(DATA_DIR),
    keysDir: path.resolve(KEYS_DIR ?? path.join(DATA_DIR, 'keys')),
    ledgerPublicKeyFile: LEDGER_PUBLIC_KEY_FILE,
    personKeyFile: PERSON_KEY_FILE,
    sealsLog: SEALS_LOG,
    cwd: CLI_CWD ?? process.cwd(),
    demo: DEMO === '1' || DEMO === 'true',
  };
}
