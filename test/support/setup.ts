// jest takes a timeout for all projects alike only; each ring has its own
const { jest } = import.meta as unknown as { jest: { setTimeout: (ms: number) => void } };
jest.setTimeout((globalThis as unknown as { RING_TIMEOUT: number }).RING_TIMEOUT);
process.env.LOG_LEVEL ??= 'silent';
