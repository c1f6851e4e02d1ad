import { randomUUID } from 'node:crypto';
import type { DuckDBInstance } from '@duckdb/node-api';
import type { SimulatedClock } from '../clock.ts';
import type { GlueCatalog } from '../glue/catalog.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import { ServiceError, type Access, type Caller, type JsonService } from '../service.ts';
import { athenaService } from './athena-service.ts';
import { CATALOG_NAME, DataCatalog } from './data-catalog.ts';
import { describedTable } from './described.ts';
import { toQueryError } from './engine-error.ts';
import { executionView, type Execution } from './execution.ts';
import { Executions } from './executions.ts';
import { failureOf } from './failure-type.ts';
import { invalid } from './invalid-request.ts';
import { withLeftovers } from './leftovers.ts';
import { refusalOf, statementIn } from './malformed.ts';
import { NamedQueries, type NewNamedQuery } from './named-queries.ts';
import { PreparedStatements, type PreparedStatement } from './prepared-statements.ts';
import { QueryRunner } from './query-runner.ts';
import { ResultFiles } from './result-files.ts';
import { MOST_ROWS, resultPage, type PageRequest } from './result-page.ts';
import { settingsOf, type ResultSettings } from './result-settings.ts';
import { readHistory, writeHistory } from './saved-athena.ts';
import { ScanLimitExceeded } from './scan-limit.ts';
import { QueryError } from './sql/query-error.ts';
import { classOf, type Statement, type StatementClass } from './sql/statement.ts';
import { parameterText } from './sql/syntax/parameter-text.ts';
import { countParameters, parseStatement } from './sql/syntax/statement.ts';
import type { StatementContext } from './statements/context.ts';
import { isView } from './statements/show.ts';
import { runStatement } from './statements/run.ts';
import { PRIMARY, type NewWorkGroup } from './workgroup.ts';
import { WorkGroups } from './workgroups.ts';

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
  readonly database?: string | undefined;
  /** The context's. @default - the one there is */
  readonly catalog?: string | undefined;
  /** @default 'primary' */
  readonly workGroup?: string | undefined;
  /** Where results go and how, unless the workgroup's settings are enforced. */
  readonly results?: ResultSettings | undefined;
  /** What the `?` of the statement stand for, as SQL. */
  readonly parameters?: readonly string[] | undefined;
  /** The same token and query again give the first execution. */
  readonly token?: string | undefined;
}

/** Athena of one account and region: statements in its SQL over the catalog's tables, run one after another as their callers. */
export class Athena {
  readonly workGroups: WorkGroups;
  readonly namedQueries: NamedQueries;
  readonly preparedStatements: PreparedStatements;
  readonly dataCatalog: DataCatalog;
  readonly service: JsonService;
  private readonly executions: Executions;
  private readonly runner: QueryRunner;
  private readonly files: ResultFiles;
  private queue: Promise<void> = Promise.resolve();
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(private readonly props: AthenaProps) {
    const { clock, store } = props;
    this.workGroups = new WorkGroups(props);
    this.namedQueries = new NamedQueries(this.workGroups);
    this.preparedStatements = new PreparedStatements(this.workGroups, clock);
    this.dataCatalog = new DataCatalog(props);
    this.executions = new Executions(() => clock.now());
    this.runner = new QueryRunner(props);
    this.files = new ResultFiles(store);
    this.service = athenaService(this);
  }

  /** Declares a workgroup of a template. @throws ServiceError InvalidRequestException for a name that is taken, a location or a cutoff that Athena refuses */
  createWorkGroup(input: NewWorkGroup): void {
    this.workGroups.create(input);
  }

  /** Declares a named query of a template. @returns its id. @throws ServiceError InvalidRequestException for a workgroup that is not there */
  createNamedQuery(input: NewNamedQuery): string {
    return this.namedQueries.add(input);
  }

  /** Declares a prepared statement of a template. @throws ServiceError InvalidRequestException */
  createPreparedStatement(input: Omit<PreparedStatement, 'modified'>): void {
    this.preparedStatements.declare(input);
  }

