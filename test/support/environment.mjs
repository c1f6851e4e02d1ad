import { AsyncLocalStorage } from 'node:async_hooks';
import { TestEnvironment } from 'jest-environment-node';

const { run, enterWith, getStore } = AsyncLocalStorage.prototype;
const used = new Set();
/** What Jest keeps in its own storage: the test or the hook under way. One follows another, since no test here is concurrent. */
const underWay = new WeakMap();
const isOfJest = (store) => typeof store === 'object' && store !== null && ('test' in store || 'hook' in store);

AsyncLocalStorage.prototype.run = function (store, callback, ...args) {
  if (!isOfJest(store)) {
    used.add(this);
    return run.call(this, store, callback, ...args);
  }
  const before = underWay.get(this);
  underWay.set(this, store);
  return callback(...args).finally(() => underWay.set(this, before));
};
AsyncLocalStorage.prototype.getStore = function () {
  return underWay.has(this) ? underWay.get(this) : getStore.call(this);
};
AsyncLocalStorage.prototype.enterWith = function (store) {
  used.add(this);
  return enterWith.call(this, store);
};

/**
 * Node's own environment, in which no test pays for Jest's storage, nor for what the suites before it have left: until Node 24 a storage that
 * was once used costs every promise of the process its share, as much again as the promise.
 */
export default class extends TestEnvironment {
  async teardown() {
    await super.teardown();
    for (const storage of used) storage.disable();
    used.clear();
  }
}
