import path from 'node:path';
import { startPart, startServer, type Part, type Server, type ServerOptions } from '../../../api/test/support/server.ts';
import { freePort } from '../../../../scripts/processes.mjs';
import { temporalDevServer, type DevServer } from '../../../../test/support/temporal.ts';

/** The whole product as it is shipped, each part a process of its own: API, worker with its demo inbox, Temporal, PostgreSQL. */
export interface Service extends Server {
  temporal: DevServer;
  worker: Part;
  startWorker: () => Promise<void>;
  startApi: () => Promise<void>;
  /** What all processes of API and worker wrote, those that are gone too. */
  logs: () => string;
}

export async function startService({ env = {}, ...options }: Omit<ServerOptions, 'temporalAddress'> = {}): Promise<Service> {
  const [temporal, apiPort, smtpPort] = [await temporalDevServer(), await freePort(), await freePort()];
  const server = await startServer({
    ...options,
    temporalAddress: temporal.address,
    env: { PORT: String(apiPort), SEAL_PATIENCE_MS: '6000', ...env },
  });
  const workerEnv = {
    ...server.env,
    KEYS_DIR: path.join(server.dataDir, 'keys'),
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    MAIL_CATCHER_PORT: String(smtpPort),
    PUBLIC_URL: server.url,
  };
  const parts: Part[] = [server.api];
  const start = async (file: string, env: Record<string, string>) => {
    const part = await startPart(file, env);
    parts.push(part);
    return part;
  };
  const startWorker = () => start('dist/apps/worker/src/main.js', workerEnv);
  const closeServer = server.close;
  const service: Service = Object.assign(server, {
    temporal,
    worker: await startWorker(),
    startWorker: async () => {
      service.worker = await startWorker();
    },
    startApi: async () => {
      service.api = await start('dist/apps/api/src/main.js', server.env);
    },
    logs: () => parts.map((part) => part.log()).join(''),
    close: async () => {
      await service.worker.stop();
      if (process.env.SERVICE_LOG) process.stdout.write(service.logs());
      await closeServer();
      await temporal.close();
    },
  });
  return service;
}
