import * as z from 'zod';
import { clip } from '../../core/contract/clip.ts';
import { metadataPlace, readLiveTable, type ObjectPlace } from '../../core/iceberg/schema.ts';
import { planTable, type TableState } from '../../core/iceberg/plan-table.ts';
import { readDefinition, type IcebergTableDefinition } from '../../core/iceberg/table-definition.ts';

/** What a table is found by. */
export interface TableName {
  readonly databaseName: string;
  readonly tableName: string;
}

/** A table as the catalog has it. */
export interface CatalogTable {
  readonly parameters: Readonly<Record<string, string>>;
  /** Of the entry; another one since is another writer. */
  readonly versionId?: string | undefined;
}

/** The catalog and its files, as the function reaches them. */
export interface TablePorts {
  /** Undefined for a table that is not there. */
  readonly find: (name: TableName) => Promise<CatalogTable | undefined>;
  /** The text of an object. */
  readonly read: (place: ObjectPlace) => Promise<string>;
  readonly create: (name: TableName, state: TableState) => Promise<void>;
  readonly update: (name: TableName, state: TableState, versionId: string | undefined) => Promise<void>;
  /** Takes the table from the catalog; its objects stay. A table that is not there is none to take. */
  readonly remove: (name: TableName) => Promise<void>;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html */
export const tableRequest = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.string().optional(),
  ResourceProperties: z.object({ Definition: z.string(), DeleteWithStack: z.enum(['true', 'false']) }),
});
export type TableRequest = z.infer<typeof tableRequest>;

/** What CloudFormation is told. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
export interface TableAnswer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

/** The physical id of a table whose creation was refused: its deletion, which follows, takes nobody's table. No table is called so. */
const NEVER_MADE = 'never-made:';

/** Bytes of a reason: an answer has 4,096 in all. */
const LONGEST_REASON = 1000;

/**
 * Does what a deployment asks of a table, and says what came of it.
 *
 * A creation takes up a table of the same name and place, so that one that is asked for twice, or that an earlier stack has left, is evolved. A
 * name that changes is another table: CloudFormation asks for the deletion of the former one.
 */
export async function makeIcebergTable(request: TableRequest, ports: TablePorts): Promise<TableAnswer> {
  const { StackId, RequestId, LogicalResourceId, PhysicalResourceId } = request;
  const told = { StackId, RequestId, LogicalResourceId };
  try {
    const id = request.RequestType === 'Delete' ? await remove(request, ports) : await bring(request, ports);
    return { Status: 'SUCCESS', PhysicalResourceId: id, ...told };
  } catch (error) {
    const id = PhysicalResourceId ?? `${NEVER_MADE}${RequestId}`;
    return { Status: 'FAILED', Reason: reasonOf(error), PhysicalResourceId: id, ...told };
  }
}

async function bring({ ResourceProperties }: TableRequest, ports: TablePorts): Promise<string> {
  const definition = readDefinition(ResourceProperties.Definition);
  await withPatience(ports, () => attempt(definition, ports));
  return `${definition.databaseName}.${definition.tableName}`;
}

async function attempt(definition: IcebergTableDefinition, ports: TablePorts): Promise<void> {
  const found = await ports.find(definition);
  const live =
    found === undefined
      ? undefined
      : readLiveTable(await ports.read(metadataPlace({ ...definition, parameters: found.parameters })));
  const plan = planTable(definition, live);
  if (plan.kind === 'create') await ports.create(definition, plan.state);
  if (plan.kind === 'update') await ports.update(definition, plan.state, found?.versionId);
}

/** By the physical id alone: a definition that a later version of this function refuses must not keep a stack from its deletion. */
async function remove({ PhysicalResourceId, ResourceProperties }: TableRequest, ports: TablePorts): Promise<string> {
  const id = PhysicalResourceId ?? '';
  const [, databaseName, tableName] = /^([^.:]+)\.([^.:]+)$/.exec(id) ?? [];
  if (databaseName !== undefined && tableName !== undefined && ResourceProperties.DeleteWithStack === 'true')
    await withPatience(ports, () => ports.remove({ databaseName, tableName }));
  return id;
}

/**
 * What passes: somebody else has changed the table meanwhile, which is looked at anew, or IAM has not yet told the services of a policy that
 * this deployment has just changed.
 */
const PASSING = new Set([
  'ConcurrentModificationException',
  'AlreadyExistsException',
  'ResourceNotReadyException',
  'AccessDeniedException', // Glue's name
  'AccessDenied', // that of S3
]);
/** Glue writes metadata with the caller's rights: what S3 or KMS refuses it may come in words of its own. */
const passes = ({ name, message }: Error): boolean =>
  PASSING.has(name) || (name === 'InvalidInputException' && /access ?denied|not authorized/i.test(message));
const WAITS = [1_000, 2_000, 4_000, 8_000, 16_000];

async function withPatience(ports: Pick<TablePorts, 'wait'>, work: () => Promise<void>): Promise<void> {
  for (const wait of WAITS) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof Error) || !passes(error)) throw error;
      await ports.wait(wait);
    }
  }
  await work();
}

const reasonOf = (error: unknown): string =>
  clip(error instanceof Error ? `${error.name}: ${error.message}` : 'an unknown error', LONGEST_REASON);
