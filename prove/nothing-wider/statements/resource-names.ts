import { SimulatedClock } from '../../../local/clock.ts';
import { physicalName, stableUuid, type NameRules } from '../../../local/assembly/physical-name.ts';
import { Creation, type Created, type Services } from '../../../local/assembly/resource-type.ts';
import { RESOURCE_TYPES } from '../../../local/assembly/resource-types.ts';
import { Members } from '../../../local/input.ts';
import { Secrets } from '../../../local/secrets/secrets.ts';

/** A resource of a template whose properties are resolved. */
export interface NamedResource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly account: string;
  readonly region: string;
}

type Naming = (resource: NamedResource) => Created;

const text = ({ properties }: NamedResource, property: string): string | undefined => {
  const value = properties[property];
  return typeof value === 'string' ? value : undefined;
};

/** A type that is named by a property, or made a name for, and whose ARN holds that name. */
const named =
  (property: string, rules: NameRules, arn?: (name: string, resource: NamedResource) => string): Naming =>
  (resource) => {
    const name = text(resource, property) ?? physicalName(resource.stack, resource.logicalId, rules);
    const attributes: Created['attributes'] = arn === undefined ? {} : { Arn: arn(name, resource) };
    return { ref: name, attributes };
  };

const regional =
  (service: string, kind: string, suffix = '') =>
  (name: string, { account, region }: NamedResource): string =>
    `arn:aws:${service}:${region}:${account}:${kind}${name}${suffix}`;

/** `arn:aws:lambda:…:function:name`, of a name or an ARN. */
const functionArn = (resource: NamedResource): string => {
  const name = text(resource, 'FunctionName') ?? '';
  return name.startsWith('arn:') ? name : regional('lambda', 'function:')(name, resource);
};

/** Names as the local runtime gives them: what a run asks for is what these policies speak of. */
const NAMES: Readonly<Record<string, Naming>> = {
  'AWS::IAM::Role': (resource) => {
    const { ref } = named('RoleName', { longest: 64 })(resource);
    return { ref, attributes: { Arn: `arn:aws:iam::${resource.account}:role${text(resource, 'Path') ?? '/'}${ref}` } };
  },
  'AWS::IAM::ManagedPolicy': (resource) => {
    const { ref } = named('ManagedPolicyName', { longest: 128 })(resource);
    return { ref: `arn:aws:iam::${resource.account}:policy${text(resource, 'Path') ?? '/'}${ref}`, attributes: {} };
  },
  'AWS::KMS::Key': (resource) => {
    const id = stableUuid(`${resource.stack}/${resource.logicalId}`);
    return { ref: id, attributes: { Arn: regional('kms', 'key/')(id, resource) } };
  },
  'AWS::S3::Bucket': (resource) =>
    named(
      'BucketName',
      { longest: 63, lowerCase: true, suffix: `-${resource.account}-${resource.region}` },
      (name) => `arn:aws:s3:::${name}`,
    )(resource),
  'AWS::SecretsManager::Secret': (resource) => {
    const { account: accountId, region } = resource;
    const secrets = new Secrets({
      clock: new SimulatedClock(0),
      access: { check: () => undefined },
      accountId,
      region,
    });
    const { ref } = named('Name', { longest: 505 })(resource);
    return { ref: secrets.createSecret({ name: ref }, () => ''), attributes: {} };
  },
  'AWS::CloudWatch::Alarm': named('AlarmName', { longest: 255 }, regional('cloudwatch', 'alarm:')),
  'AWS::SNS::Topic': (resource) => {
    const { ref: name } = named('TopicName', { longest: 256 })(resource);
    const arn = regional('sns', '')(name, resource);
    return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  },
  'AWS::StepFunctions::StateMachine': (resource) => {
    const { ref: name } = named('StateMachineName', { longest: 80 })(resource);
    const arn = regional('states', 'stateMachine:')(name, resource);
    return { ref: arn, attributes: { Arn: arn, Name: name } };
  },
  'AWS::Kinesis::Stream': named('Name', { longest: 128 }, regional('kinesis', 'stream/')),
  'AWS::KinesisFirehose::DeliveryStream': named('DeliveryStreamName', { longest: 64 }, regional('firehose', 'deliverystream/')),
  'AWS::Lambda::Function': named('FunctionName', { longest: 64 }, regional('lambda', 'function:')),
  'AWS::Lambda::Version': (resource) => ({
    ref: `${functionArn(resource)}:1`,
    attributes: { Version: '1', FunctionArn: `${functionArn(resource)}:1` },
  }),
  'AWS::Lambda::Alias': (resource) => {
    const arn = `${functionArn(resource)}:${text(resource, 'Name') ?? ''}`;
    return { ref: arn, attributes: { AliasArn: arn } };
  },
  'AWS::Logs::LogGroup': named('LogGroupName', { longest: 512 }, regional('logs', 'log-group:', ':*')),
};

/** What a resource is to others. Types that no policy names are called by their names, whatever these are for. */
export function nameResource(resource: NamedResource): Created {
  const naming = NAMES[resource.type];
  if (naming !== undefined) return naming(resource);
  const type = RESOURCE_TYPES[resource.type];
  if (type?.recordedOnly === undefined) return named('Name', { longest: 255 })(resource);
  const { account: accountId, region, stack, logicalId, properties } = resource;
  const shared = { keys: ANY_KEY, layers: new Map() };
  // a type that is only recorded touches no service
  const place = { stack, stackId: '', logicalId, type: resource.type, retention: { whenRemoved: false, whenReplaced: false } };
  const created = type.create(
    new Members(properties),
    new Creation(place, { accountId, region } as Services, shared, new Map(), nothingNested),
  );
  if (created instanceof Promise) throw new Error(`${resource.type} is only recorded, and took time`);
  return created;
}

const nothingNested = () => Promise.reject(new Error('a type that is only recorded nests nothing'));

/** Whether a key exists is for the runtime to judge. */
const ANY_KEY = new (class extends Map<string, string> {
  override get(id: string): string {
    return id;
  }
})();
