import { statSync } from 'node:fs';
import type { Athena } from '../athena/index.ts';
import type { CloudWatch } from '../cloudwatch/cloudwatch.ts';
import type { CustomResources } from '../cloudformation/custom-resources.ts';
import type { SimulatedClock } from '../clock.ts';
import type { DynamoDb } from '../dynamodb/index.ts';
import type { EventBus } from '../eventbridge/event-bus.ts';
import type { Firehose } from '../firehose/firehose.ts';
import type { GlueCatalog } from '../glue/catalog.ts';
import type { Iam, Sessions } from '../iam/index.ts';
import type { Members } from '../input.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import type { Kms } from '../kms/index.ts';
import type { EventSourceMappings } from '../lambda/event-source/index.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { S3 } from '../s3/index.ts';
import type { Scheduler } from '../scheduler/index.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Topics } from '../sns/topics.ts';
import type { Queues } from '../sqs/index.ts';
import type { Ssm } from '../ssm/index.ts';
import type { StateMachines } from '../step-functions/index.ts';
import type { NestedStackSource } from './nested-template.ts';
import type { Retention } from './read-assembly.ts';
import { physicalName, type NameRules } from './physical-name.ts';

/** The services that a deployment fills. */
export interface Services {
  readonly accountId: string;
  readonly region: string;
  readonly clock: SimulatedClock;
  readonly iam: Iam;
  readonly sessions: Sessions;
  readonly s3: S3;
  readonly kinesis: Kinesis;
  readonly firehose: Firehose;
  readonly lambda: Lambda;
  readonly mappings: EventSourceMappings;
  readonly glue: GlueCatalog;
  readonly athena: Athena;
  readonly secrets: Secrets;
  readonly ssm: Ssm;
  readonly kms: Kms;
  readonly states: StateMachines;
  readonly topics: Topics;
  readonly queues: Queues;
  readonly tables: DynamoDb;
  readonly cloudwatch: CloudWatch;
  readonly events: EventBus;
  readonly scheduler: Scheduler;
  readonly customResources: CustomResources;
  /** A folder that the run removes when it ends. */
  readonly scratch: string;
}

/** What a created resource is to others. */
export interface Created {
  /** What Ref gives. */
  readonly ref: string;
  /** What Fn::GetAtt gives. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a resource that a function has made is to others: an attribute may be a list, too. */
export interface Provided {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A property whose value only Firehose's or Glue's own reader looks into counts as acted on. */
export interface ResourceType {
  /** Properties that change what the runtime does. */
  readonly acted: readonly string[] | 'any';
  /** Properties that are lawful and change nothing here. */
  readonly recorded: readonly string[];
  /** @throws what the service refuses, or an Error naming a property */
  readonly create: (properties: Members, creation: Creation) => Created | Promise<Provided>;
  /** Why nothing is done, for a type that is only recorded; the run prints it. */
  readonly recordedOnly?: string;
}

/** Where a resource stands in its template, and what the template says beside its properties. */
export interface NamedResource {
  readonly stack: string;
  /** The stack of the app that this one is nested in, however deep; absent where it is one itself. */
  readonly root?: string;
  /** `AWS::StackId` of the stack. */
  readonly stackId: string;
  readonly logicalId: string;
  readonly type: string;
  readonly retention: Retention;
}

/** What a nested stack is to the one that holds it. */
export interface NestedStack {
  readonly id: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** What a creator knows of the resource it makes, and of those before it. */
export class Creation {
  readonly stack: string;
  readonly logicalId: string;

  constructor(
    readonly resource: NamedResource,
    readonly services: Services,
    readonly shared: Shared,
    /** Files of the stack's assets. */
    readonly assets: ReadonlyMap<string, string>,
    /** Deploys a stack within the resource's own. */
    readonly nest: (source: NestedStackSource) => Promise<NestedStack>,
  ) {
    this.stack = resource.stack;
    this.logicalId = resource.logicalId;
  }

  /** The name a template gives, or one made up in the form the service allows. */
  name(given: string | undefined, rules: NameRules): string {
    return given ?? physicalName(this.stack, this.logicalId, rules);
  }

  /** An ARN in the run's account and region. */
  arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.services.region}:${this.services.accountId}:${resource}`;
  }

  /**
   * The ARN of a customer's key; undefined for AWS's own, which needs no permission.
   *
   * @throws Error for a key that was not created
   */
  keyArn(id: string | undefined): string | undefined {
    if (id === undefined || /(^|:)alias\/aws\//.test(id)) return undefined;
    const arn = this.shared.keys.get(id);
    if (arn === undefined) throw new Error(`key '${id}' does not exist`);
    return arn;
  }

  /** The folder of an asset. @throws Error for code that is not in the assembly */
  assetFolder(code: Members, bucket: string, key: string): string {
    code.only([bucket, key]);
    const folder = this.assets.get(code.text(key));
    if (folder === undefined) throw code.invalid(key, `names an asset that is not in the assembly: '${code.text(key)}'`);
    if (!statSync(folder).isDirectory()) throw code.invalid(key, `must be a folder here, got the file '${code.text(key)}'`);
    return folder;
  }
}

/** What resources of all stacks share. */
export interface Shared {
  /** ARNs of keys by id, ARN and alias. */
  readonly keys: Map<string, string>;
  /** Folders of layers by ARN. */
  readonly layers: Map<string, string>;
}
