import fc from 'fast-check';
import { z } from 'zod';
import type { Route } from '../../../libs/domain/api/route.ts';
import { routes, type RouteId } from '../../../libs/domain/api/routes.ts';
import type { ApiClient } from './support/client.ts';
import { playScene, type Scene } from './support/scene.ts';
import { startServer, type Server } from './support/server.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 30);

let server: Server;
let scene: Scene;
let clients: ApiClient[];
beforeAll(async () => {
  server = await startServer();
  scene = await playScene(server);
  const names = ['WORKER self', 'COUNTY_ORG here', 'STREET_HR here', 'CITY_ORG here', 'AUDITOR here', 'SYSTEM_ADMIN here'];
  clients = await Promise.all(names.map((name) => server.signIn(scene.users[name]!)));
}, 240_000);
afterAll(() => server?.close());

interface Shape {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Shape[];
  properties?: Record<string, Shape>;
  required?: string[];
  additionalProperties?: Shape | boolean;
  items?: Shape;
  minItems?: number;
  maxLength?: number;
  minLength?: number;
  minimum?: number;
  maximum?: number;
}

const nasty = fc.constantFrom(
  '',
  ' ',
  '\0',
  '\ud800',
  '’ OR 1=1 --',
  '%',
  '_',
  '../../etc/passwd',
  'null',
  'valueOf',
  'constructor',
  '__proto__',
  '٣',
  '𠮷',
  '0',
  '-1',
  '1e400',
  '9'.repeat(30),
  'x'.repeat(5_000),
  '{"a":',
  '2026-02-30',
  'infinity',
  Buffer.from('["infinity","x"]').toString('base64url'),
  Buffer.from('["2020","------------------------------------"]').toString('base64url'),
);
const anyJson = fc.jsonValue({ maxDepth: 3 });
const ids = fc.constantFrom('person', 'formal', 'case', 'task', 'attachment', 'incident', 'job').map((name) => scene[name as 'person']);

/** Values that a schema might take, now and then ones that it does not. */
function like(shape: Shape): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary: fitting(shape) }, { weight: 1, arbitrary: nasty }, { weight: 1, arbitrary: anyJson });
}

function fitting(shape: Shape): fc.Arbitrary<unknown> {
  if (shape.enum) return fc.constantFrom(...shape.enum);
  if (shape.const !== undefined) return fc.constant(shape.const);
  if (shape.anyOf) return fc.oneof(...shape.anyOf.map(fitting));
  if (shape.type === 'object') return fittingObject(shape);
  if (shape.type === 'array') return fc.array(like(shape.items ?? {}), { minLength: shape.minItems ?? 0, maxLength: 3 });
  if (shape.type === 'integer' || shape.type === 'number')
    return fc.integer({ min: Math.max(shape.minimum ?? 0, -1e6), max: Math.min(shape.maximum ?? 1e6, 1e6) });
  if (shape.type === 'boolean') return fc.boolean();
  if (shape.type === 'null') return fc.constant(null);
  if (shape.format === 'uuid') return fc.oneof({ weight: 4, arbitrary: ids }, fc.uuid());
  if (shape.format === 'date')
    return fc
      .date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10));
  if (shape.type === 'string')
    return fc.string({ minLength: Math.min(shape.minLength ?? 0, 60), maxLength: Math.min(shape.maxLength ?? 60, 80), unit: 'grapheme' });
  return anyJson;
}

function fittingObject({ properties = {}, required = [], additionalProperties }: Shape): fc.Arbitrary<unknown> {
  const known = fc.record(Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, like(inner)])), {
    requiredKeys: required.filter((name) => name in properties),
  });
  if (typeof additionalProperties !== 'object') return known;
  return fc
    .tuple(known, fc.dictionary(fc.string({ maxLength: 12 }), anyJson, { maxKeys: 3 }))
    .map(([own, more]) => ({ ...more, ...(own as object) }));
}

const partOf = (schema: z.ZodType | undefined) =>
  schema ? fitting(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape) : fc.constant(undefined);

const encoded = (value: unknown) =>
  encodeURIComponent((typeof value === 'string' ? value : JSON.stringify(value ?? '')).replace(/\p{Surrogate}/gu, '')) || '-';

/** Sends whatever was made up. The client holds every answer to the document: an undocumented status or form is an error there. */
async function send(route: Route, client: ApiClient, { params, query, body, fields, file, key }: Record<string, unknown>): Promise<number> {
  const path = route.path.replace(/:([^/]+)/g, (_, name: string) => encoded((params as Record<string, unknown>)[name]));
  const search = Object.entries((query ?? {}) as Record<string, unknown>)
    .map(([name, value]) => `${name}=${encoded(value)}`)
    .join('&');
  const headers: Record<string, string> = typeof key === 'string' && /^[\x20-\x7e]+$/.test(key) ? { 'idempotency-key': key } : {};
  if (route.upload) {
    const form = new FormData();
    for (const [name, value] of Object.entries((fields ?? {}) as Record<string, unknown>))
      form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
    form.append('file', new Blob([file as Uint8Array<ArrayBuffer>]), '表.xlsx');
    return (await client.raw(route.method, `${path}?${search}`, { headers, body: form })).status;
  }
  const text = body === undefined ? undefined : JSON.stringify(body);
  return (
    await client.raw(route.method, `${path}?${search}`, {
      headers: { ...headers, ...(text !== undefined && { 'content-type': 'application/json' }) },
      ...(text !== undefined && { body: text }),
    })
  ).status;
}

const hostile = (Object.keys(routes) as RouteId[]).filter((id) => id !== 'signOut');

test.each(hostile)('%s answers whatever comes as the document says, and never with a fault of ours', async (id) => {
  const route: Route = routes[id];
  const request = fc.record({
    params: partOf(route.params),
    query: partOf(route.query),
    body: fc.oneof({ weight: 8, arbitrary: partOf(route.body) }, { weight: route.body ? 1 : 0, arbitrary: anyJson }),
    fields: partOf(route.upload),
    file: fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.constant(new TextEncoder().encode('PK\u0003\u0004'))),
    key: fc.option(fc.string({ maxLength: 20 }), { nil: undefined }),
    who: fc.nat({ max: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ who, ...parts }) => {
      const status = await send(route, clients[who]!, parts);
      // a rehearsal needs the engine, which is away here
      if (status >= 500 && !(status === 503 && id === 'rehearse'))
        throw new Error(`${route.method} ${route.path}: ${status}\n${server.api.log().slice(-1_500)}`);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});