  /** @returns the execution's id. @throws ServiceError AccessDeniedException, InvalidRequestException */
  start(
    caller: Caller,
    { sql: sent, database, catalog, workGroup = PRIMARY, results = {}, parameters, token }: StartQuery,
  ): string {
    const group = this.workGroups.for(caller, 'athena:StartQueryExecution', workGroup);
    const settings = settingsOf(group, results);
    this.verifyBucket(viaAthena(caller), settings.bucket, settings.expectedOwner);
    const id = randomUUID();
    const sql = statementIn(sent);
    const read = this.read(sql, parameters);
    const refused = read instanceof QueryError ? refusalOf(sql, read) : undefined;
    if (refused !== undefined) throw refused;
    const meant = read instanceof QueryError ? read : this.meantBy(read, workGroup, parameters);
    if (group.enforce) refuseOwnLocation(meant);
    const compared = JSON.stringify([sent, database, catalog, group.enforce ? undefined : results.location]);
    const known = this.executions.withToken(token, caller.arn);
    if (known !== undefined) {
      if (known.compared === compared) return known.id;
      throw invalid('Idempotent parameters do not match', 'IDEMPOTENT_PARAMETER_MISMATCH');
    }
    const described =
      read instanceof QueryError ? undefined : describedTable(this.props.catalog, viaAthena(caller), read, database);
    const execution: Execution = {
      id, sql, database, catalog: catalog?.toLowerCase(), workGroup, caller, settings, parameters, token, compared,
      key: `${settings.prefix}${fileOf(id, meant)}`, class: described !== undefined && isView(described) ? VIEW_CLASS : classIn(read), submitted: this.props.clock.now(), state: 'QUEUED', scanned: 0,
      queueTime: 0, engineTime: 0,
    }; // prettier-ignore
    this.executions.add(execution);
    const asked = performance.now();
    this.queue = this.queue.then(() => this.run(execution, read, group, asked));
    this.underWay.set(id, this.queue);
    void this.queue.finally(() => this.underWay.delete(id));
    return id;
  }

  /** Resolves once every query that was started has ended. */
  async idle(): Promise<void> {
    for (let last; last !== this.queue;) await (last = this.queue);
  }

  /** Resolves once a query has ended. */
  async settled(id: string): Promise<void> {
    await this.underWay.get(id);
  }

  /** @throws ServiceError AccessDeniedException, InvalidRequestException */
  describe(caller: Caller, id: string, action = 'athena:GetQueryExecution'): object {
    return executionView(this.executionFor(caller, action, id));
  }

  /** Ids of a workgroup's executions, the newest first. @throws ServiceError AccessDeniedException, InvalidRequestException */
  list(caller: Caller, workGroup = PRIMARY): readonly string[] {
    this.workGroups.for(caller, 'athena:ListQueryExecutions', workGroup);
    return this.executions.all().flatMap((execution) => (execution.workGroup === workGroup ? execution.id : []));
  }

  /** A page of results, which the caller must also be allowed to read where they lie. @throws ServiceError AccessDeniedException, InvalidRequestException */
  results(caller: Caller, id: string, page: PageRequest = {}): object {
    const execution = this.executionFor(caller, 'athena:GetQueryResults', id);
    const { result, state, reason, class: statement } = execution;
    if ((page.count ?? 0) > MOST_ROWS) throw invalid(`MaxResults is more than maximum allowed length ${MOST_ROWS}`);
    if (state === 'FAILED' && isHives(reason)) return { ResultSet: { Rows: [] } };
    if (state === 'CANCELLED' || (state === 'FAILED' && statement.subtype.startsWith('ALTER_TABLE_')))
      throw invalid('Could not find results', 'RESULT_NOT_FOUND');
    if (state === 'FAILED')
      throw invalid(`Query did not finish successfully. Final query state: ${state}`, 'INVALID_QUERY_EXECUTION_STATE');
    if (result === undefined)
      throw invalid(`Query has not yet finished. Current state: ${state}`, 'INVALID_QUERY_EXECUTION_STATE');
    const rows = this.files.read(viaAthena(caller), execution, result.kind);
    return resultPage(result, rows, page);
  }

