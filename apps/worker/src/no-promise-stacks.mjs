// Loaded before anything else in the worker's process and so in its threads too (`node --import`). In the thread that tells stories the SDK would note a
// stack for every promise, so that the query `__stack_trace` can show where a story waits: half of the thread's time. A story answers `whereIsIt` instead.
import v8 from 'node:v8';
import { isMainThread } from 'node:worker_threads';

if (!isMainThread) {
  const { createHook } = v8.promiseHooks;
  // AsyncLocalStorage follows what runs and keeps its hook. Where the runtime has none for whoever only looks at promises, the SDK goes on without stacks.
  v8.promiseHooks.createHook = (hooks) => {
    if (!hooks.before) throw new Error('no stacks of promises in this thread');
    return createHook(hooks);
  };
}
