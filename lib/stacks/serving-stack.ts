import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Consumer, type ConsumerProps } from '../../constructs/serving/index.ts';
import { importLake } from '../../constructs/storage/index.ts';
import { outputKey } from '../../core/naming.ts';
import type { Environment } from '../config/environment.ts';
import { trustedBy } from '../config/trusted.ts';

export interface ServingStackProps extends StackProps {
  readonly environment: Environment;
  readonly domains: readonly string[];
  readonly namedQueries: ConsumerProps['namedQueries'];
}

/** Who asks. It refers to domains by name and imports nothing of them. */
export class ServingStack extends Stack {
  constructor(scope: Construct, id: string, { environment, domains, namedQueries, ...props }: ServingStackProps) {
    super(scope, id, props);
    const assumedBy = trustedBy(environment, { actor: 'analyst' });
    const analysts = new Consumer(this, 'Analysts', {
      environment: environment.name,
      group: 'analysts',
      domains,
      lake: importLake(this, environment.name),
      scanCutoff: environment.scanCutoff,
      removalPolicy: environment.removalPolicy,
      namedQueries,
      ...(assumedBy === undefined ? {} : { assumedBy }),
    });
    new CfnOutput(this, outputKey.workGroup, { value: analysts.workGroup.ref });
    new CfnOutput(this, outputKey.analystRole, { value: analysts.role.roleArn });
  }
}
