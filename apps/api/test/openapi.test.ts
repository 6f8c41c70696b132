import { everyRefusalOf, type Route } from '../../../libs/domain/api/route.ts';
import { routes } from '../../../libs/domain/api/routes.ts';
import { refusals } from '../../../libs/domain/refusal.ts';
import { startServer, type Server } from './support/server.ts';

interface Schema {
  $ref?: string;
  enum?: string[];
  properties?: Record<string, Schema>;
}
interface Operation {
  operationId: string;
  summary: string;
  security?: object[];
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: { required: boolean; content: Record<string, unknown> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas?: Record<string, unknown>; securitySchemes: Record<string, unknown> };
}

let server: Server;
let document: Document;
beforeAll(async () => {
  server = await startServer({ seed: 'none' });
  document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as Document;
}, 240_000);
afterAll(() => server?.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

test('every route stands in the document, and nothing else', () => {
  expect(document.openapi).toBe('3.1.1');
  const written = operations().map(({ path, method, operation }) => `${operation.operationId} ${method.toUpperCase()} ${path}`);
  const known = Object.values(routes as Record<string, Route>).map(
    ({ id, method, path }) => `${id} ${method} ${path.replace(/:(\w+)/g, '{$1}')}`,
  );
  expect(written.sort()).toEqual(known.sort());
});

test('every code of every route stands under its status', () => {
  for (const { operation } of operations()) {
    const route: Route = (routes as Record<string, Route>)[operation.operationId]!;
    const codes = Object.entries(operation.responses).flatMap(([status, { content }]) =>
      (content?.['application/problem+json']?.schema.properties?.code?.enum ?? []).map((code) => [code, Number(status)] as const),
    );
    expect(Object.fromEntries(codes)).toEqual(Object.fromEntries(everyRefusalOf(route).map((code) => [code, refusals[code].status])));
    expect(operation.responses[String(route.status ?? 200)]).toBeDefined();
  }
});

test('what needs a session says so, and what changes something names the page’s token', () => {
  for (const { method, operation } of operations()) {
    const route: Route = (routes as Record<string, Route>)[operation.operationId]!;
    expect(operation.security).toEqual(route.access === 'public' ? undefined : [{ session: [] }]);
    const headers = (operation.parameters ?? []).filter((parameter) => parameter.in === 'header').map(({ name }) => name);
    expect(headers.includes('x-csrf-token')).toBe(route.access !== 'public' && method !== 'get');
  }
});

test('every parameter of a path is described, and no reference leads nowhere', () => {
  for (const { path, operation } of operations()) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const described = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
    expect(new Set(described.map(({ name }) => name))).toEqual(new Set(inPath));
    expect(described.every(({ required }) => required)).toBe(true);
  }
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference!);
  for (const reference of references) {
    const found = reference
      .slice(2)
      .split('/')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
    expect(found).toBeDefined();
  }
});

test('the page of the documentation loads its own files only', async () => {
  const page = await (await fetch(`${server.url}/api/docs`)).text();
  const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file!);
  expect(files.length).toBe(3);
  expect(page).not.toMatch(/<script>|onload=|style=/);
  for (const file of files) {
    expect(file).toMatch(/^\/api\/docs\//);
    expect((await fetch(`${server.url}${file}`)).status).toBe(200);
  }
});
