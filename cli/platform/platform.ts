import type { DatasetContract } from '../../core/contract/model.ts';
import { databaseName, outputKey, stackName, tableName } from '../../core/naming.ts';
import { CommandError } from '../command-error.ts';
import type { Intake } from './intake.ts';
import { PART, rolesOfOutputs } from './role-names.ts';

/** Outputs as `cdk deploy --outputs-file` writes them: by stack, by key. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** One dataset as it stands in an environment. */
export interface DeployedDataset {
  readonly contract: DatasetContract;
  /** What its producers put events in. */
  readonly intake: Intake;
  readonly producerRoleArn: string;
  readonly stewardRoleArn: string;
  /** In every zone, with the trailing slash. */
  readonly prefix: string;
  /** `"database"."table"` of `clean`. */
  readonly cleanTable: string;
}

/** Who asks, and where. */
export interface Reader {
  readonly roleArn: string;
  readonly workGroup: string;
}

/** An environment as a client finds it: by the outputs of its stacks and nothing else. */
export class Platform {
  constructor(
    private readonly environment: string,
    private readonly outputs: Outputs,
  ) {}

  get analystRoleArn(): string {
    return this.reader().roleArn;
  }

  /** One group who asks; without a name the first, as whom commands ask. */
  reader(group?: string): Reader {
    const stack = stackName.serving(this.environment);
    return {
      roleArn: this.output(stack, outputKey.readerRole(group)),
      workGroup: this.output(stack, outputKey.workGroup(group)),
    };
  }

  get workGroup(): string {
    return this.reader().workGroup;
  }

  bucket(zone: Parameters<typeof outputKey.bucket>[0]): string {
    return this.output(stackName.foundation(this.environment), outputKey.bucket(zone));
  }

  dataset(contract: DatasetContract): DeployedDataset {
    return {
      contract,
      intake: this.intakeOf(contract),
      producerRoleArn: this.ofDomain(contract.domain, outputKey.producerRole(contract.name)),
      stewardRoleArn: this.ofDomain(contract.domain, outputKey.stewardRole),
      prefix: this.ofDomain(contract.domain, outputKey.prefix(contract.name)),
      cleanTable: `"${databaseName(this.environment, contract.domain)}"."${tableName(contract.name)}"`,
    };
  }

  /** Roles that people and programs take, by a name to type: `analyst`, `sales/steward`. */
  roles(): ReadonlyMap<string, string> {
    return rolesOfOutputs(this.environment, this.outputs);
  }

  private intakeOf({ domain, name }: DatasetContract): Intake {
    const delivery = this.findOfDomain(domain, outputKey.deliveryStreamName(name));
    return delivery === undefined
      ? { kind: 'stream', name: this.ofDomain(domain, outputKey.streamName(name)) }
      : { kind: 'delivery', name: delivery };
  }

  /** A domain may stand in several stacks: the first is its own name, the others are its parts. */
  private findOfDomain(domain: string, key: string): string | undefined {
    const first = stackName.domain(this.environment, domain);
    return Object.entries(this.outputs).find(
      ([name, values]) => name.replace(PART, '') === first && values[key] !== undefined,
    )?.[1][key];
  }

  private ofDomain(domain: string, key: string): string {
    return this.findOfDomain(domain, key) ?? this.output(stackName.domain(this.environment, domain), key);
  }

  private output(stack: string, key: string): string {
    const value = this.outputs[stack]?.[key];
    if (value === undefined)
      throw new CommandError(
        'OutputMissing',
        `the stack '${stack}' must have the output '${key}'; synthesize it with this version of headwaters`,
      );
    return value;
  }
}
