import { CfnParameter, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Domain, importDomain, type DomainProps } from '../../../constructs/domain/index.ts';
import { InvalidProps } from '../../../constructs/invalid-props.ts';
import { LakeStorage, type LakeStorageProps } from '../../../constructs/storage/index.ts';
import { plainDataset } from '../../support/contracts.ts';
import { someLake } from '../../support/lake.ts';
import {
  ACCOUNT,
  REGION,
  resourcesOf,
  resourcesOfType,
  statementsOf,
  synth,
  testApp,
  theResource,
  type Resource,
} from '../../support/synth.ts';

const names = ['readings', 'outages'];
const domain = (stack: Stack, overrides: Partial<DomainProps> = {}): Domain =>
  new Domain(stack, 'Energy', {
    environment: 'test',
    domain: 'energy',
    datasets: names.map((name) => plainDataset(name)),
    lake: someLake(stack),
    removalPolicy: RemovalPolicy.RETAIN,
    ...overrides,
  });
const template = synth((stack) => {
  domain(stack).export();
});
const all = (type: string, from = template): Resource[] => Object.values(resourcesOfType(from, type));

test('has one database, secret, quarantine and steward, and an ingestion for each dataset', () => {
  const count = (type: string) => all(type).length;
  expect(count('AWS::Glue::Database')).toBe(1);
  expect(count('AWS::SecretsManager::Secret')).toBe(1);
  expect(count('AWS::KinesisFirehose::DeliveryStream')).toBe(1 + names.length);
  expect(count('AWS::Kinesis::Stream')).toBe(names.length);
  expect(all('AWS::IAM::Role').map(({ Properties }) => Properties.Path)).toEqual(
    expect.arrayContaining(['/headwaters/test/steward/', '/headwaters/test/quarantine-delivery/']),
  );
});

test('lets those become producers and stewards whom it is told', () => {
  const told = synth((stack) => {
    domain(stack, {
      producerAssumedBy: new iam.AccountPrincipal('444455556666'),
      stewardAssumedBy: new iam.ArnPrincipal('arn:aws:iam::111122223333:role/stewards'),
    });
  });
  const trusted = (actor: string) =>
    all('AWS::IAM::Role', told)
      .filter(({ Properties }) => Properties.Path === `/headwaters/test/${actor}/`)
      .flatMap(({ Properties }) => statementsOf(Properties.AssumeRolePolicyDocument).map(({ Principal }) => Principal));
  const producers = { AWS: 'arn:${AWS::Partition}:iam::444455556666:root' };
  expect(trusted('producer')).toEqual([producers, producers]);
  expect(trusted('steward')).toEqual([{ AWS: 'arn:aws:iam::111122223333:role/stewards' }]);
});

test('lets one dataset have producers of its own', () => {
  const told = synth((stack) => {
    domain(stack, {
      producerAssumedBy: new iam.AccountPrincipal('444455556666'),
      producersAssumedBy: { outages: new iam.ArnPrincipal('arn:aws:iam::111122223333:role/outages') },
    });
  });
  const producers = all('AWS::IAM::Role', told).filter(({ Properties }) => Properties.Path === '/headwaters/test/producer/');
  expect(
    producers.flatMap(({ Properties }) => statementsOf(Properties.AssumeRolePolicyDocument).map(({ Principal }) => Principal)),
  ).toEqual([{ AWS: 'arn:${AWS::Partition}:iam::444455556666:root' }, { AWS: 'arn:aws:iam::111122223333:role/outages' }]);
});

