import { fileURLToPath } from 'node:url';
import * as glue from 'aws-cdk-lib/aws-glue';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import { Size, Stack, Stage, type RemovalPolicy, type StageProps } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import {
  Consumer,
  databaseName,
  importLake,
  LakeStorage,
  QuarantineDelivery,
  readContracts,
  StewardRole,
  StreamIngestion,
  type DatasetContract,
} from 'headwaters';

const DOMAIN = 'workshop';
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
    new LakeStorage(foundation, 'Lake', { environment, removalPolicy }).export(environment);

    const domain = new Stack(this, 'Workshop');
    domain.addStackDependency(foundation);
    addDomain(domain, environment, removalPolicy);

    const serving = new Stack(this, 'Serving');
    serving.addStackDependency(foundation);
    new Consumer(serving, 'Analysts', {
      environment,
      group: 'analysts',
      domains: [DOMAIN],
      lake: importLake(serving, environment),
      scanCutoff: Size.gibibytes(10),
    });
  }
}

function addDomain(stack: Stack, environment: string, removalPolicy: RemovalPolicy): void {
  const lake = importLake(stack, environment);
  const database = new glue.CfnDatabase(stack, 'Database', {
    catalogId: stack.account,
    databaseInput: { name: databaseName(environment, DOMAIN) },
  });
  const protectionSecret = new secrets.Secret(stack, 'ProtectionSecret', {
    encryptionKey: lake.closedKey,
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
    removalPolicy,
  });
  const quarantine = new QuarantineDelivery(stack, 'Quarantine', {
    environment,
    domain: DOMAIN,
    quarantine: lake.quarantine,
    logRetention: RetentionDays.ONE_MONTH,
    removalPolicy,
  });
  new StewardRole(stack, 'Steward', { environment, domain: DOMAIN, lake });
  const ingestions = new Construct(stack, 'Datasets'); // a scope of their own: a dataset may have any name
  for (const dataset of datasets) {
    const ingestion = new StreamIngestion(ingestions, constructId(dataset), {
      environment,
      dataset,
      lake,
      databaseName: databaseName(environment, DOMAIN),
      quarantine: quarantine.stream,
      protectionSecret,
      removalPolicy,
    });
    ingestion.table.node.addDependency(database);
  }
}

const constructId = ({ name }: DatasetContract): string => name.charAt(0).toUpperCase() + name.slice(1);
