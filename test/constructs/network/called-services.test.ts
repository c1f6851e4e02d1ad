import { RemovalPolicy } from 'aws-cdk-lib/core';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import { QuarantineDelivery, StreamIngestion } from '../../../constructs/ingestion/index.ts';
import { CALLED_SERVICES } from '../../../constructs/network/called-services.ts';
import { dataset } from '../../support/contracts.ts';
import { someLake } from '../../support/lake.ts';
import { policyStatements, synth } from '../../support/synth.ts';

/** Lambda makes these for the function, and Secrets Manager calls KMS: none passes through the function's network. */
const BY_OTHERS = ['logs:', 'ec2:', 'kms:'];

test('the endpoints take all that a transform function may call, and no more: a call without one waits for its timeout', () => {
  const common = { environment: 'prod', removalPolicy: RemovalPolicy.RETAIN };
  const template = synth((stack) => {
    const lake = someLake(stack);
    const of = dataset();
    new StreamIngestion(stack, 'Readings', {
      ...common,
      dataset: of,
      lake,
      databaseName: 'db',
      quarantine: new QuarantineDelivery(stack, 'Quarantine', {
        ...common,
        domain: of.domain,
        quarantine: lake.quarantine,
        logKey: lake.logKey,
      }).stream,
      protectionSecret: new secrets.Secret(stack, 'Secret'),
    });
  });
  const allowed = policyStatements(template, 'Transform').flatMap(({ Effect, Action }) => (Effect === 'Allow' ? Action : []));
  expect(allowed.filter((action) => !BY_OTHERS.some((service) => action.startsWith(service))).sort()).toEqual(
    CALLED_SERVICES.flatMap(({ actions }) => actions).sort(),
  );
});
