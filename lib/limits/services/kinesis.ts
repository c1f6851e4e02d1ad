import type { JudgedResource } from '../judged-stack.ts';
import type { ServiceLimits } from '../limit.ts';
import { at } from '../measures.ts';

const SEE = 'https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html';

/** What Kinesis Data Streams takes. */
export const kinesis: ServiceLimits = {
  resources: [],
  quotas: [
    {
      what: 'on-demand streams',
      regional: true,
      byDefault: 50,
      count: (resource) => (streamShards(resource) === 0 ? 1 : 0),
      see: SEE,
    },
    { what: 'shards', regional: true, byDefault: 1000, count: (resource) => streamShards(resource) ?? 0, see: SEE },
  ],
};

/** Shards of a stream, 0 for one on demand; undefined for what is no stream. */
function streamShards({ Type, Properties = {} }: JudgedResource): number | undefined {
  if (Type !== 'AWS::Kinesis::Stream') return undefined;
  const [mode] = at(Properties, 'StreamModeDetails', 'StreamMode');
  return mode === 'ON_DEMAND' ? 0 : Number(Properties.ShardCount ?? 1);
}
