import { fileURLToPath } from 'node:url';
import { Size, Stack, Stage, type RemovalPolicy, type StageProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Consumer, Domain, importLake, LakeStorage, readContracts } from 'headwaters';

const domain = 'workshop';
const datasets = readContracts(fileURLToPath(new URL('contracts', import.meta.url))).flatMap((contract) => contract.datasets);

export interface WorkshopStageProps extends StageProps {
  readonly environment: string;
  readonly removalPolicy: RemovalPolicy;
}

/** One environment: where data rests, the domain of both contracts, and who asks. */
export class WorkshopStage extends Stage {
  constructor(scope: Construct, id: string, { environment, removalPolicy, ...props }: WorkshopStageProps) {
    super(scope, id, props);
    const foundation = new Stack(this, 'Foundation');
    new LakeStorage(foundation, 'Lake', { environment, removalPolicy }).export();

    const workshop = new Stack(this, 'Workshop');
    workshop.addStackDependency(foundation);
    new Domain(workshop, 'Domain', {
      environment,
      domain,
      datasets,
      lake: importLake(workshop, environment),
      removalPolicy,
    });

    const serving = new Stack(this, 'Serving');
    serving.addStackDependency(foundation);
    new Consumer(serving, 'Analysts', {
      environment,
      group: 'analysts',
      domains: [domain],
      lake: importLake(serving, environment),
      scanCutoff: Size.gibibytes(10),
    });
  }
}
