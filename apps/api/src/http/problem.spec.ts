import { isAway } from './problem.ts';

const error = (words: string, more: object = {}, cause?: unknown) => Object.assign(new Error(words, { cause }), more);
/** What Prisma throws when a statement's connection ends: its own code, the driver adapter's error within, the database's code within that. */
const prismas = (code: string, originalCode: string) =>
  error('Invalid invocation', {
    code,
    meta: { driverAdapterError: error('ended', { name: 'DriverAdapterError' }, { kind: 'postgres', originalCode, code: originalCode }) },
  });

test.each([
  ['the server is killed, by the driver', error('terminating connection due to unexpected postmaster exit', { code: '57P01' })],
  ['the server is killed, by Prisma', prismas('P2039', '57P01')],
  ['the server crashes', prismas('P2010', '57P02')],
  ['the server starts', error('the database system is starting up', { code: '57P03' })],
  ['nobody listens', error('connect', { code: 'ECONNREFUSED' })],
  ['what was written found nobody any more', error('write EPIPE', { code: 'EPIPE' })],
  ['nobody listens, by Prisma', error('x', { meta: { driverAdapterError: error('y', {}, { kind: 'DatabaseNotReachable' }) } })],
  ['the connection breaks', error('Connection terminated unexpectedly')],
  ['no connection is free', error('timeout exceeded when trying to connect')],
])('%s: the database is away', (_what, thrown) => {
  expect(isAway(thrown)).toBe(true);
});

test.each([
  ['a row that is there already', prismas('P2002', '23505')],
  ['a fault in the code', error('Cannot read properties of undefined')],
  ['nothing at all', undefined],
  ['words', 'Connection'],
])('%s is no absence of the database', (_what, thrown) => {
  expect(isAway(thrown)).toBe(false);
});
