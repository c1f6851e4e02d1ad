import { randomUUID } from 'node:crypto';
import type { DuckDBInstance } from '@duckdb/node-api';
import type { SimulatedClock } from '../clock.ts';
import type { GlueCatalog } from '../glue/catalog.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import { ServiceError, type Access, type Caller, type JsonService } from '../service.ts';
import { athenaService } from './athena-service.ts';
import { toQueryError } from './engine-error.ts';
import { executionView, resultPage, type Execution } from './execution.ts';
import { QueryRunner } from './query-runner.ts';
import { toCsv } from './result.ts';
import {
  checkWorkGroup,
  locate,
  namedQueryView,
  workGroupView,
  type NamedQuery,
  type NewNamedQuery,
  type NewWorkGroup,
} from './workgroup.ts';

export interface AthenaProps {
  readonly clock: SimulatedClock;
  readonly catalog: GlueCatalog;
  readonly store: ObjectStore;
  readonly access: Access;
  readonly account: string;
  readonly region: string;
  /** Folder for files that live no longer than a query. */
  readonly scratch: string;
  /** The runtime's one engine, from `openDuckdb`. */
  readonly duckdb: DuckDBInstance;
}

export interface StartQuery {
  readonly sql: string;
  readonly database?: string;
  /** @default 'primary' */
  readonly workGroup?: string;
  /** Where results go, unless the workgroup's settings are enforced. */
  readonly outputLocation?: string;
  /** The same token and query again give the first execution. */
  readonly token?: string;
}

