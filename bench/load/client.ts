import http from 'node:http';

/** An answer that is a problem: its status and code. */
export class Problem extends Error {
  readonly status: number;

  constructor(what: string, status: number, body: string) {
    super(`${what} ${status} ${body.slice(0, 300)}`);
    this.status = status;
  }
}

export interface Sent {
  headers?: Record<string, string>;
  body?: unknown;
}
export interface Got<T> {
  body: T;
  cookie: string | null;
}

/** A small JSON client that keeps its connections: it costs the measured machine less than fetch does. */
export class HttpClient {
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 64, maxFreeSockets: 64, scheduling: 'lifo' });
  private readonly base: URL;

  constructor(base: string) {
    this.base = new URL(base);
  }

  send<T>(method: 'GET' | 'POST', path: string, { headers = {}, body }: Sent = {}): Promise<Got<T>> {
    const data = body === undefined ? null : Buffer.from(JSON.stringify(body));
    const content = data ? { 'content-type': 'application/json', 'content-length': data.length } : {};
    return new Promise((resolve, reject) => {
      const options = {
        agent: this.agent,
        method,
        host: this.base.hostname,
        port: this.base.port,
        path,
        headers: { ...headers, ...content },
      };
      const request = http.request(options, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          if ((response.statusCode ?? 500) >= 400)
            return reject(new Problem(`${method} ${path.split('?')[0]!}`, response.statusCode ?? 500, text));
          resolve({ body: (text ? JSON.parse(text) : null) as T, cookie: response.headers['set-cookie']?.[0]?.split(';')[0] ?? null });
        });
      });
      request.setNoDelay(true);
      request.on('error', reject);
      request.end(data ?? undefined);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
