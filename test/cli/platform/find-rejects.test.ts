import { rejectsOf } from '../../../cli/platform/find-rejects.ts';
import { datasetDelivery, rejectsDelivery, roleArn, someDeployment } from '../../support/deployment.ts';

const prefix = 'keep7-hot7/energy/readings/';
const dataset = {
  domain: 'energy',
  name: 'readings',
  environment: 'live',
  prefix,
  table: { database: 'd', name: 't', arn: 'a' },
};
const deliveries = [
  datasetDelivery('energy', 'readings', 'S', 'live'),
  rejectsDelivery('energy', 'test'),
  rejectsDelivery('water', 'live'),
  rejectsDelivery('energy', 'live'),
];
const may = {
  's3:ListBucket arn:aws:s3:::quarantine-live': ['Lister', 'Steward'],
  [`s3:GetObject arn:aws:s3:::quarantine-live/${prefix}reason=any/`]: ['Reader', 'Steward'],
};

test("finds the bucket of the dataset's domain and environment, and a role that may list and read", async () => {
  expect(await rejectsOf(someDeployment({ deliveries, may }), dataset)).toEqual({
    bucket: 'quarantine-live',
    roleArn: roleArn('Steward'),
  });
});

test('asks for the rights under the prefix of the dataset', async () => {
  const contexts: unknown[] = [];
  const deployment = someDeployment({
    deliveries,
    rolesThatMay: async (action, _, context) => {
      contexts.push([action, context]);
      return [];
    },
  });
  expect(await rejectsOf(deployment, dataset)).toBeUndefined();
  expect(contexts).toContainEqual(['s3:ListBucket', { 's3:prefix': prefix }]);
});

test.each([
  ['nothing takes rejects', { may }],
  ['several do', { may, deliveries: [...deliveries, rejectsDelivery('energy', 'live')] }],
  ['nobody may read them', { deliveries }],
])('finds nothing where %s', async (_, given) => {
  expect(await rejectsOf(someDeployment(given), dataset)).toBeUndefined();
});
