import { setTimeout } from 'node:timers/promises';
import {
  CreateTableCommand,
  DeleteTableCommand,
  EntityNotFoundException,
  GetTableCommand,
  GlueClient,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { answeredWithin } from '../../core/aws/answered-within.ts';
import { changeOf, creationOf } from './glue-iceberg.lambda.ts';
import { makeIcebergTable, tableRequest, type TableName, type TablePorts } from './make-iceberg-table.ts';

/** Glue writes a file of metadata before it answers. */
const ATTEMPT_MS = 15_000;
const glue = new GlueClient(answeredWithin(ATTEMPT_MS));
const s3 = new S3Client(answeredWithin(ATTEMPT_MS));

/** What no error is for whoever asks: that a table, or its database, is not there. */
async function orAbsent<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof EntityNotFoundException) return undefined;
    throw error;
  }
}

const named = ({ databaseName, tableName }: TableName) => ({ DatabaseName: databaseName, Name: tableName });

const ports: TablePorts = {
  find: async (name) => {
    const found = await orAbsent(glue.send(new GetTableCommand(named(name))));
    return found?.Table === undefined
      ? undefined
      : { parameters: found.Table.Parameters ?? {}, versionId: found.Table.VersionId };
  },
  read: async ({ bucket, key }) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToString()) ?? '';
  },
  create: async (name, state) => {
    await glue.send(new CreateTableCommand(creationOf(name, state)));
  },
  update: async (name, state, versionId) => {
    await glue.send(new UpdateTableCommand(changeOf(name, state, versionId)));
  },
  remove: async (name) => {
    await orAbsent(glue.send(new DeleteTableCommand(named(name))));
  },
  wait: (milliseconds) => setTimeout(milliseconds),
};

/** Makes, evolves and removes an Iceberg table as CloudFormation asks for it. */
export const handler = async (event: unknown): Promise<void> => {
  const request = tableRequest.parse(event);
  const answer = await makeIcebergTable(request, ports);
  console.log(JSON.stringify({ asked: request.RequestType, id: answer.PhysicalResourceId, reason: answer.Reason }));
  // bytes, for which nothing says a type: the address may be signed without one
  const response = await fetch(request.ResponseURL, { method: 'PUT', body: new TextEncoder().encode(JSON.stringify(answer)) });
  if (!response.ok) throw new Error(`CloudFormation did not take the answer: it said ${response.status}`);
};