  /** @throws ServiceError AccessDeniedException, InvalidRequestException */
  stop(caller: Caller, id: string): void {
    const execution = this.executionFor(caller, 'athena:StopQueryExecution', id);
    if (execution.state === 'RUNNING') this.runner.interrupt();
    if (execution.state === 'QUEUED' || execution.state === 'RUNNING')
      this.end(execution, 'CANCELLED', 'Query cancelled by user');
  }

  /** Keeps the history, and what calls have made, in `folder` for a later process. No query may be under way. */
  save(folder: string): void {
    writeHistory(folder, {
      version: 1,
      executions: this.executions.all().toReversed(),
      prepared: this.preparedStatements.all(),
      named: this.namedQueries.all(),
    });
  }

  /** Takes over what an earlier process has kept in `folder`; before any template declares anything. @throws StateError `StateUnreadable` */
  restore(folder: string): void {
    const saved = readHistory(folder);
    for (const execution of saved?.executions ?? []) this.executions.add(execution);
    this.preparedStatements.restore(saved?.prepared ?? []);
    this.namedQueries.restore(saved?.named ?? []);
  }

  /** Athena looks the results' bucket up before it takes a query, and says no more than this. @see https://repost.aws/knowledge-center/athena-output-bucket-error */
  private verifyBucket(caller: Caller, bucket: string, expectedOwner: string | undefined): void {
    const refused = invalid(`Unable to verify/create output bucket ${bucket}`);
    try {
      this.props.access.check(caller, 's3:GetBucketLocation', `arn:aws:s3:::${bucket}`);
    } catch (error) {
      throw error instanceof ServiceError ? refused : error;
    }
    if (expectedOwner !== undefined && expectedOwner !== this.props.account) throw refused;
  }

  /** The statement that a text is, or why it is none. */
  private read(sql: string, parameters: readonly string[] = []): Statement | QueryError {
    try {
      if (hasOwnParameters(sql)) return parseStatement(sql);
      const wanted = countParameters(sql);
      if (wanted === 0) return parseStatement(sql);
      if (wanted !== parameters.length)
        return new QueryError(
          `INVALID_PARAMETER_USAGE: line 1:1: Incorrect number of parameters: expected ${wanted} but found ${parameters.length}`,
        );
      return parseStatement(sql, parameters.map(parameterText));
    } catch (error) {
      if (error instanceof QueryError) return error;
      throw error;
    }
  }

  /** What an `EXECUTE` runs, and any other statement itself; nobody's rights are asked for. */
  private meantBy(statement: Statement, workGroup: string, parameters: readonly string[] = []): Statement | QueryError {
    if (statement.kind !== 'execute') return statement;
    const prepared = this.preparedStatements.find(workGroup, statement.name);
    if (prepared === undefined) return statement;
    return this.read(prepared.statement, statement.parameters.length > 0 ? statement.parameters : parameters);
  }

  private async run(execution: Execution, read: Statement | QueryError, group: GroupLimits, asked: number): Promise<void> {
    if (execution.state !== 'QUEUED') return;
    execution.state = 'RUNNING';
    const begun = performance.now();
    execution.queueTime = Math.round(begun - asked);
    try {
      if (read instanceof QueryError) throw read;
      if (read.kind === 'execute') this.preparedStatements.authorize(execution.caller, execution.workGroup);
      const statement = this.meantBy(read, execution.workGroup, execution.parameters);
      if (statement instanceof QueryError) throw statement;
      const outcome = await runStatement(this.contextOf(execution, group), statement);
      if (isCancelled(execution)) return;
      execution.result = await this.files.write(viaAthena(execution.caller), execution, outcome);
      this.end(execution, 'SUCCEEDED');
    } catch (error) {
      if (isCancelled(execution)) return;
      const cause = toQueryError(error);
      if (cause instanceof ScanLimitExceeded) {
        this.end(execution, 'CANCELLED', cause.message);
        return;
      }
      const failure = withLeftovers(execution, cause);
      execution.failure = failureOf(failure);
      if (isHives(failure.message)) await this.files.writeReason(viaAthena(execution.caller), execution, failure.message);
      this.end(execution, 'FAILED', failure.message);
    } finally {
      execution.engineTime = Math.round(performance.now() - begun);
    }
  }