/** Athena of one account and region: queries in Trino's SQL over the catalog's tables, run one after another as their callers. */
export class Athena {
  readonly service: JsonService = athenaService(this);
  private readonly workGroups = new Map<string, { readonly group: NewWorkGroup; readonly created: number }>();
  private readonly namedQueries = new Map<string, NamedQuery>();
  private readonly executions = new Map<string, Execution>();
  private readonly runner: QueryRunner;
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly props: AthenaProps) {
    this.runner = new QueryRunner(props);
  }

  /** @throws ServiceError InvalidRequestException for a name that is taken, a location or a cutoff that Athena refuses */
  createWorkGroup(input: NewWorkGroup): void {
    if (this.workGroups.has(input.name)) throw invalid('WorkGroup is already created');
    this.workGroups.set(input.name, { group: checkWorkGroup(input), created: this.props.clock.now() });
  }

  /** @returns its id. @throws ServiceError InvalidRequestException for a workgroup that is not there */
  createNamedQuery(input: NewNamedQuery): string {
    this.groupNamed(input.workGroup);
    const id = input.id ?? randomUUID();
    this.namedQueries.set(id, { ...input, id });
    return id;
  }

  /** @throws ServiceError AccessDeniedException, InvalidRequestException */
  start(caller: Caller, { sql, database, workGroup = 'primary', outputLocation, token }: StartQuery): string {
    this.authorize(caller, 'athena:StartQueryExecution', workGroup);
    const group = this.groupNamed(workGroup);
    const known =
      token === undefined
        ? undefined
        : [...this.executions.values()].find((execution) => execution.token === token && execution.caller.arn === caller.arn);
    if (known !== undefined) {
      if (known.sql === sql && known.workGroup === workGroup) return known.id;
      throw invalid('Idempotent parameters do not match');
    }
    const location = group.enforce ? group.resultLocation : (outputLocation ?? group.resultLocation);
    if (location === undefined)
      throw invalid(
        'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
      );
    const id = randomUUID();
    const { bucket, prefix } = locate(location);
    this.verifyBucket(viaAthena(caller), bucket);
    const execution: Execution = {
      id, sql, workGroup, caller, bucket, key: `${prefix}${id}.csv`, submitted: this.props.clock.now(), state: 'QUEUED', scanned: 0, engineTime: 0,
      ...(database !== undefined && { database: database.toLowerCase() }),
      ...(token !== undefined && { token }),
    }; // prettier-ignore
    this.executions.set(id, execution);
    this.queue = this.queue.then(() => this.run(execution, group.bytesScannedCutoff));
    return id;
  }

  /** Resolves once every query that was started has ended. */
  async idle(): Promise<void> {
    for (let last; last !== this.queue;) await (last = this.queue);
  }

  /** @throws ServiceError AccessDeniedException, InvalidRequestException */
  describe(caller: Caller, id: string): object {
    return executionView(this.executionFor(caller, 'athena:GetQueryExecution', id));
  }

  /** A page of results, which the caller must also be allowed to read where they lie. @throws ServiceError AccessDeniedException, InvalidRequestException */
  results(caller: Caller, id: string, start: number, count: number): object {
    const execution = this.executionFor(caller, 'athena:GetQueryResults', id);
    if (execution.result === undefined) {
      throw invalid(`Query has not yet finished. Current state: ${execution.state}`);
    }
    this.props.store.getObject(viaAthena(caller), execution.bucket, execution.key);
    return resultPage(execution.result, start, count);
  }

  /** @throws ServiceError AccessDeniedException, InvalidRequestException */
  stop(caller: Caller, id: string): void {
    const execution = this.executionFor(caller, 'athena:StopQueryExecution', id);
    if (execution.state === 'RUNNING') this.runner.interrupt();
    if (execution.state === 'QUEUED' || execution.state === 'RUNNING')
      this.end(execution, 'CANCELLED', 'Query cancelled by user');
  }

  /** @throws ServiceError AccessDeniedException, InvalidRequestException */
  describeWorkGroup(caller: Caller, name: string): object {
    this.authorize(caller, 'athena:GetWorkGroup', name);
    const group = this.groupNamed(name);
    return workGroupView(group, this.workGroups.get(name)?.created ?? 0);
  }

  /** @throws ServiceError AccessDeniedException, InvalidRequestException */
  describeNamedQuery(caller: Caller, id: string, action = 'athena:GetNamedQuery'): object {
    const query = this.namedQueries.get(id);
    if (query === undefined) throw invalid(`NamedQuery ${id} was not found`);
    this.authorize(caller, action, query.workGroup);
    return namedQueryView(query);
  }

  /** Ids of a workgroup's named queries. @throws ServiceError AccessDeniedException, InvalidRequestException */
  listNamedQueries(caller: Caller, workGroup = 'primary'): readonly string[] {
    this.authorize(caller, 'athena:ListNamedQueries', workGroup);
    this.groupNamed(workGroup);
    return [...this.namedQueries.values()].filter((query) => query.workGroup === workGroup).map((query) => query.id);
  }

  /** Athena looks the results' bucket up before it takes a query, and says no more than this. @see https://repost.aws/knowledge-center/athena-output-bucket-error */
  private verifyBucket(caller: Caller, bucket: string): void {
    try {
      this.props.access.check(caller, 's3:GetBucketLocation', `arn:aws:s3:::${bucket}`);
    } catch (error) {
      throw error instanceof ServiceError ? invalid(`Unable to verify/create output bucket ${bucket}`) : error;
    }
  }

  private async run(execution: Execution, cutoff: number | undefined): Promise<void> {
    if (execution.state !== 'QUEUED') return;
    execution.state = 'RUNNING';
    const begun = performance.now();
    const caller = viaAthena(execution.caller);
    try {
      const result = await this.runner.run({
        id: execution.id, sql: execution.sql, caller, now: this.props.clock.now(),
        onScan: (bytes) => { execution.scanned = bytes; },
        ...(execution.database !== undefined && { database: execution.database }),
        ...(cutoff !== undefined && { cutoff }),
      }); // prettier-ignore
      if (isCancelled(execution)) return;
      await this.props.store.putObject(caller, execution.bucket, execution.key, toCsv(result));
      execution.result = result;
      this.end(execution, 'SUCCEEDED');
    } catch (error) {
      if (isCancelled(execution)) return;
      const failure = toQueryError(error);
      execution.category = failure.category;
      this.end(execution, 'FAILED', failure.message);
    } finally {
      execution.engineTime = Math.round(performance.now() - begun);
    }
  }

  private end(execution: Execution, state: 'SUCCEEDED' | 'FAILED' | 'CANCELLED', reason?: string): void {
    execution.state = state;
    execution.completed = this.props.clock.now();
    if (reason !== undefined) execution.reason = reason;
  }

  private executionFor(caller: Caller, action: string, id: string): Execution {
    const execution = this.executions.get(id);
    if (execution === undefined) throw invalid(`QueryExecution ${id} was not found`);
    this.authorize(caller, action, execution.workGroup);
    return execution;
  }

  private groupNamed(name: string): NewWorkGroup {
    const found = this.workGroups.get(name);
    if (found === undefined) throw invalid(`WorkGroup ${name} is not found.`);
    return found.group;
  }

  private authorize(caller: Caller, action: string, workGroup: string): void {
    this.props.access.check(caller, action, `arn:aws:athena:${this.props.region}:${this.props.account}:workgroup/${workGroup}`);
  }
}

const invalid = (message: string): ServiceError => new ServiceError('InvalidRequestException', message);

/** Whether it was stopped meanwhile. */
const isCancelled = (execution: Execution): boolean => execution.state === 'CANCELLED';

/** Athena calls Glue and S3 with the caller's own identity, and says so. */
const viaAthena = (caller: Caller): Caller => ({ ...caller, calledVia: [...(caller.calledVia ?? []), 'athena.amazonaws.com'] });
