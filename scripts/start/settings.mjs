// What the environment asks of `npm start`, checked once.
import path from 'node:path';
import { Trouble } from '../trouble.mjs';

function portOf(text, name) {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Trouble(`${name}=${text} 不是有效的端口（1–65535）。`, `${name}=${text} is not a port (1–65535).`);
}

function databaseOf(text) {
  if (!text) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^postgres(ql)?:$/.test(url.protocol)) return { url: text, host: url.hostname || '127.0.0.1', port: Number(url.port || 5432) };
  throw new Trouble(
    'DATABASE_URL 应形如 postgresql://用户:密码@主机:5432/库名。',
    'DATABASE_URL should look like postgresql://user:password@host:5432/name.',
  );
}

function temporalOf(text) {
  if (!text) return undefined;
  const [, host, port] = /^(.+):(\d+)$/.exec(text) ?? [];
  if (host) return { address: text, host: host.replace(/^\[|\]$/g, ''), port: portOf(port, 'TEMPORAL_ADDRESS') };
  throw new Trouble('TEMPORAL_ADDRESS 应形如 主机:7233。', 'TEMPORAL_ADDRESS should look like host:7233.');
}

/** The settings of one start. `database` and `temporal` are undefined where the embedded one is wanted. */
export function settingsOf(env, root) {
  const data = path.resolve(root, env.DATA_DIR || '.data');
  const host = env.HOST || '127.0.0.1';
  const port = portOf(env.PORT || '3000', 'PORT');
  return {
    root,
    data,
    host,
    port,
    address: `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`,
    database: databaseOf(env.DATABASE_URL),
    temporal: temporalOf(env.TEMPORAL_ADDRESS),
    namespace: env.TEMPORAL_NAMESPACE || 'default',
    smtpUrl: env.SMTP_URL || undefined,
    production: env.NODE_ENV === 'production',
    keys: path.resolve(root, env.KEYS_DIR || path.join(data, 'keys')),
  };
}
