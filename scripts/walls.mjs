// The walls between the rooms of the house, as a table over imports. The linter cannot hold them: it sees the words of an import,
// not the file that they lead to, and it has no rule that says "only these".
//   node scripts/walls.mjs      prints each breach, exits 1 if there is one
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** What pure code sees of npm: schemas, and arithmetic of plain dates. */
const PURE = ['npm:zod'];
/** Packages are free outside the pure rooms, Temporal's excepted. */
const FREE = ['npm:*', 'node:*'];
const COMMON = ['libs/db.ts', 'libs/logged-error.ts', 'prisma/generated/'];
/** Libraries from the ground up: each sees those before it, never one after it. */
export const LAYERS = [
  'units',
  'calendar',
  'ledger',
  'mail',
  'policies',
  'access',
  'people',
  'workbooks',
  'reports',
  'roster',
  'desk',
  'campaigns',
  'appraisal',
  'openings',
  'secondments',
  'forms',
  'recruitment',
  'dossier',
];

const libraries = LAYERS.map((name, level) => ({
  name: `libs/${name} sees libs/domain and the libraries below it`,
  room: `libs/${name}/**`,
  may: [`libs/${name}/`, 'libs/domain/', ...COMMON, ...LAYERS.slice(0, level).map((below) => `libs/${below}/`), ...FREE],
}));

/**
 * A file belongs to the first wall whose `room` holds it. `may` lists what it may import: files of ours by the beginning of their path,
 * packages as `npm:name`, Node's modules as `node:*`; `{own}` is the file's own process folder; `type:` in front allows a type only.
 */
export const WALLS = [
  { name: 'plain dates, which every story loads, make no schemas', room: 'libs/domain/dates.ts', may: [] },
  { name: 'libs/domain sees zod and itself, nothing else', room: 'libs/domain/**', may: ['libs/domain/', ...PURE] },
  { name: 'the database is opened by libs/db alone', room: 'libs/db.ts', may: ['prisma/generated/', ...FREE] },
  { name: 'what all of libs may use stands alone', room: 'libs/logged-error.ts', may: [] },
  ...libraries,
  {
    name: 'a story sees its own folder, workflows/core and libs/domain',
    room: 'workflows/processes/*/workflow.ts',
    may: ['{own}', 'workflows/core/', 'libs/domain/', ...PURE],
  },
  {
    name: 'a contract and a policy are pure: they see libs/domain and their own folder',
    room: 'workflows/processes/**',
    may: ['{own}', 'libs/domain/', ...PURE],
    never: ['{own}workflow.ts'],
  },
  {
    name: 'workflows/core knows no process and no world outside the sandbox',
    room: 'workflows/core/**',
    may: ['workflows/core/', 'libs/domain/', 'npm:@temporalio/workflow', ...PURE],
  },
  {
    name: 'the catalogue knows contracts, never a story',
    room: 'workflows/catalogue.ts',
    may: ['workflows/processes/*/contract.ts', 'libs/domain/', ...PURE],
  },
  {
    name: 'the door to the stories opens stories and their rehearsal, no contract',
    room: 'workflows/index.ts',
    may: ['workflows/processes/*/workflow.ts', 'workflows/rehearsal.ts', 'workflows/core/'],
  },
  {
    name: 'a rehearsal sees stories with their contracts',
    room: 'workflows/rehearsal.ts',
    may: ['workflows/processes/*/workflow.ts', 'workflows/processes/*/contract.ts', 'workflows/core/'],
  },
  {
    name: 'activities see libs and the type of their interface',
    room: 'activities/**',
    may: ['activities/', 'libs/', 'type:workflows/core/', 'npm:@temporalio/activity', ...FREE],
  },
  ...['api', 'cli'].map((app) => ({
    name: `apps/${app} sees libs, the catalogue and Temporal’s client`,
    room: `apps/${app}/**`,
    may: [`apps/${app}/`, 'libs/', 'prisma/seed/', 'workflows/catalogue.ts', 'npm:@temporalio/client', 'npm:@temporalio/common', ...FREE],
  })),
  {
    name: 'apps/worker sees libs, activities, the catalogue and the bundle by its path',
    room: 'apps/worker/**',
    may: [
      'apps/worker/',
      'libs/',
      'activities/',
      'workflows/catalogue.ts',
      'npm:@temporalio/client',
      'npm:@temporalio/common',
      'npm:@temporalio/worker',
      ...FREE,
    ],
  },
  {
    name: 'the console’s shared parts know no feature',
    room: 'apps/web/src/shared/**',
    may: ['apps/web/src/shared/', 'libs/domain/', 'workflows/catalogue.ts', 'npm:*'],
  },
  {
    name: 'the console’s features know shared parts, never the app',
    room: 'apps/web/src/features/**',
    may: ['apps/web/src/features/', 'apps/web/src/shared/', 'libs/domain/', 'workflows/catalogue.ts', 'npm:*'],
  },
  {
    name: 'the console speaks HTTP: it sees libs/domain and the catalogue',
    room: 'apps/web/**',
    may: ['apps/web/', 'libs/domain/', 'workflows/catalogue.ts', 'npm:*'],
  },
  { name: 'the seed sees libs and the catalogue', room: 'prisma/seed/**', may: ['prisma/', 'libs/', 'workflows/catalogue.ts', ...FREE] },
];

