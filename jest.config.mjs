// One project a ring. Only the rings that a run touches get their servers: jest runs a project's global setup when it runs one of its tests.
import { availableParallelism } from 'node:os';

// A zone with a half hour, far from Shanghai: a date that leans on the host's zone fails here.
process.env.TZ = 'America/St_Johns';

const swc = (tsx) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'es6' },
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true, tsx },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false, react: { runtime: 'automatic' } },
      keepClassNames: true,
    },
  },
];

const ring = (displayName, testMatch, { setup = 'global-setup', temporal = false, timeout = 20_000, ignore = [] } = {}) => ({
  displayName,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/', ...ignore],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  testEnvironment: '<rootDir>/test/support/environment.mjs',
  globals: { RING_TIMEOUT: timeout },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.ts$': swc(false), '^.+\\.tsx$': swc(true) },
  setupFilesAfterEnv: ['<rootDir>/test/support/setup.ts', ...(temporal ? ['<rootDir>/test/support/setup-temporal.ts'] : [])],
  ...(setup && { globalSetup: `<rootDir>/test/support/${setup}.mjs`, globalTeardown: '<rootDir>/test/support/global-teardown.mjs' }),
});

export default {
  maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
  workerIdleMemoryLimit: '900MB', // modules of finished files stay in a worker's memory
  forceExit: Boolean(process.env.CI), // a handle left open must not keep CI waiting
  reporters: ['default', '<rootDir>/test/support/count-reporter.mjs'],
  projects: [
    ring('rules', ['{libs,workflows,activities,apps,prisma,bench}/**/*.spec.{ts,tsx}'], {
      setup: null,
      ignore: ['\\.(db|story)\\.spec\\.ts$'],
    }),
    ring('desk', ['{libs,activities,apps,prisma}/**/*.db.spec.ts']),
    ring('stories', ['{workflows,activities}/**/*.story.spec.ts'], { setup: 'global-setup-stories', temporal: true, timeout: 60_000 }),
    ring('service', ['apps/{api,worker,cli}/test/**/*.test.ts'], { setup: 'global-setup-built', temporal: true, timeout: 60_000 }),
    ring('browser', ['apps/web/test/**/*.test.ts'], { setup: 'global-setup-built', timeout: 90_000 }),
    ring('house', ['test/house/**/*.test.ts'], { setup: 'global-setup-built', timeout: 120_000 }),
  ],
};
