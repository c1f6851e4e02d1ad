import { DIRECT_PUT_FROM_SECONDS } from '../../ingestion/ingestion-form.ts';
import { cleanBufferSeconds } from '../platform.ts';
import { changed, withTemplates } from './changed.ts';
import { tagOf } from './resource-set.ts';
import type { Scene } from './scene.ts';
import type { Platform } from './situation.ts';
import type { Stream } from './streams.ts';
import { TAGS } from './traffic.ts';

const DELIVERY = 'AWS::KinesisFirehose::DeliveryStream';

/**
 * The platform as though it promised events in an hour: a stream that one delivery alone reads, and that needs no second shard, is gone, and
 * its events are put into the delivery. What watched the stream stays, though less would do.
 */
export function putDirectly(platform: Platform, scene: Scene): Platform {
  const spared = scene.streams.flatMap((stream) => {
    const delivery = onlyReaderOf(stream, scene);
    return delivery === undefined ? [] : [{ stream: stream.resource, delivery: delivery.resource }];
  });
  return withTemplates(platform, (template, name) => {
    const here = spared.filter(({ stream, delivery }) => stream.stack === name || delivery.stack === name);
    const gone = new Set(here.filter(({ stream }) => stream.stack === name).map(({ stream }) => stream.id));
    const sources = new Map(here.filter(({ delivery }) => delivery.stack === name).map((one) => [one.delivery.id, one.stream]));
    return {
      ...template,
      resources: new Map(
        [...template.resources]
          .filter(([id]) => !gone.has(id))
          .map(([id, one]) => {
            const source = one.type === DELIVERY ? sources.get(id) : undefined;
            return [id, source === undefined ? one : fedDirectly(one, source.properties.Tags)];
          }),
      ),
    };
  });
}

/** A delivery that is as good as the stream for its dataset. */
function onlyReaderOf(stream: Stream, { deliveries }: Scene): Scene['deliveries'][number] | undefined {
  const isDataset = [TAGS.domain, TAGS.dataset].every((tag) => tagOf(stream.resource, tag) !== undefined);
  if (!isDataset || stream.shardsNeeded > 1 || stream.consumers > 0 || stream.readers > 1) return undefined;
  return deliveries.find(({ source, converts }) => source === stream && converts);
}

/** @param tags Say whose the events are */
function fedDirectly(delivery: Parameters<typeof changed>[0], tags: unknown): ReturnType<typeof changed> {
  const { ExtendedS3DestinationConfiguration: s3 } = delivery.properties;
  const buffered = { IntervalInSeconds: cleanBufferSeconds(DIRECT_PUT_FROM_SECONDS), SizeInMBs: 128 };
  return changed(delivery, {
    DeliveryStreamType: 'DirectPut',
    KinesisStreamSourceConfiguration: undefined,
    Tags: tags,
    ...(typeof s3 === 'object' ? { ExtendedS3DestinationConfiguration: { ...s3, BufferingHints: buffered } } : {}),
  });
}