describe('of datasets that promise events in an hour or later', () => {
  const slow = (name: string) => ({ ...plainDataset(name), freshnessSeconds: 3_600 });
  const mixed = synth((stack) => {
    const made = domain(stack, {
      datasets: [plainDataset('readings'), slow('outages'), slow('tariffs')],
      producersAssumedBy: {
        readings: new iam.AccountPrincipal('777788889999'),
        tariffs: new iam.AccountPrincipal('444455556666'),
      },
      alarmTopic: new Topic(stack, 'Topic'),
    });
    expect([...made.ingestions.keys()]).toEqual(['readings']);
    expect([...made.directPuts.keys()]).toEqual(['outages', 'tariffs']);
    expect([...made.replays.keys()]).toEqual(['readings', 'outages', 'tariffs']);
  });

  test('none has a stream, and all share a function', () => {
    expect(all('AWS::Kinesis::Stream', mixed)).toHaveLength(1);
    expect(all('AWS::KinesisFirehose::DeliveryStream', mixed)).toHaveLength(1 + 3);
    expect(all('AWS::Lambda::Function', mixed)).toHaveLength(1 + 1 + 1); // of readings, of the two, of the replay
  });

  test('tables and views keep the ids that they have beside a stream: a dataset may go from one form to the other', () => {
    const tables = (from: typeof mixed) => Object.keys(resourcesOfType(from, 'AWS::Glue::Table'));
    expect(tables(mixed)).toEqual(expect.arrayContaining(tables(template)));
  });

  test('the replay puts into the deliveries what it would put into streams', () => {
    const { Properties } = theResource(mixed, 'AWS::IAM::ManagedPolicy', 'ReplayFunctionActor');
    const statements = statementsOf(Properties.PolicyDocument);
    const delivery = (name: string) => `\${EnergyDatasets${name}Delivery.Arn}`;
    expect(statements.filter(({ Sid }) => Sid?.startsWith('PutAgain') === true)).toEqual([
      { Sid: 'PutAgain', Effect: 'Allow', Action: 'kinesis:PutRecords', Resource: '${EnergyDatasetsReadingsStream.Arn}' },
      {
        Sid: 'PutAgainDirectly',
        Effect: 'Allow',
        Action: 'firehose:PutRecordBatch',
        Resource: ['Outages', 'Tariffs'].map(delivery),
      },
    ]);
  });

  test('a producer of one dataset is tagged with it, and one of several with none', () => {
    const producers = all('AWS::IAM::Role', mixed).filter(({ Properties }) => Properties.Path === '/headwaters/test/producer/');
    const datasetOf = ({ Properties }: Resource) =>
      (Properties.Tags as { Key: string; Value: string }[]).find(({ Key }) => Key === 'headwaters:dataset')?.Value;
    expect(producers.map(datasetOf)).toEqual(['readings', 'tariffs', undefined]);
  });

  test('a dataset whose producers are others has a role of its own', () => {
    const producers = all('AWS::IAM::Role', mixed).filter(({ Properties }) => Properties.Path === '/headwaters/test/producer/');
    expect(producers.map(({ Properties }) => Properties.Description)).toEqual([
      'Puts events of energy.readings',
      'Puts events of energy.tariffs',
      'Puts events of energy, put directly',
    ]);
  });
});

test('gives its ingestions by the names of their datasets', () => {
  synth((stack) => {
    const { ingestions } = domain(stack);
    expect([...ingestions.keys()]).toEqual(names);
    expect(ingestions.get('outages')?.node.path).toBe('Test/Energy/Datasets/Outages');
  });
});

test('makes each table after the database', () => {
  const { id } = theResource(template, 'AWS::Glue::Database');
  const tables = all('AWS::Glue::Table').filter(({ Properties }) =>
    (Properties.TableInput as { Name: string }).Name.endsWith('_clean'),
  );
  expect(tables).toHaveLength(names.length);
  for (const { DependsOn } of tables) expect(DependsOn).toContain(id);
});

test('tags what it shares with the domain, and what is of a dataset with the dataset too', () => {
  const tagged = ({ Properties }: Resource): Record<string, string> =>
    Object.fromEntries((Properties.Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));
  expect(all('AWS::SecretsManager::Secret').map(tagged)).toEqual([{ 'headwaters:domain': 'energy' }]);
  expect(all('AWS::Kinesis::Stream').map(tagged)).toEqual(
    names.map((name) => ({
      'headwaters:domain': 'energy',
      'headwaters:dataset': name,
      'headwaters:owner': 'energy@example.com',
      'headwaters:data-class': 'internal',
    })),
  );
});

