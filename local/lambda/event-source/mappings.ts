import { Work } from '../../work.ts';
import { ServiceError, type Caller } from '../../service.ts';
import { checkQueueMapping, QueueMapping, type QueueMappingSettings } from '../queue-source/index.ts';
import type { Mapping } from './any-mapping.ts';
import { checkTold } from './destination.ts';
import { listMappings, type MappingQuery } from './list.ts';
import { EventSourceMapping } from './mapping.ts';
import type { MappingParts } from './parts.ts';
import { forgetMappings, restoreMapping, saveMapping } from './saved-mapping.ts';
import type { MappingSettings } from './settings.ts';

/** What Lambda's refusal of a role names, but for ListStreams, which roles go without. @see https://github.com/aws-samples/cross-account-amazon-dynamodb-replication/issues/11 */
const NEEDED = ['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:DescribeStream', 'kinesis:ListShards'];

/** Lambda's event source mappings, from Kinesis data streams and SQS queues to functions. */
export class EventSourceMappings {
  private readonly mappings: (EventSourceMapping | QueueMapping)[] = [];
  private readonly restored = new Set<EventSourceMapping>();
  private readonly work = new Work();

  constructor(private readonly parts: MappingParts) {}

  /** @throws ServiceError InvalidParameterValueException, ResourceConflictException */
  create(settings: MappingSettings): EventSourceMapping {
    const { lambda, assume } = this.parts;
    const { functionArn, streamArn, destination } = settings;
    this.checkFunction(functionArn);
    this.refuseDouble(
      settings,
      streamArn,
      (arn, name) => `The event source arn (${arn}) and function (${name}) provided mapping`,
    );
    const roleArn = lambda.roleOf(functionArn);
    const caller = assume(roleArn, functionArn);
    if (!this.parts.kinesis.all().some((stream) => stream.settings.arn === streamArn))
      throw invalid(`Stream not found: ${streamArn}`);
    this.checkReader(caller, streamArn);
    if (destination !== undefined) checkTold(destination, caller, { ...this.parts, lambda: () => lambda });
    const mapping = new EventSourceMapping(settings, roleArn, { ...this.parts, work: this.work });
    this.mappings.push(mapping);
    return mapping;
  }

  /** @throws ServiceError InvalidParameterValueException, ResourceConflictException */
  createForQueue(settings: QueueMappingSettings): QueueMapping {
    const { lambda, queues, assume, access } = this.parts;
    const { functionArn, queueArn } = settings;
    this.checkFunction(functionArn);
    this.refuseDouble(settings, queueArn, (arn, name) => `An event source mapping with SQS arn (${arn}) and function (${name})`);
    const roleArn = lambda.roleOf(functionArn);
    const caller = assume(roleArn, functionArn);
    const functionTimeout = lambda.timeoutOf(functionArn);
    checkQueueMapping(settings, { queue: queues.find(queueArn), caller, functionTimeout, access });
    const mapping = new QueueMapping(settings, roleArn, { ...this.parts, work: this.work });
    this.mappings.push(mapping);
    return mapping;
  }

  all(): readonly Mapping[] {
    return this.mappings;
  }

  /** @throws ServiceError AccessDeniedException, ResourceNotFoundException */
  get(caller: Caller, uuid: string): object {
    const { access, region } = this.parts;
    const arn = `arn:aws:lambda:${region}:${caller.accountId}:event-source-mapping:${uuid}`;
    access.check(caller, 'lambda:GetEventSourceMapping', arn);
    const mapping = this.mappings.find(({ settings }) => settings.arn === arn);
    if (mapping !== undefined) return mapping.describe();
    throw new ServiceError('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
  }

  /** @throws ServiceError AccessDeniedException, InvalidParameterValueException */
  list(caller: Caller, query: MappingQuery): object {
    this.parts.access.check(caller, 'lambda:ListEventSourceMappings', '*'); // it has no resource type in IAM
    return listMappings(this.mappings, query);
  }

  /** Lets no further batch begin, and waits for those under way; what was received for a batch goes back to its queue. */
  async halt(): Promise<void> {
    await this.work.end();
    for (const mapping of this.mappings) if (mapping instanceof QueueMapping) mapping.release();
  }

  /**
   * Writes how far mappings of streams have come to a folder of its own; after `halt`. What the folder holds of a mapping that is no more goes: on AWS
   * it was deleted.
   *
   * @param isWhole Whether every stack is there: of some, a mapping may lie in another, unless its function is there without it
   */
  save(folder: string, isWhole = true): void {
    for (const mapping of this.ofStreams) saveMapping(mapping, folder);
    const kept = this.ofStreams.map(({ settings }) => settings.uuid);
    forgetMappings(folder, kept, isWhole ? undefined : (functionArn) => this.parts.lambda.has(functionArn));
  }

  /** Takes over what an earlier process saved, once for each mapping that is there again; after Kinesis has done so. */
  restore(folder: string): void {
    for (const mapping of this.ofStreams) {
      if (this.restored.has(mapping)) continue;
      this.restored.add(mapping);
      restoreMapping(mapping, folder);
    }
  }

  /** Those whose progress is their own: what a queue's has not processed is in the queue. */
  private get ofStreams(): readonly EventSourceMapping[] {
    return this.mappings.filter((mapping) => mapping instanceof EventSourceMapping);
  }

  private checkFunction(functionArn: string): void {
    const { lambda } = this.parts;
    if (!lambda.has(functionArn)) throw invalid('Function does not exist');
    const stranger = lambda.strangeRuntime(functionArn);
    if (stranger !== undefined) throw invalid(`the function does not run here: its runtime is ${stranger}`);
  }

  /** @param both Names the source and the function in the words that Lambda has for such a source */
  private refuseDouble(
    { functionArn }: Mapping['settings'],
    sourceArn: string,
    both: (sourceArn: string, functionName: string) => string,
  ): void {
    const other = this.mappings.find((one) => one.settings.functionArn === functionArn && one.sourceArn === sourceArn);
    if (other === undefined) return;
    const name = functionArn.split(':').slice(6).join(':');
    throw new ServiceError(
      'ResourceConflictException',
      `${both(`" ${sourceArn} "`, `" ${name} "`)} already exists. Please update or delete the existing mapping with UUID ${other.settings.uuid}`,
      409,
    );
  }

  private checkReader(caller: Caller, streamArn: string): void {
    try {
      for (const action of NEEDED) this.parts.access.check(caller, action, streamArn);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      throw invalid(
        `Cannot access stream ${streamArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, ListShards, and ListStreams Actions on your stream in IAM.`,
      );
    }
  }
}

const invalid = (message: string): ServiceError => new ServiceError('InvalidParameterValueException', message);