const ROOMS = ['libs', 'workflows', 'activities', 'apps', 'prisma/seed'];
/** Tests may reach anywhere: they stand outside the rooms. */
const isTest = (file) => /\.(spec|test|fixture)\.tsx?$|^apps\/[a-z]+\/test\//.test(file);

const glob = (pattern) =>
  new RegExp(`^${pattern.replace(/[.+]/g, '\\$&').replace(/\*\*/g, '\0').replace(/\*/g, '[^/]+').replace(/\0/g, '.*')}$`);
const within = (pattern, target) => glob(pattern.endsWith('/') ? `${pattern}**` : pattern).test(target);
const processFolder = (file) => /^workflows\/processes\/[^/]+\//.exec(file)?.[0] ?? '{none}';

/** The imports of a file: what each leads to, whether only for its types, and its line. */
function importsOf(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const add = (node, specifier, typeOnly) =>
    found.push({ target: resolve(file, specifier), typeOnly, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
  const visit = (node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier)
      add(node, node.moduleSpecifier.text, onlyTypes(node));
    if (ts.isImportTypeNode(node)) add(node, node.argument.literal.text, true);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && ts.isStringLiteralLike(node.arguments[0]))
      add(node, node.arguments[0].text, false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function onlyTypes(node) {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (!clause || clause.isTypeOnly) return Boolean(clause?.isTypeOnly);
  const named = clause.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements : [];
  return !clause.name && named.length > 0 && named.every((element) => element.isTypeOnly);
}

function resolve(file, specifier) {
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(file), specifier);
  if (specifier.startsWith('node:')) return specifier;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return `npm:${name}`;
}

function allowed(wall, file, { target, typeOnly }) {
  const own = (pattern) => pattern.replace('{own}', processFolder(file));
  if (wall.never?.some((pattern) => within(own(pattern), target))) return false;
  return wall.may.some((entry) => {
    const pattern = own(entry.replace(/^type:/, ''));
    if (entry.startsWith('type:') && !typeOnly) return false;
    if (pattern === 'npm:*') return target.startsWith('npm:') && !target.startsWith('npm:@temporalio/');
    if (pattern === 'node:*') return target.startsWith('node:');
    return within(pattern, target);
  });
}

/** The breaches in one file, each as a sentence. */
export function breachesOf(file, text) {
  if (isTest(file)) return [];
  const wall = WALLS.find(({ room }) => glob(room).test(file));
  if (!wall) return [`${file}: stands in no room (scripts/walls.mjs)`];
  return importsOf(file, text)
    .filter((imported) => !allowed(wall, file, imported))
    .map(({ target, line }) => `${file}:${line} imports ${target.replace(/^npm:/, '')}: ${wall.name}.`);
}

/** Every source file of the rooms. */
export function sourceFiles() {
  const below = (room) =>
    readdirSync(path.join(root, room), { withFileTypes: true, recursive: true }).filter((entry) => /(?<!\.d)\.tsx?$/.test(entry.name));
  const name = (entry) =>
    path
      .relative(root, path.join(entry.parentPath ?? entry.path, entry.name))
      .split(path.sep)
      .join('/');
  return ROOMS.flatMap((room) => below(room).map(name)).sort();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const breaches = sourceFiles().flatMap((file) => breachesOf(file, readFileSync(path.join(root, file), 'utf8')));
  for (const breach of breaches) console.error(breach);
  process.exitCode = breaches.length ? 1 : 0;
}
