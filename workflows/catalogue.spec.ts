import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { processPage } from '../libs/domain/process-page.ts';
import { catalogue } from './catalogue.ts';

const root = process.cwd();
const folders = readdirSync(path.join(root, 'workflows/processes'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('the catalogue', () => {
  test('every process folder stands in it, and nothing else', () => {
    const named = Object.values(catalogue).map(({ name }) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
    expect(named.sort()).toEqual(folders.sort());
  });

  test.each(Object.values(catalogue))('$name: the order names each stage once, and the map only stages', (contract) => {
    expect([...contract.order].sort()).toEqual(Object.keys(contract.stages).sort());
    for (const { from, to } of contract.map) expect(contract.order).toEqual(expect.arrayContaining([from, to]));
  });

  test.each(Object.values(catalogue))('$name: what the story is told are fields of the answer', (contract) => {
    for (const stage of Object.values(contract.stages)) {
      const fields = Object.keys(stage.answer.shape as object);
      expect(fields).toEqual(expect.arrayContaining([...(stage.tells ?? []), ...(stage.verdict ? [stage.verdict] : [])]));
    }
  });

  test.each(Object.values(catalogue))('$name: its page in docs/ is the one written from the contract', (contract) => {
    const page = path.join(root, 'docs/processes', `${contract.name}.md`);
    expect(existsSync(page) ? readFileSync(page, 'utf8') : '').toBe(processPage(contract));
  });
});
