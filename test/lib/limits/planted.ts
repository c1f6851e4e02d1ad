import type { JudgedResource, JudgedStack } from '../../../lib/limits/judged-stack.ts';

/** A stack of these resources. */
export const stackOf = (resources: Readonly<Record<string, JudgedResource>>, rest: Partial<JudgedStack> = {}): JudgedStack => ({
  name: 'Headwaters-dev-Domain-energy',
  account: '111122223333',
  region: 'eu-west-1',
  bytes: 1,
  assetBytes: () => 0,
  ...rest,
  template: { Resources: resources, ...rest.template },
});

/** So many of something, by names that do not matter. */
export const many = <T>(number: number, item: T): Record<string, T> =>
  Object.fromEntries(Array.from({ length: number }, (_, index) => [`X${index}`, item]));
