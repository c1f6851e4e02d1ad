import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Consumer, type ConsumerProps } from '../../constructs/serving/index.ts';
import { importLake } from '../../constructs/storage/index.ts';
import { outputKey, pascalCase } from '../../core/naming.ts';
import type { Consuming } from '../config/consuming.ts';
import type { Environment } from '../config/environment.ts';
import { trustedBy } from '../config/trusted.ts';

export interface ServingStackProps extends StackProps {
  readonly environment: Environment;
  readonly consumers: readonly Consuming<NonNullable<ConsumerProps['namedQueries']>[number]>[];
}

/** Who asks. It refers to domains and datasets by name and imports nothing of them. */
export class ServingStack extends Stack {
  constructor(scope: Construct, id: string, { environment, consumers, ...props }: ServingStackProps) {
    super(scope, id, props);
    const lake = importLake(this, environment.name);
    for (const [index, { group, domains, datasets, scanCutoff, namedQueries }] of consumers.entries()) {
      const assumedBy = trustedBy(environment, { actor: 'analyst', group });
      const consumer = new Consumer(this, pascalCase(group), {
        environment: environment.name,
        group,
        domains,
        lake,
        scanCutoff,
        removalPolicy: environment.removalPolicy,
        namedQueries,
        ...(assumedBy === undefined ? {} : { assumedBy }),
      });
      for (const dataset of datasets) consumer.grantRead(dataset);
      const of = index === 0 ? undefined : group;
      new CfnOutput(this, outputKey.workGroup(of), { value: consumer.workGroup.ref });
      new CfnOutput(this, outputKey.readerRole(of), { value: consumer.role.roleArn });
    }
  }
}
