import { outputKey } from '../../naming.ts';
import type { Resource, StackTemplate, Templates } from '../../aws/template.ts';
import { at, listOf, textOf } from '../value.ts';

/** What lies in a closed place: events as they came, with personal data in clear, or what undoes the protection of such data. */
export type Holding = 'originals' | 'rejects' | 'failed deliveries' | 'records of a stream' | 'a secret';

/** A resource that few may read, and what opens it. */
export interface ClosedPlace {
  readonly service: 's3' | 'kms' | 'kinesis' | 'secretsmanager';
  /** What it holds; of a key, all that is under it. */
  readonly holds: readonly Holding[];
  /** The part of a bucket that is closed, where the rest is not. */
  readonly prefix?: string;
}

/** What templates close, and what texts in them refer to it. */
export interface ClosedPlaces {
  readonly isEmpty: boolean;
  /** The place that a resource is, by its stack and logical id. */
  readonly of: (stack: string, id: string) => ClosedPlace | undefined;
  /** The places that a text of a stack refers to, by logical id or by what another stack exports. */
  readonly in: (stack: string, text: string) => readonly ClosedPlace[];
}

/** Where Firehose puts what it could not deliver, as it came. */
const FAILED = '_errors/';

const BUCKETS: readonly (readonly [output: string, holds: Holding, prefix?: string])[] = [
  [outputKey.bucket('raw'), 'originals'],
  [outputKey.bucket('quarantine'), 'rejects'],
  [outputKey.bucket('clean'), 'failed deliveries', FAILED],
];

const keyOf = (stack: string, id: string): string => `${stack}/${id}`;
const REFERENCE = /\$\{(import )?([^${}]+)\}/g;

export function closedPlacesOf(templates: Templates): ClosedPlaces {
  const exported = exportsOf(templates);
  const referred = (stack: string, text: string): readonly string[] =>
    [...text.matchAll(REFERENCE)].flatMap(([, isImport, name = '']) =>
      isImport === undefined ? [keyOf(stack, name.split('.')[0] ?? name)] : (exported.get(name) ?? []),
    );
  const places = new Map<string, ClosedPlace>();
  for (const [stack, template] of templates) {
    for (const [place, id, key] of placesIn(template)) {
      places.set(keyOf(stack, id), place);
      if (place.prefix !== undefined) continue; // its key opens what is not closed too
      for (const name of referred(stack, textOf(key))) {
        const others = places.get(name)?.holds ?? [];
        places.set(name, { service: 'kms', holds: [...new Set([...others, ...place.holds])].sort() });
      }
    }
  }
  return {
    isEmpty: places.size === 0,
    of: (stack, id) => places.get(keyOf(stack, id)),
    in: (stack, text) => referred(stack, text).flatMap((name) => places.get(name) ?? []),
  };
}

/** A place, its logical id, and the key that it is under. */
type Placed = readonly [place: ClosedPlace, id: string, key: unknown];

/** The closed places of a stack. */
function placesIn({ resources, outputs }: StackTemplate): readonly Placed[] {
  const buckets = BUCKETS.flatMap(([output, holding, prefix]): readonly Placed[] => {
    const id = textOf(at(outputs[output], 'Value')).replace(/^\$\{(\w+)\}$/, '$1');
    const bucket = resources.get(id);
    const place: ClosedPlace = { service: 's3', holds: [holding], ...(prefix === undefined ? {} : { prefix }) };
    return bucket?.type === 'AWS::S3::Bucket' ? [[place, id, bucketKey(bucket)]] : [];
  });
  return [
    ...buckets,
    ...[...resources].flatMap(([id, { type, properties }]): readonly Placed[] => {
      if (type === 'AWS::Kinesis::Stream')
        return [[{ service: 'kinesis', holds: ['records of a stream'] }, id, at(properties, 'StreamEncryption', 'KeyId')]];
      return type === 'AWS::SecretsManager::Secret'
        ? [[{ service: 'secretsmanager', holds: ['a secret'] }, id, properties.KmsKeyId]]
        : [];
    }),
  ];
}

const bucketKey = ({ properties }: Resource): unknown => {
  const [rule] = listOf(at(properties, 'BucketEncryption', 'ServerSideEncryptionConfiguration'));
  return at(rule, 'ServerSideEncryptionByDefault', 'KMSMasterKeyID');
};

/** The resources that stacks export, by the names under which others import them. */
function exportsOf(templates: Templates): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...templates].flatMap(([stack, { outputs }]) =>
      Object.values(outputs).flatMap((output) => {
        const name = at(output, 'Export', 'Name');
        const [reference] = textOf(at(output, 'Value')).matchAll(REFERENCE);
        const id = reference?.[2]?.split('.')[0];
        return name === undefined || id === undefined ? [] : [[textOf(name), [keyOf(stack, id)]] as const];
      }),
    ),
  );
}
