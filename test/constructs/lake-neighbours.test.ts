import { RemovalPolicy, Size, Stack, type App } from 'aws-cdk-lib/core';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Domain } from '../../constructs/domain/index.ts';
import { QuarantineDelivery, StreamIngestion } from '../../constructs/ingestion/index.ts';
import { InvalidProps } from '../../constructs/invalid-props.ts';
import { Consumer } from '../../constructs/serving/index.ts';
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

test('fails with DatasetTwice where an environment would have a dataset in two places', () => {
  const app = testApp();
  domain(stackOf(app, 'First'), 'energy', ['readings']);
  expect(() => ingestion(stackOf(app, 'Second'), 'readings')).toThrow(
    "Second/Ingestion: DatasetTwice: 'dataset' must be made once in an environment, got 'energy.readings' at 'First/Domainenergy/Datasets/Readings' already; use that one, or rename this",
  );
  expect(() => ingestion(stackOf(app, 'There', '444455556666'), 'readings')).not.toThrow();
});
