import type { ParsedPrefix } from '../core/aws/prefix-expression.ts';
import type { Services } from './assembly/resource-type.ts';
import type { DeliverySettings } from './firehose/settings.ts';

interface Named {
  readonly name: string;
  readonly arn: string;
}

/** Where a delivery stream writes to, and what it reads. */
export interface DeliveryPlace {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** ARN of the stream that it reads; absent where records are put to it. */
  readonly streamArn?: string;
  readonly bucket: string;
  /** With `*` for each expression: `orders/dt=*`. */
  readonly prefix: string;
  /** Whose columns it writes; absent where it converts nothing. */
  readonly table?: { readonly database: string; readonly name: string; readonly arn: string };
}

/** What the templates have made, for whoever knows the names of neither stacks nor outputs. */
export interface Inventory {
  readonly streams: readonly Named[];
  readonly deliveries: readonly DeliveryPlace[];
  /** `primary`, which is always there, among them. */
  readonly workGroups: readonly Named[];
  /** The roles that the operator may take. */
  readonly roles: readonly { readonly arn: string; readonly tags: Readonly<Record<string, string>> }[];
}

type Counted = Pick<Services, 'accountId' | 'region' | 'kinesis' | 'firehose' | 'athena' | 'sessions'>;

export function takeInventory({ accountId, region, kinesis, firehose, athena, sessions }: Counted): Inventory {
  const { caller } = sessions.operator;
  const groups = athena.workGroups;
  return {
    streams: kinesis.all().map(({ settings: { name, arn } }) => ({ name, arn })),
    deliveries: firehose.all().map(({ settings }) => placeOf(settings, `arn:aws:glue:${region}:${accountId}`)),
    workGroups: groups.list(caller).map(({ name }) => ({ name, arn: groups.arn(name) })),
    roles: sessions.rolesFor(caller).map(({ arn, tags }) => ({ arn, tags: Object.fromEntries(tags) })),
  };
}

function placeOf({ name, arn, source, target, conversion }: DeliverySettings, glue: string): DeliveryPlace {
  return {
    name,
    arn,
    roleArn: target.roleArn,
    ...(source !== undefined && { streamArn: source.streamArn }),
    bucket: target.bucket,
    prefix: patternOf(target.prefix),
    ...(conversion !== undefined && {
      table: {
        database: conversion.database,
        name: conversion.table,
        arn: `${glue}:table/${conversion.database}/${conversion.table}`,
      },
    }),
  };
}

const patternOf = ({ parts }: ParsedPrefix): string => parts.map((part) => (part.kind === 'text' ? part.text : '*')).join('');
