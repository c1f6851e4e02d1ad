import { ARRIVAL_PARTITIONS } from '../../core/storage/layout.ts';
import { didYouMean, nameOneOf } from '../../core/suggest.ts';
import { CommandError } from '../command-error.ts';
import { namedDataset } from './find-dataset.ts';
import type { Deployment } from './deployment.ts';
import type { Intake } from './intake.ts';
import { keyOf } from './names.ts';
import { environmentOfRole } from './role-names.ts';

/** A stream that events can be put in, or a delivery that reads none. */
export interface FoundIntake extends Intake {
  readonly arn: string;
  /** What the delivery of it writes; absent where that is none of Headwaters'. */
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

/** Every dataset that runs, with what its events are put in. */
function datasetsOf(deployment: Deployment): readonly (FoundIntake & { readonly dataset: FoundDataset })[] {
  return deployment.deliveries.flatMap((delivery) => {
    const intake = intakeOf(deployment, delivery);
    const { prefix: pattern, table, roleArn } = delivery;
    const { prefix, domain, name } = PREFIX.exec(pattern)?.groups ?? {};
    if (intake === undefined || table === undefined || prefix === undefined || domain === undefined || name === undefined)
      return [];
    return [{ ...intake, dataset: { domain, name, environment: environmentOfRole(roleArn), prefix, table } }];
  });
}

/** The stream that a delivery reads, or the delivery itself. */
function intakeOf({ streams }: Deployment, { name, arn, streamArn }: Deployment['deliveries'][number]): FoundIntake | undefined {
  if (streamArn === undefined) return { kind: 'delivery', name, arn };
  const stream = streams.find((one) => one.arn === streamArn);
  return stream === undefined ? undefined : { kind: 'stream', ...stream };
}

/** What events of a dataset are put in. @throws {@link CommandError} `UnknownDataset`, `DatasetUnclear` */
export function intakeOfDataset(deployment: Deployment, name: string): FoundIntake {
  const all = datasetsOf(deployment);
  const datasets = [...new Map(all.map(({ dataset }) => [keyOf(dataset), dataset])).values()];
  const streams = deployment.streams.map((stream) => stream.name);
  if (datasets.length === 0)
    throw new CommandError(
      'UnknownDataset',
      `'<dataset>' must name a dataset of the templates that run, got '${name}', but no delivery writes one; give a stream by '${OPTION.stream}'${streams.length === 0 ? '' : `: ${nameOneOf(streams)}`}`,
    );
  const found = namedDataset(datasets, name, "'<dataset>' must name one dataset of the templates that run");
  const alike = all.filter(({ dataset }) => keyOf(dataset) === keyOf(found));
  const here = alike.filter(({ dataset }) => dataset.environment === deployment.environment);
  const [intake, other] = here.length > 0 ? here : alike;
  if (intake === undefined || other !== undefined) {
    const kinds = [...new Set(alike.map(({ kind }) => kind))];
    throw new CommandError(
      'DatasetUnclear',
      `'${keyOf(found)}' must stand once in the templates that run, got the ${kinds.map((kind) => PLURAL[kind]).join(' and ')} ${alike.map((one) => one.name).join(', ')}; give one of them by ${kinds.map((kind) => `'${OPTION[kind]}'`).join(' or ')}`,
    );
  }
  return intake;
}

/** How one is named on the command line in place of a dataset. */
const OPTION = { stream: '--stream-name', delivery: '--delivery-stream-name' } as const;
const PLURAL = { stream: 'streams', delivery: 'deliveries' } as const;

/** The stream or the delivery of a name, as AWS knows it. @throws {@link CommandError} `UnknownStream`, `UnknownDelivery` */
export function intakeNamed(deployment: Deployment, { kind, name }: Intake): FoundIntake {
  const all: readonly FoundIntake[] =
    kind === 'stream'
      ? deployment.streams.map((stream) => ({ kind, ...stream }))
      : deployment.deliveries.flatMap((delivery) =>
          delivery.streamArn === undefined ? [{ kind, name: delivery.name, arn: delivery.arn }] : [],
        );
  const intake = all.find((one) => one.name === name);
  if (intake === undefined) {
    const known = all.map((one) => one.name);
    const remedy = known.length === 0 ? '; they have none' : didYouMean(name, known) || `; ${nameOneOf(known)}`;
    throw new CommandError(
      kind === 'stream' ? 'UnknownStream' : 'UnknownDelivery',
      `'${OPTION[kind]}' must name a ${kind === 'stream' ? 'stream' : 'delivery that reads no stream'} of the templates that run, got '${name}'${remedy}`,
    );
  }
  return datasetsOf(deployment).find(({ arn }) => arn === intake.arn) ?? intake;
}