test('has the documented defaults', () => {
  for (const { Properties } of all('AWS::Kinesis::Stream'))
    expect(Properties).toMatchObject({
      ShardCount: 1,
      RetentionPeriodHours: 24,
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
    });
  expect(new Set(all('AWS::Logs::LogGroup').map(({ Properties }) => Properties.RetentionInDays))).toEqual(new Set([14]));
  const buffers = all('AWS::KinesisFirehose::DeliveryStream').flatMap(({ Properties }) => {
    const { S3BackupConfiguration: backup } = Properties.ExtendedS3DestinationConfiguration as {
      S3BackupConfiguration?: { BufferingHints: { IntervalInSeconds: number } };
    };
    return backup === undefined ? [] : [backup.BufferingHints.IntervalInSeconds];
  });
  expect(buffers).toEqual(names.map(() => 900));
});

test('passes on what it is given', () => {
  const given = synth((stack) =>
    domain(stack, { shards: 3, streamRetention: Duration.days(7), logRetention: RetentionDays.ONE_YEAR }),
  );
  for (const { Properties } of all('AWS::Kinesis::Stream', given))
    expect(Properties).toMatchObject({ ShardCount: 3, RetentionPeriodHours: 168 });
  expect(new Set(all('AWS::Logs::LogGroup', given).map(({ Properties }) => Properties.RetentionInDays))).toEqual(new Set([365]));
});

test.each([
  [
    'DatasetOfAnotherDomain',
    [plainDataset(), plainDataset('levels', 'water')],
    "'datasets' must be of the domain 'energy', got 'water.levels'; give it to a Domain of its own",
  ],
  [
    'DatasetTwice',
    [plainDataset(), plainDataset()],
    "'datasets' must hold each dataset once, got 'readings' twice; leave one out",
  ],
  ['NoDatasets', [], "'datasets' must hold a dataset of 'energy', got none; add one, or say by 'owner' who answers"],
])('fails with %s', (code, datasets, message) => {
  expect(() => synth((stack) => domain(stack, { datasets }))).toThrow(InvalidProps);
  expect(() => synth((stack) => domain(stack, { datasets }))).toThrow(`Test/Energy: ${code}: ${message}`);
});

test.each([
  [names, 'outage', "got 'outage'; did you mean 'outages'?"],
  [[], 'outages', "got 'outages'; leave it out"],
])('fails for producers of a dataset that %j has not: %s', (datasets, stranger, message) => {
  const given = {
    datasets: datasets.map((name) => plainDataset(name)),
    owner: 'energy@example.com',
    producersAssumedBy: { [stranger]: new iam.AccountRootPrincipal() },
  };
  expect(() => synth((stack) => domain(stack, given))).toThrow(
    `Test/Energy/Datasets: UnknownDataset: 'producersAssumedBy' must name datasets of 'datasets', ${message}`,
  );
});

test('a domain whose datasets stand in other stacks has an owner, whom its alarms name', () => {
  const descriptions = (rest: Partial<DomainProps>) =>
    all(
      'AWS::CloudWatch::Alarm',
      synth((stack) => domain(stack, { alarmTopic: new Topic(stack, 'Topic'), ...rest })),
    ).map(({ Properties }) => JSON.stringify(Properties.AlarmDescription));
  const shared = descriptions({ datasets: [], owner: 'grid@example.com' });
  expect(shared).toHaveLength(2);
  for (const description of shared) expect(description).toContain('Owner: grid@example.com\\n');
  expect(descriptions({}).at(-1)).toContain('Owner: energy@example.com\\n');
});

describe('the alarm for what deliveries file', () => {
  const watched = (stack: Stack, props: Partial<LakeStorageProps> = {}): void => {
    const lake = new LakeStorage(stack, 'Lake', { environment: 'test', removalPolicy: RemovalPolicy.RETAIN, ...props });
    domain(stack, { lake, alarmTopic: new Topic(stack, 'Topic') });
  };
  const alarms = (of: Template) =>
    Object.keys(resourcesOfType(of, 'AWS::CloudWatch::Alarm')).filter((id) => id.includes('Filed'));

  test('counts objects that the lake tells of', () => {
    const of = synth((stack) => {
      watched(stack);
      Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
    });
    expect(alarms(of)).toHaveLength(1);
    expect(theResource(of, 'AWS::S3::Bucket', 'LakeClean').Properties).toHaveProperty('NotificationConfiguration');
  });

  test('is left out, with a warning, where the lake tells nobody', () => {
    const of = synth((stack) => {
      watched(stack, { eventBridge: false });
      Annotations.fromStack(stack).hasWarning(
        '/Test/Energy/DomainAlarms',
        Match.stringLikeRegexp("no alarm comes when a delivery of 'energy' files .* set its 'eventBridge' to true"),
      );
    });
    expect(alarms(of)).toEqual([]);
    of.resourceCountIs('AWS::Events::Rule', 0);
  });
});

