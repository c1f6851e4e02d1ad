/** One stream to a queried table, in a plain stack. */
import { fileURLToPath } from 'node:url';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as kms from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import { App, CfnOutput, RemovalPolicy, Size, Stack } from 'aws-cdk-lib/core';
import { Consumer, databaseName, LakeStorage, QuarantineDelivery, readContractFile, StreamIngestion } from 'headwaters';

const environment = 'dev';
const removalPolicy = RemovalPolicy.RETAIN;
const { domain, datasets } = readContractFile(fileURLToPath(new URL('scans.odcs.yaml', import.meta.url)));

const app = new App();
const stack = new Stack(app, 'Parcels');
const lake = new LakeStorage(stack, 'Lake', { environment, removalPolicy });
const database = new glue.CfnDatabase(stack, 'Database', {
  catalogId: stack.account,
  databaseInput: { name: databaseName(environment, domain) },
});
const protectionSecret = new secrets.Secret(stack, 'ProtectionSecret', {
  // by its ARN: handed the key itself, the CDK would open its policy to the whole account
  encryptionKey: kms.Key.fromKeyArn(stack, 'SecretKey', lake.closedKey.keyArn),
  generateSecretString: { passwordLength: 64, excludePunctuation: true },
  removalPolicy,
});
const quarantine = new QuarantineDelivery(stack, 'Quarantine', {
  environment,
  domain,
  quarantine: lake.quarantine,
  logRetention: RetentionDays.TWO_WEEKS,
  removalPolicy,
});
for (const dataset of datasets) {
  const ingestion = new StreamIngestion(stack, 'Scans', {
    environment,
    dataset,
    lake,
    databaseName: databaseName(environment, domain),
    quarantine: quarantine.stream,
    protectionSecret,
    removalPolicy,
  });
  ingestion.table.node.addDependency(database);
  new CfnOutput(stack, 'StreamName', { value: ingestion.stream.streamName });
}
const analysts = new Consumer(stack, 'Analysts', {
  environment,
  group: 'analysts',
  domains: [domain],
  lake,
  scanCutoff: Size.gibibytes(10),
});
new CfnOutput(stack, 'WorkGroup', { value: analysts.workGroup.ref });
