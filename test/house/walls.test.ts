import { readFileSync } from 'node:fs';
import path from 'node:path';
import { breachesOf, LAYERS, sourceFiles, WALLS } from '../../scripts/walls.mjs';

/** A breach of each wall: a file that could stand in the room, and an import that it may not have. */
const breaches: Record<string, [file: string, text: string][]> = {
  'libs/domain sees zod and itself, nothing else': [
    ['libs/domain/x.ts', `import { createHash } from 'node:crypto';`],
    ['libs/domain/api/x.ts', `import type { Db } from '../../db.ts';`],
  ],
  'the database is opened by libs/db alone': [['libs/db.ts', `import { append } from './ledger/append.ts';`]],
  'what all of libs may use stands alone': [['libs/logged-error.ts', `import type { Db } from './db.ts';`]],
  'a story sees its own folder, workflows/core and libs/domain': [
    ['workflows/processes/probation/workflow.ts', `import { contract } from '../transfer/contract.ts';`],
    ['workflows/processes/probation/workflow.ts', `import { openStage } from '../../../activities/desk.ts';`],
    ['workflows/processes/probation/workflow.ts', `import type { Db } from '../../../libs/db.ts';`],
  ],
  'a contract and a policy are pure: they see libs/domain and their own folder': [
    ['workflows/processes/probation/contract.ts', `import { sleep } from '@temporalio/workflow';`],
    ['workflows/processes/probation/policy.ts', `import { readFileSync } from 'node:fs';`],
    ['workflows/processes/probation/policy.ts', `import { tell } from '../../core/tell.ts';`],
    ['workflows/processes/probation/policy.ts', `import { probation } from './workflow.ts';`],
  ],
  'workflows/core knows no process and no world outside the sandbox': [
    ['workflows/core/x.ts', `import { contract } from '../processes/probation/contract.ts';`],
    ['workflows/core/x.ts', `const fs = await import('node:fs');`],
    ['workflows/core/x.ts', `import { Client } from '@temporalio/client';`],
  ],
  'the catalogue knows contracts, never a story': [
    ['workflows/catalogue.ts', `export { probation } from './processes/probation/workflow.ts';`],
  ],
  'the door to the stories opens stories and their rehearsal, no contract': [
    ['workflows/index.ts', `export * from '../activities/index.ts';`],
    ['workflows/index.ts', `import { contract } from './processes/probation/contract.ts';`],
  ],
  'a rehearsal sees stories with their contracts': [['workflows/rehearsal.ts', `export * from '../activities/index.ts';`]],
  'plain dates, which every story loads, make no schemas': [['libs/domain/dates.ts', `import { z } from 'zod';`]],
  'activities see libs and the type of their interface': [
    ['activities/x.ts', `import { tell } from '../workflows/core/tell.ts';`],
    ['activities/x.ts', `import type { contract } from '../workflows/processes/probation/contract.ts';`],
    ['activities/x.ts', `import { config } from '../apps/worker/src/config.ts';`],
  ],
  'apps/api sees libs, the catalogue and Temporal’s client': [
    ['apps/api/src/x.ts', `import { run } from '../../worker/src/run.ts';`],
    ['apps/api/src/x.ts', `import { tell } from '../../../workflows/core/tell.ts';`],
    ['apps/api/src/x.ts', `import { Worker } from '@temporalio/worker';`],
  ],
  'apps/cli sees libs, the catalogue and Temporal’s client': [
    ['apps/cli/src/x.ts', `import { probation } from '../../../workflows/processes/probation/workflow.ts';`],
  ],
  'apps/worker sees libs, activities, the catalogue and the bundle by its path': [
    ['apps/worker/src/x.ts', `import * as stories from '../../../workflows/index.ts';`],
    ['apps/worker/src/x.ts', `import { door } from '../../api/src/http/door.guard.ts';`],
  ],
  'the console’s shared parts know no feature': [['apps/web/src/shared/x.tsx', `import { Inbox } from '../features/desk/inbox.tsx';`]],
  'the console’s features know shared parts, never the app': [
    ['apps/web/src/features/desk/x.tsx', `import { routes } from '../../app/router.tsx';`],
  ],
  'the console speaks HTTP: it sees libs/domain and the catalogue': [
    ['apps/web/src/app/x.tsx', `import { answerTask } from '../../../../libs/desk/answer.ts';`],
    ['apps/web/src/app/x.tsx', `import { Client } from '@temporalio/client';`],
  ],
  'the seed sees libs and the catalogue': [['prisma/seed/x.ts', `import { run } from '../../apps/api/src/run.ts';`]],
};
for (const [level, name] of LAYERS.entries()) {
  const above = LAYERS[level + 1];
  breaches[`libs/${name} sees libs/domain and the libraries below it`] = [
    ...(above ? [[`libs/${name}/x.ts`, `import type { It } from '../${above}/x.ts';`] as [string, string]] : []),
    [`libs/${name}/x.ts`, `import { contract } from '../../workflows/processes/probation/contract.ts';`],
    [`libs/${name}/x.ts`, `import { Client } from '@temporalio/client';`],
  ];
}

describe('the walls between the rooms', () => {
  test('each has a breach planted below', () => {
    expect(Object.keys(breaches).sort()).toEqual(WALLS.map(({ name }) => name).sort());
  });

  const planted = Object.entries(breaches).flatMap(([wall, files]) => files.map(([file, text]) => ({ wall, file, text })));
  test.each(planted)('$wall: not $text in $file', ({ wall, file, text }) => {
    expect(breachesOf(file, `\n${text}\n`)).toEqual([expect.stringContaining(wall)]);
    expect(breachesOf(file, `\n${text}\n`)[0]).toContain(`${file}:2 `);
  });

  test('an import across is allowed where the table allows it', () => {
    expect(breachesOf('libs/desk/x.ts', `import { append } from '../ledger/append.ts';`)).toEqual([]);
    expect(breachesOf('activities/x.ts', `import type { Activities } from '../workflows/core/activities.ts';`)).toEqual([]);
    expect(breachesOf('workflows/processes/probation/workflow.ts', `import { probationEnds } from './policy.ts';`)).toEqual([]);
  });

  test('a file outside every room is told', () => {
    expect(breachesOf('libs/helpers/x.ts', '')).toEqual([expect.stringContaining('stands in no room')]);
  });

  test('hold in the code as it is', () => {
    const files = sourceFiles();
    expect(files.length).toBeGreaterThan(100);
    const root = path.resolve(import.meta.dirname, '../..');
    expect(files.flatMap((file) => breachesOf(file, readFileSync(path.join(root, file), 'utf8')))).toEqual([]);
  });
});
