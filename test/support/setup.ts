import { jest } from '@jest/globals';

// jest takes a timeout for all projects alike only; each ring has its own
jest.setTimeout((globalThis as unknown as { RING_TIMEOUT: number }).RING_TIMEOUT);
process.env.LOG_LEVEL ??= 'silent';