  private contextOf(execution: Execution, { bytesScannedCutoff: cutoff }: GroupLimits): StatementContext {
    const { id, caller: direct, workGroup, settings } = execution;
    const database = execution.database?.toLowerCase();
    const session = execution.catalog === CATALOG_NAME.toLowerCase() ? undefined : execution.catalog;
    const { catalog, store, clock } = this.props;
    const caller = viaAthena(direct);
    const now = clock.now();
    return {
      id, caller, direct, database, session, workGroup, now, catalog, store, runner: this.runner, prepared: this.preparedStatements,
      resultLocation: `s3://${settings.bucket}/${settings.prefix}`,
      request: (query) => ({ id, query, database, session, caller, cutoff, now, onScan: (bytes) => { execution.scanned = bytes; } }),
      stopped: () => isCancelled(execution),
      put: (bucket, key, body) => this.files.put(caller, bucket, key, body, execution),
    }; // prettier-ignore
  }

  private end(execution: Execution, state: 'SUCCEEDED' | 'FAILED' | 'CANCELLED', reason?: string): void {
    execution.state = state;
    execution.completed = this.props.clock.now();
    if (reason !== undefined) execution.reason = reason;
  }

  private executionFor(caller: Caller, action: string, id: string): Execution {
    const execution = this.executions.find(id);
    if (execution === undefined) throw invalid(`QueryExecution ${id} was not found`, 'QUERY_EXECUTION_NOT_FOUND');
    this.workGroups.authorize(caller, action, execution.workGroup);
    return execution;
  }
}

/** Where results go is the workgroup's to say, and where a new table goes too. @see https://github.com/dbt-labs/dbt-athena/issues/176 */
function refuseOwnLocation(statement: Statement | QueryError): void {
  if (statement instanceof QueryError || statement.kind !== 'create_table_as') return;
  if (statement.properties['external_location'] === undefined) return;
  throw invalid(
    "The Create Table As Select query failed because it was submitted with an 'external_location' property to an Athena Workgroup that enforces a centralized output location for all queries. Please remove the 'external_location' property and resubmit the query.",
  );
}

interface GroupLimits {
  readonly bytesScannedCutoff?: number | undefined;
}

/** Statements whose `?`, or values for them, are not of this execution. */
const hasOwnParameters = (sql: string): boolean => /^\s*(?:execute|prepare)\b/i.test(sql);

const classIn = (read: Statement | QueryError): StatementClass =>
  read instanceof QueryError ? { type: 'DML', subtype: 'SELECT' } : classOf(read);

const VIEW_CLASS: StatementClass = { type: 'UTILITY', subtype: 'DESC_VIEW' };

/** What a statement's file is called. @see https://docs.aws.amazon.com/athena/latest/ug/querying.html#querying-identifying-output-files */
function fileOf(id: string, statement: Statement | QueryError): string {
  if (statement instanceof QueryError) return `${id}.csv`;
  if (statement.kind === 'create_table_as') return `tables/${id}`;
  if (statement.kind === 'insert' || statement.kind === 'unload') return id;
  return classOf(statement).type === 'DML' && statement.kind !== 'explain' ? `${id}.csv` : `${id}.txt`;
}

/** Whether a failure is Hive's: its statements leave the reason in the place of a result. */
const isHives = (reason = ''): boolean => reason.startsWith('FAILED: ');

/** Whether it was stopped meanwhile. */
const isCancelled = (execution: Execution): boolean => execution.state === 'CANCELLED';

/** Athena calls Glue and S3 with the caller's own identity, and says so. */
const viaAthena = (caller: Caller): Caller => ({ ...caller, calledVia: [...(caller.calledVia ?? []), 'athena.amazonaws.com'] });
