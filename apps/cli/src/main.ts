import { createDb } from '../../../libs/db.ts';
import { readConfig } from './config.ts';
import { importRoster } from './import.ts';
import { seed } from './seed.ts';
import { verify } from './verify.ts';

/** A command gets the database, the settings and its arguments, and answers with the exit code. */
export type Command = (context: {
  db: ReturnType<typeof createDb>;
  config: ReturnType<typeof readConfig>;
  args: string[];
}) => Promise<number>;

const commands: Record<string, Command> = { seed, import: importRoster, verify };

const [name, ...args] = process.argv.slice(2);
const command = name ? commands[name] : undefined;
if (!command) {
  console.error(`用法: npm run cli -- <${Object.keys(commands).join(' | ')}>`);
  process.exit(2);
}
const config = readConfig(process.env);
const db = createDb(config.databaseUrl, { connections: 4 });
try {
  process.exitCode = await command({ db, config, args });
} finally {
  await db.$disconnect();
}
