import { DefaultLogger, Runtime } from '@temporalio/worker';

// One runtime a test file. Without it the workflow bundler prints its statistics.
Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } } });
