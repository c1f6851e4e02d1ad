import { Duration, RemovalPolicy, Size, Stack, type App } from 'aws-cdk-lib/core';
import { Bucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Domain } from '../../constructs/domain/index.ts';
import { QuarantineDelivery, StreamIngestion } from '../../constructs/ingestion/index.ts';
import { InvalidProps } from '../../constructs/invalid-props.ts';
import { RestoreArchive } from '../../constructs/orchestration/index.ts';
import { AuditTrail } from '../../constructs/security/index.ts';
import { Consumer } from '../../constructs/serving/index.ts';
import { LakeStorage, ReplicaStorage } from '../../constructs/storage/index.ts';
import { plainDataset } from '../support/contracts.ts';
import { someLake } from '../support/lake.ts';
import { ACCOUNT, REGION, testApp } from '../support/synth.ts';

const removalPolicy = RemovalPolicy.RETAIN;
const stackOf = (app: App, id: string, account = ACCOUNT): Stack => new Stack(app, id, { env: { account, region: REGION } });

const domain = (stack: Stack, name: string, datasets: readonly string[], environment = 'test'): Domain =>
  new Domain(stack, `Domain${name}`, {
    environment,
    domain: name,
    datasets: datasets.map((dataset) => plainDataset(dataset, name)),
    lake: someLake(stack),
    removalPolicy,
  });
const consumer = (stack: Stack, id: string, domains: readonly string[] = [], environment = 'test'): Consumer =>
  new Consumer(stack, id, { environment, group: 'clerks', domains, lake: someLake(stack), scanCutoff: Size.gibibytes(1) });
const ingestion = (stack: Stack, name: string): StreamIngestion => {
  const lake = someLake(stack);
  const quarantine = new QuarantineDelivery(stack, 'Quarantine', {
    environment: 'test',
    domain: 'energy',
    quarantine: lake.quarantine,
    removalPolicy,
  });
  return new StreamIngestion(stack, 'Ingestion', {
    environment: 'test',
    dataset: plainDataset(name),
    lake,
    databaseName: 'own',
    quarantine: quarantine.stream,
    protectionSecret: new Secret(stack, 'Secret'),
    removalPolicy,
  });
};

const NAMED =
  "DatasetNamedAsDomain: 'dataset' must not be the name of a domain, got 'energy.sales' beside the domain 'sales' of 'Other/";

test.each([
  ['whose Domain stands in another stack', (other: Stack) => void domain(other, 'sales', ['orders']), 'Domainsales'],
  ['that a group reads', (other: Stack) => void consumer(other, 'Clerks', ['sales']), 'Clerks'],
])('fails with DatasetNamedAsDomain where a dataset has the name of a domain %s', (_, other, place) => {
  for (const isFirst of [true, false]) {
    const app = testApp();
    if (isFirst) other(stackOf(app, 'Other'));
    ingestion(stackOf(app, 'Test'), 'sales');
    if (!isFirst) other(stackOf(app, 'Other'));
    expect(() => app.synth()).toThrow(`[Test/Ingestion] ${NAMED}${place}'`);
  }
});

test('takes a name that a domain of another environment or account has, and a dataset called as its own domain', () => {
  const app = testApp();
  domain(stackOf(app, 'Here'), 'hr', ['sales', 'hr']);
  domain(stackOf(app, 'Live'), 'sales', ['orders'], 'live');
  domain(stackOf(app, 'There', '444455556666'), 'sales', ['orders']);
  expect(() => app.synth()).not.toThrow();
});

test('fails with DatasetsAlike where names differ by an underscore, in one Domain and beside it', () => {
  const app = testApp();
  const stack = stackOf(app, 'Test');
  const fault = "must differ from 'run1' by more than '_', got 'run_1': both would have the same resources; rename one";
  expect(() => domain(stack, 'energy', ['run1', 'run_1'])).toThrow(InvalidProps);
  const other = testApp();
  domain(stackOf(other, 'Other'), 'energy', ['run1']);
  ingestion(stackOf(other, 'Test'), 'run_1');
  expect(() => other.synth()).toThrow(`[Test/Ingestion] DatasetsAlike: 'dataset' ${fault}`);
  expect(() => domain(stackOf(testApp(), 'Test'), 'energy', ['run1', 'run_1'])).toThrow(`DatasetsAlike: 'datasets' ${fault}`);
});

test('fails with DomainTwice and GroupTwice where an environment would have two of one name', () => {
  const app = testApp();
  domain(stackOf(app, 'First'), 'sales', ['orders']);
  consumer(stackOf(app, 'Serving'), 'Clerks');
  expect(() => domain(stackOf(app, 'Second'), 'sales', ['returns'])).toThrow(
    "Second/Domainsales: DomainTwice: 'domain' must be made once in an environment, got 'headwaters_test_sales' at 'First/Domainsales' already",
  );
  expect(() => consumer(stackOf(app, 'Third'), 'Others')).toThrow(
    "Third/Others: GroupTwice: 'group' must be made once in an environment, got 'headwaters-test-clerks' at 'Serving/Clerks' already",
  );
  expect(() => domain(stackOf(app, 'Live'), 'sales', ['orders'], 'live')).not.toThrow();
  expect(() => consumer(stackOf(app, 'There', '444455556666'), 'Clerks')).not.toThrow();
});

test('fails with RestoreTwice, TrailTwice and ReplicaTwice where an environment would have two of one name', () => {
  const restore = (stack: Stack) =>
    new RestoreArchive(stack, 'Restore', {
      environment: 'test',
      clean: someLake(stack).clean,
      topic: new Topic(stack, 'Topic'),
      removalPolicy,
    });
  const trail = (stack: Stack) =>
    new AuditTrail(stack, 'Audit', {
      environment: 'test',
      buckets: [someLake(stack).raw.bucket],
      lock: ObjectLockRetention.governance(Duration.days(1)),
      retention: Duration.days(1),
      accessLogs: new Bucket(stack, 'Logs'),
      removalPolicy,
    });
  const replica = (stack: Stack) => new ReplicaStorage(stack, 'Replica', { environment: 'test', removalPolicy });
  for (const [make, fault] of [
    [restore, "RestoreTwice: 'RestoreArchive' must be made once in an environment, got 'headwaters-test-restore-archive' at"],
    [trail, "TrailTwice: 'AuditTrail' must be made once in an environment, got 'headwaters-test-audit' at"],
    [replica, "ReplicaTwice: 'ReplicaStorage' must be made once in an environment, got 'alias/headwaters-test-replica' at"],
  ] as const) {
    const app = testApp();
    make(stackOf(app, 'First'));
    expect(() => make(stackOf(app, 'Second'))).toThrow(fault);
    expect(() => make(stackOf(app, 'There', '444455556666'))).not.toThrow();
  }
});

test('fails with ExportedTwice where two stacks of a region would export one name', () => {
  const app = testApp();
  const lake = (stack: Stack) => new LakeStorage(stack, 'Lake', { environment: 'test', removalPolicy });
  lake(stackOf(app, 'First')).export();
  expect(() => {
    lake(stackOf(app, 'Second')).export();
  }).toThrow(
    "Second/Lake: ExportedTwice: 'export' must be made once in an environment, got 'headwaters-test-RawBucketName' at 'First/Lake' already; use that one, or rename this",
  );
  expect(() => {
    lake(stackOf(app, 'There', '444455556666')).export();
  }).not.toThrow();
});

test('fails with DatasetTwice where an environment would have a dataset in two places', () => {
  const app = testApp();
  domain(stackOf(app, 'First'), 'energy', ['readings']);
  expect(() => ingestion(stackOf(app, 'Second'), 'readings')).toThrow(
    "Second/Ingestion: DatasetTwice: 'dataset' must be made once in an environment, got 'energy.readings' at 'First/Domainenergy/Datasets/Readings' already; use that one, or rename this",
  );
  expect(() => ingestion(stackOf(app, 'There', '444455556666'), 'readings')).not.toThrow();
});
