/** One stream to a queried table, in a plain stack. */
import { fileURLToPath } from 'node:url';
import { App, CfnOutput, RemovalPolicy, Size, Stack } from 'aws-cdk-lib/core';
import { Consumer, Domain, LakeStorage, readContractFile } from 'headwaters';

const environment = 'dev';
const removalPolicy = RemovalPolicy.RETAIN;
const { domain, datasets } = readContractFile(fileURLToPath(new URL('scans.odcs.yaml', import.meta.url)));

const app = new App();
const stack = new Stack(app, 'Parcels');
const lake = new LakeStorage(stack, 'Lake', { environment, removalPolicy });
const { ingestions } = new Domain(stack, 'Domain', { environment, domain, datasets, lake, removalPolicy });
for (const { stream } of ingestions.values()) new CfnOutput(stack, 'StreamName', { value: stream.streamName });
const analysts = new Consumer(stack, 'Analysts', {
  environment,
  group: 'analysts',
  domains: [domain],
  lake,
  scanCutoff: Size.gibibytes(10),
});
new CfnOutput(stack, 'WorkGroup', { value: analysts.workGroup.ref });
