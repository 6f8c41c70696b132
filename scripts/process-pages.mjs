// Writes docs/processes/<name>.md from the contracts. A test holds the files to what this writes.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { prepare, root } from './prepare.mjs';

prepare();
const { catalogue } = await import(path.join(root, 'dist/workflows/catalogue.js'));
const { processPage } = await import(path.join(root, 'dist/libs/domain/process-page.js'));
mkdirSync(path.join(root, 'docs/processes'), { recursive: true });
for (const contract of Object.values(catalogue)) {
  const file = path.join('docs/processes', `${contract.name}.md`);
  writeFileSync(path.join(root, file), processPage(contract));
  console.log(file);
}
