import { TestEnvironment } from 'jest-environment-node';

// Once a worker: when jest is killed, its workers would run their file to the end, servers and all. (Listening for the closed channel
// would keep every worker alive.)
const jest = process.ppid;
setInterval(() => process.ppid !== jest && process.exit(1), 1_000).unref();

export default TestEnvironment;
