import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll } from 'vitest';

/** Of a worker, which evaluates this file anew for each of its suites. */
const worker = globalThis as { usedStorages?: Set<AsyncLocalStorage<unknown>> };
const used = (worker.usedStorages ??= noteUsed());

function noteUsed(): Set<AsyncLocalStorage<unknown>> {
  const noted = new Set<AsyncLocalStorage<unknown>>();
  for (const method of ['run', 'enterWith'] as const) {
    const original = Reflect.get(AsyncLocalStorage.prototype, method) as (...args: unknown[]) => unknown;
    AsyncLocalStorage.prototype[method] = function (this: AsyncLocalStorage<unknown>, ...args: unknown[]): never {
      noted.add(this);
      return original.apply(this, args) as never;
    };
  }
  return noted;
}

/** Until Node 24 a storage that was once used costs every promise of the process its share, as much again as the promise: a suite pays for its own alone. */
afterAll(() => {
  for (const storage of used) storage.disable();
  used.clear();
});
