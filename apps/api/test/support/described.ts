import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

interface Operation {
  operationId: string;
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, object> };
}

/** Holds answers to the OpenAPI document that the server itself hands out. */
export class Described {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  private readonly checks = new Map<string, ValidateFunction>();
  private readonly shapes: { like: RegExp; path: string; methods: Record<string, Operation> }[];
  readonly document: Document;

  constructor(document: Document) {
    this.document = document;
    (formats as unknown as (ajv: Ajv2020) => void)(this.ajv);
    this.ajv.addSchema({ $id: 'openapi', components: document.components ?? {} });
    this.shapes = Object.entries(document.paths).map(([path, methods]) => ({
      path,
      methods,
      like: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
    }));
  }

  /** What the answer has that the document does not say; null when they agree. Addresses outside the document are problems of status 404 and 405. */
  fault(method: string, url: string, { status, type, body }: { status: number; type: string; body: unknown }): string | null {
    const path = url.split('?')[0]!;
    const shape = this.shapes.find(({ like }) => like.test(path));
    const operation = shape?.methods[method.toLowerCase()];
    const what = `${method} ${shape?.path ?? path} answered ${status}`;
    if (!operation)
      return [400, 404, 405].includes(status) && type.startsWith('application/problem+json')
        ? null
        : `${what}, though the document does not have it`;
    const described = operation.responses[String(status)];
    if (!described) return `${what}, which the document does not name: ${JSON.stringify(body).slice(0, 300)}`;
    const media = type.split(';')[0]!.trim();
    if (!described.content) return body === undefined || body === '' || body === null ? null : `${what} with a body`;
    const schema = described.content[media]?.schema;
    if (!schema) return `${what} as ${media}, described as ${Object.keys(described.content).join(', ')}`;
    if (!media.endsWith('json')) return null;
    const check = this.check(`${operation.operationId} ${status}`, schema);
    return check(body) ? null : `${what} otherwise than described: ${this.ajv.errorsText(check.errors, { separator: '; ' }).slice(0, 800)}`;
  }

  private check(key: string, schema: object): ValidateFunction {
    const known =
      this.checks.get(key) ??
      this.ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('#/components/', 'openapi#/components/')) as object);
    this.checks.set(key, known);
    return known;
  }
}
