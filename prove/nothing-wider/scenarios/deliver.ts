import { PutRecordCommand } from '@aws-sdk/client-firehose';
import { putOnce } from '../../../cli/platform/intake.ts';
import { each, type Scenario } from './scenario.ts';
import type { World } from './world.ts';

/** Longer than any buffer of the platform waits, and than a batch is tried again. */
const SETTLE_MS = 45 * 60_000;

/** @throws Error with what the services said, where they refused one another */
async function settle({ clock, errors }: World, expected: RegExp | undefined): Promise<void> {
  const before = errors.length;
  await clock.advance(SETTLE_MS);
  const said = errors.slice(before).filter((message) => expected?.test(message) !== true);
  if (said.length > 0) throw new Error([...new Set(said)].join('\n'));
}

/** What Firehose and the functions do with records, and with those that they cannot use. */
export const deliver: readonly Scenario[] = [
  {
    name: 'batches are transformed and delivered, and rejects put in quarantine',
    run: (world) => settle(world, undefined),
  },
  {
    name: 'a delivery parks what no function could transform',
    run: async (world) => {
      await each(world.datasets, async ({ producerRoleArn, intake, events }) => {
        const record = { Data: Buffer.from(events[0] ?? '{}'), PartitionKey: 'parked' };
        const refused = await putOnce(await world.as(producerRoleArn), intake, [record]);
        if (refused.length > 0) throw new Error(`${intake.name} refused a record`);
      });
      await world.faults.whileTransformsFail(() => settle(world, /lambda/i));
    },
  },
  {
    name: 'a quarantine delivery parks what cannot be filed',
    run: async (world) => {
      const intakes = new Set(world.datasets.map(({ intake }) => intake.name));
      const filing = world.resources.filter(
        ({ type, ref, properties }) =>
          type === 'AWS::KinesisFirehose::DeliveryStream' && properties.DeliveryStreamType === 'DirectPut' && !intakes.has(ref),
      );
      for (const { ref } of filing)
        await world.operator.firehose.send(
          new PutRecordCommand({ DeliveryStreamName: ref, Record: { Data: Buffer.from('not an envelope') } }),
        );
      await settle(world, undefined);
    },
  },
];
