import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ReplicaStorage } from '../../constructs/storage/index.ts';
import type { Environment } from '../config/environment.ts';

export interface ReplicaStackProps extends StackProps {
  readonly environment: Environment;
}

/** Copies of what rests, in a second region: deployed before Foundation, which writes to it by name. */
export class ReplicaStack extends Stack {
  constructor(scope: Construct, id: string, { environment, ...props }: ReplicaStackProps) {
    super(scope, id, props);
    const { name, removalPolicy, accessLogRetention } = environment;
    new ReplicaStorage(this, 'Replica', { environment: name, removalPolicy, accessLogRetention });
  }
}
