import { TestEnvironment } from 'jest-environment-node';

// Once a worker: when jest is killed, its workers would run their file to the end, servers and all.
process.once('disconnect', () => process.exit(1));

export default TestEnvironment;
