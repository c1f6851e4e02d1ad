import type { DatasetContract } from '../../core/contract/model.ts';
import { databaseName, outputKey, stackName, tableName } from '../../core/naming.ts';
import { CommandError } from '../command-error.ts';
import { PART, rolesOfOutputs } from './role-names.ts';

/** Outputs as `cdk deploy --outputs-file` writes them: by stack, by key. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** One dataset as it stands in an environment. */
export interface DeployedDataset {
  readonly contract: DatasetContract;
  readonly streamName: string;
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
      streamName: this.ofDomain(contract.domain, outputKey.streamName(contract.name)),
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

  /** A domain may stand in several stacks: the first is its own name, the others are its parts. */
  private ofDomain(domain: string, key: string): string {
    const first = stackName.domain(this.environment, domain);
    const stack = Object.keys(this.outputs).find(
      (name) => name.replace(PART, '') === first && this.outputs[name]?.[key] !== undefined,
    );
    return this.output(stack ?? first, key);
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
