import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
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

/** The group that there is where nothing else is said; its resources stand where they always stood. */
const USUAL = 'analysts';

/** Who asks. It refers to domains and datasets by name and imports nothing of them. */
export class ServingStack extends Stack {
  constructor(scope: Construct, id: string, { environment, consumers, ...props }: ServingStackProps) {
    super(scope, id, props);
    const lake = importLake(this, environment.name);
    const further = new Construct(this, 'Groups'); // a scope of their own: a group may have any name
    for (const [index, { group, domains, curatedDomains, datasets, scanCutoff, namedQueries }] of consumers.entries()) {
      const assumedBy = trustedBy(environment, { actor: 'analyst', group });
      const consumer = new Consumer(group === USUAL ? this : further, pascalCase(group), {
        environment: environment.name,
        group,
        domains,
        curatedDomains,
        lake,
        scanCutoff,
        removalPolicy: environment.removalPolicy,
        namedQueries,
        ...(assumedBy === undefined ? {} : { assumedBy }),
      });
      for (const dataset of datasets) consumer.grantRead(dataset);
      if (index === 0) this.tell(undefined, consumer);
      if (index > 0 || group !== USUAL) this.tell(group, consumer);
    }
  }

  /** @param group Undefined for the first, whom commands ask as */
  private tell(group: string | undefined, { workGroup, role }: Consumer): void {
    new CfnOutput(this, outputKey.workGroup(group), { value: workGroup.ref });
    new CfnOutput(this, outputKey.readerRole(group), { value: role.roleArn });
  }
}
