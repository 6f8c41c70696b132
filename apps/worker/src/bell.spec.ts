import { Bell } from './bell.ts';

const never = new AbortController().signal;
const LONG = 60_000;

test('a ring before the wait is not lost, and is heard once', async () => {
  const bell = new Bell();
  bell.ring();
  bell.ring();
  await bell.wait(LONG, never);
  const began = Date.now();
  await bell.wait(10, never);
  expect(Date.now() - began).toBeGreaterThanOrEqual(9);
});

test('a ring in the wait ends it', async () => {
  const bell = new Bell();
  const waiting = bell.wait(LONG, never);
  bell.ring();
  await waiting;
});

test('the end of the work ends the wait', async () => {
  const stop = new AbortController();
  const waiting = new Bell().wait(LONG, stop.signal);
  stop.abort();
  await waiting;
  await new Bell().wait(LONG, stop.signal);
});
