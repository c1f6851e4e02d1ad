/** A project's sample for `headwaters demo`: known events of every dataset that protects something, and none of any other. */
import path from 'node:path';
import { readContracts } from '../../../core/contract/read-file.ts';
import type { DemoOptions, DemoSource } from '../../../core/demo/demo-source.ts';
import { REPOSITORY } from '../../../test/support/project.ts';
import { EVENTS_FROM, EVENTS_UNTIL } from '../values/base-events.ts';
import { knownEventsOf } from '../values/known-events.ts';

const all = readContracts(path.join(REPOSITORY, 'contracts')).flatMap((contract) => contract.datasets);

export const datasets = all.map(({ domain, name }) => `${domain}.${name}`);

export const createDemoSource = ({ rows }: DemoOptions): DemoSource => ({
  startsAt: EVENTS_FROM,
  async *days() {
    const given = await knownEventsOf(all, rows);
    const batches = given.map(({ dataset: { domain, name }, accepted }) => ({
      domain,
      dataset: name,
      packed: true,
      events: accepted.map((bytes) => Buffer.from(bytes).toString()),
    }));
    yield { uploadAt: EVENTS_UNTIL, batches };
  },
});
