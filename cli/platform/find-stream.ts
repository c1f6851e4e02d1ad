import { ARRIVAL_PARTITIONS } from '../../core/storage/layout.ts';
import { didYouMean, nameOneOf } from '../../core/suggest.ts';
import { CommandError } from '../command-error.ts';
import { namedDataset } from './find-dataset.ts';
import type { Deployment } from './deployment.ts';
import { keyOf } from './names.ts';
import { environmentOfRole } from './role-names.ts';

/** A stream that events can be put in. */
export interface FoundStream {
  readonly name: string;
  readonly arn: string;
  /** What its delivery writes; absent where none of Headwaters' reads it. */
  readonly dataset?: FoundDataset;
}

/** A dataset as its delivery tells it: nothing else must know where it stands. */
export interface FoundDataset {
  readonly domain: string;
  readonly name: string;
  /** Of `headwaters/<environment>/` in the path of the delivery's role. */
  readonly environment: string | undefined;
  /** In every zone, with the trailing slash. */
  readonly prefix: string;
  /** The table of `clean`. */
  readonly table: { readonly database: string; readonly name: string; readonly arn: string };
}

/** `<class>/<domain>/<dataset>/` before the partitions of arrival, as a delivery's prefix stands in the inventory. */
const PREFIX = new RegExp(
  `^(?<prefix>[^/*]+/(?<domain>[^/*]+)/(?<name>[^/*]+)/)${ARRIVAL_PARTITIONS.replaceAll(/!\{[^}]*\}/g, '\\*')}$`,
);

/** Every dataset that runs, with its stream. */
function datasetsOf({ streams, deliveries }: Deployment): readonly (FoundStream & { readonly dataset: FoundDataset })[] {
  return deliveries.flatMap(({ streamArn, prefix: pattern, table, roleArn }) => {
    const stream = streams.find(({ arn }) => arn === streamArn);
    const { prefix, domain, name } = PREFIX.exec(pattern)?.groups ?? {};
    if (stream === undefined || table === undefined || prefix === undefined || domain === undefined || name === undefined)
      return [];
    return [{ ...stream, dataset: { domain, name, environment: environmentOfRole(roleArn), prefix, table } }];
  });
}

/** The stream of a dataset. @throws {@link CommandError} `UnknownDataset`, `DatasetUnclear` */
export function streamOfDataset(deployment: Deployment, name: string): FoundStream {
  const all = datasetsOf(deployment);
  const datasets = [...new Map(all.map(({ dataset }) => [keyOf(dataset), dataset])).values()];
  const streams = deployment.streams.map((stream) => stream.name);
  if (datasets.length === 0)
    throw new CommandError(
      'UnknownDataset',
      `'<dataset>' must name a dataset of the templates that run, got '${name}', but no delivery writes one; give a stream by '--stream-name'${streams.length === 0 ? '' : `: ${nameOneOf(streams)}`}`,
    );
  const found = namedDataset(datasets, name, "'<dataset>' must name one dataset of the templates that run");
  const alike = all.filter(({ dataset }) => keyOf(dataset) === keyOf(found));
  const here = alike.filter(({ dataset }) => dataset.environment === deployment.environment);
  const [stream, other] = here.length > 0 ? here : alike;
  if (stream === undefined || other !== undefined)
    throw new CommandError(
      'DatasetUnclear',
      `'${keyOf(found)}' must stand once in the templates that run, got the streams ${alike.map((one) => one.name).join(', ')}; give one of them by '--stream-name'`,
    );
  return stream;
}

/** The stream of a name, as Kinesis knows it. @throws {@link CommandError} `UnknownStream` */
export function streamNamed(deployment: Deployment, name: string): FoundStream {
  const stream = deployment.streams.find((one) => one.name === name);
  if (stream === undefined) {
    const known = deployment.streams.map((one) => one.name);
    const remedy = known.length === 0 ? '; they have none' : didYouMean(name, known) || `; ${nameOneOf(known)}`;
    throw new CommandError(
      'UnknownStream',
      `'--stream-name' must name a stream of the templates that run, got '${name}'${remedy}`,
    );
  }
  return datasetsOf(deployment).find(({ arn }) => arn === stream.arn) ?? stream;
}
