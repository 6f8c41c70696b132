// The database client from prisma/schema.prisma, made by Prisma's own generator without its command: that would bring a studio, a second
// database and a configuration library, 170 MB of what nobody here runs.
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url); // the packages' ESM builds lead nowhere
const { PrismaClientTsGenerator } = require('@prisma/client-generator-ts');
const { getGenerators, loadSchemaContext } = require('@prisma/internals');

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const schema = { cliProvidedPath: path.join(root, 'prisma/schema.prisma') };
const schemaContext = await loadSchemaContext({ schemaPath: schema, cwd: root, printLoadMessage: false });
const registry = { 'prisma-client': { type: 'in-process', generator: new PrismaClientTsGenerator() } };
for (const generator of await getGenerators({ schemaContext, registry, skipDownload: true, printDownloadProgress: false })) {
  await generator.generate();
  generator.stop();
}