test('gives a stream the shards that its volume needs, where those are more', () => {
  const busy = { ...plainDataset('readings'), expectedEventsPerDay: 2_000_000_000, expectedEventBytes: 1000 };
  const counts = (shards?: number) =>
    all(
      'AWS::Kinesis::Stream',
      synth((stack) => domain(stack, { datasets: [busy, plainDataset('outages')], ...(shards === undefined ? {} : { shards }) })),
    ).map(({ Properties }) => Properties.ShardCount);
  const [needed = 0, other] = counts() as number[];
  expect(needed).toBeGreaterThan(20);
  expect(other).toBe(1);
  expect(counts(2)).toEqual([needed, 2]);
  expect(counts(0)).toEqual([undefined, undefined]); // on demand
});

test('takes a token for the shards as it is', () => {
  const given = synth((stack) => {
    domain(stack, { shards: new CfnParameter(stack, 'Shards', { type: 'Number' }).valueAsNumber });
  });
  expect(all('AWS::Kinesis::Stream', given).map(({ Properties }) => Properties.ShardCount)).toEqual(
    names.map(() => ({ Ref: 'Shards' })),
  );
});

test.each([-3, 2.5, NaN])('fails for %d shards', (shards) => {
  expect(() => synth((stack) => domain(stack, { shards }))).toThrow(
    `Test/Energy/Datasets: BadShards: 'shards' must be a whole number, 1 or more, or 0 for a stream on demand, got ${shards}; mend it, or leave it out`,
  );
});

test('exports three values, by names that hold environment and domain', () => {
  const outputs = template.toJSON().Outputs as Record<string, { Export?: { Name: string } }>;
  expect(Object.fromEntries(Object.entries(outputs).map(([id, { Export }]) => [id, Export?.Name]))).toEqual({
    QuarantineStreamName: 'headwaters-test-energy-QuarantineStreamName',
    QuarantineStreamArn: 'headwaters-test-energy-QuarantineStreamArn',
    ProtectionSecretArn: 'headwaters-test-energy-ProtectionSecretArn',
  });
});

test('an export takes no underscore', () => {
  const underscored = synth((stack) => {
    domain(stack, { domain: 'energy_grid', datasets: [plainDataset('readings', 'energy_grid')] }).export();
  });
  expect(JSON.stringify(underscored.toJSON().Outputs)).toContain('headwaters-test-energy-grid-QuarantineStreamArn');
});

test('what another stack imports is what a domain exports', () => {
  const app = testApp();
  const stack = new Stack(app, 'Part', { env: { account: ACCOUNT, region: REGION } });
  const { quarantine, protectionSecret } = importDomain(stack, 'test', 'energy');
  expect(
    stack.resolve([
      quarantine.deliveryStreamRef.deliveryStreamName,
      quarantine.deliveryStreamRef.deliveryStreamArn,
      protectionSecret.secretArn,
    ]),
  ).toEqual(
    ['QuarantineStreamName', 'QuarantineStreamArn', 'ProtectionSecretArn'].map((name) => ({
      'Fn::ImportValue': `headwaters-test-energy-${name}`,
    })),
  );
  expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
});

test("called 'Default', it leaves no trace in logical ids", () => {
  const ids = (id: string) =>
    Object.keys(
      resourcesOf(
        synth((stack) => {
          const lake = someLake(stack);
          new Domain(stack, id, {
            environment: 'test',
            domain: 'energy',
            datasets: [plainDataset()],
            lake,
            removalPolicy: RemovalPolicy.RETAIN,
          });
        }),
      ),
    );
  expect(ids('Default')).toContain('Database');
  expect(ids('Energy')).not.toContain('Database');
});
