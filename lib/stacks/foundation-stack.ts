import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { LakeStorage } from '../../constructs/storage/index.ts';
import type { Environment } from '../config/environment.ts';

export interface FoundationStackProps extends StackProps {
  readonly environment: Environment;
}

/** Where data rests, whatever the data is: its template is the same for no contract and for a thousand. */
export class FoundationStack extends Stack {
  constructor(scope: Construct, id: string, { environment, ...props }: FoundationStackProps) {
    super(scope, id, props);
    new LakeStorage(this, 'Lake', { environment: environment.name, removalPolicy: environment.removalPolicy }).export(
      environment.name,
    );
  }
}
