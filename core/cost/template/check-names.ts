import type { DatasetContract } from '../../contract/model.ts';
import { didYouMean } from '../../suggest.ts';
import type { Templates } from '../../aws/template.ts';
import { PriceError } from './price-error.ts';
import { ResourceSet } from './resource-set.ts';
import { nameOf } from './traffic.ts';
import type { Workload } from './workload.ts';

/**
 * Holds that a workload speaks of what there is, in one environment at least.
 *
 * @throws {@link PriceError} `UnknownName`
 */
export function checkNames(environments: readonly Templates[], contracts: readonly DatasetContract[], workload: Workload): void {
  const all = environments.map((templates) => new ResourceSet(templates));
  const of = (...types: readonly string[]) => all.flatMap((resources) => resources.ofType(...types));
  const ids = (type: string) => of(type).map(({ id }) => id);
  const datasets = [
    ...contracts.map(({ domain, name }) => `${domain}.${name}`),
    ...of('AWS::Kinesis::Stream', 'AWS::KinesisFirehose::DeliveryStream').map(nameOf),
  ];
  const faults = [
    ...unknown('datasets', workload.datasets, datasets),
    ...unknown('functions', workload.functions, ids('AWS::Lambda::Function')),
    ...unknown('workflows', workload.workflows, ids('AWS::StepFunctions::StateMachine')),
    ...unknown('buckets', workload.buckets, ids('AWS::S3::Bucket')),
  ];
  if (faults.length > 0) throw new PriceError('UnknownName', faults);
}

function unknown(group: string, said: Readonly<Record<string, unknown>>, found: readonly string[]): string[] {
  const known = [...new Set(found)];
  return Object.keys(said)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const remedy = didYouMean(name, known) || `; name one of ${known.join(', ') || 'none: there are none'}`;
      return `'${group}.${name}' must name what the templates have${remedy}`;
    });
}
