import * as athena from '@aws-sdk/client-athena';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as eventbridge from '@aws-sdk/client-eventbridge';
import * as firehose from '@aws-sdk/client-firehose';
import * as glue from '@aws-sdk/client-glue';
import * as kinesis from '@aws-sdk/client-kinesis';
import * as kms from '@aws-sdk/client-kms';
import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import * as sfn from '@aws-sdk/client-sfn';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';

/** Clients of AWS's SDK, which bring their services' models, by the names that state machines call the services by. */
export const CLIENTS: Readonly<Record<string, object>> = {
  athena, cloudwatch, dynamodb, eventbridge, firehose, glue, kinesis, kms, secretsmanager, sfn, sqs, ssm,
}; // prettier-ignore

/** A member of a request or an answer, as the model has it. */
export interface Member {
  readonly name: string;
  readonly of: 'request' | 'answer';
  readonly kind: 'blob' | 'map' | 'number' | 'text' | 'time' | 'other';
  /** Whether a client makes it up where nobody gives it. */
  readonly isToken: boolean;
}

type Schema = number | readonly unknown[] | (() => Schema);

/** Numbers that stand for simple shapes in the SDK's schemas. @see https://github.com/smithy-lang/smithy-typescript/blob/main/packages/types/src/schema/sentinels.ts */
const SIMPLE: Readonly<Record<number, Member['kind']>> = {
  0: 'text',
  1: 'number',
  4: 'time',
  5: 'time',
  6: 'time',
  7: 'time',
  21: 'blob',
};
const [SIMPLE_SHAPE, LIST_SHAPE, MAP_SHAPE, STRUCTURE, OPERATION, ERROR] = [0, 1, 2, 3, 9, -3];
const [LIST_FLAG, MAP_FLAG] = [0x40, 0x80];
const TOKEN_TRAIT = 4;

const listed = (schema: Schema): schema is readonly unknown[] => Array.isArray(schema);
const resolved = (schema: unknown): Schema =>
  typeof schema === 'function' ? resolved((schema as () => unknown)()) : (schema as Schema);

function schemasOf(client: object, kind: number): readonly (readonly unknown[])[] {
  return Object.values(client).filter((value: unknown): value is readonly unknown[] => Array.isArray(value) && value[0] === kind);
}

export const errorsOf = (client: object): readonly string[] => schemasOf(client, ERROR).map(([, , name]) => String(name));

/** Every member within the requests and the answers of some operations. */
export function membersOf(client: object, operations: readonly string[]): readonly Member[] {
  return schemasOf(client, OPERATION)
    .filter(([, , name]) => operations.includes(String(name)))
    .flatMap((operation) => [
      ...within(resolved(operation[4]), 'request', new Set()),
      ...within(resolved(operation[5]), 'answer', new Set()),
    ]);
}

function within(schema: Schema, of: Member['of'], seen: Set<Schema>): readonly Member[] {
  if (!listed(schema) || seen.has(schema)) return [];
  seen.add(schema);
  if (schema[0] === LIST_SHAPE) return within(resolved(schema[4]), of, seen);
  if (schema[0] === MAP_SHAPE) return within(resolved(schema[5]), of, seen);
  if (schema[0] !== STRUCTURE) return isRule(schema) ? within(resolved(schema[0]), of, seen) : [];
  const members = schema[5] as readonly unknown[];
  return (schema[4] as readonly string[]).flatMap((name, index) => {
    const member = resolved(members[index]);
    return [{ name, of, kind: kindOf(member), isToken: isTokenIn(member) }, ...within(member, of, seen)];
  });
}

/** A shape with traits of the member that it is of: `[shape, traits]`. */
const isRule = (schema: readonly unknown[]): boolean => typeof schema[0] !== 'number' || schema.length === 2;

const isTokenIn = (schema: Schema): boolean =>
  listed(schema) && isRule(schema) && (schema[1] === TOKEN_TRAIT || JSON.stringify(schema[1]).includes('idempotencyToken'));

/** What a member is, or each item of its list. */
function kindOf(schema: Schema): Member['kind'] {
  if (typeof schema === 'number') return (schema & MAP_FLAG) !== 0 ? 'map' : (SIMPLE[schema & ~LIST_FLAG] ?? 'other');
  if (!listed(schema)) return 'other';
  if (isRule(schema)) return kindOf(resolved(schema[0]));
  if (schema[0] === LIST_SHAPE) return kindOf(resolved(schema[4]));
  if (schema[0] === MAP_SHAPE) return 'map';
  return schema[0] === SIMPLE_SHAPE ? kindOf(resolved(schema[4])) : 'other';
}
