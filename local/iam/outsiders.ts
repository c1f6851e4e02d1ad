import * as z from 'zod';
import { literalPattern } from '../literal-pattern.ts';
import type { Caller } from '../service.ts';

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);
/** What of a trust policy says who is admitted; all else is the evaluator's. */
const TRUST = z.object({
  Statement: z.preprocess(
    (value): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]),
    z.array(
      z.object({
        Principal: z.union([z.string(), z.object({ AWS: texts.optional() })]).optional(),
        Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
      }),
    ),
  ),
});

const PRINCIPAL_ARN = 'aws:principalarn';
const PERSON = /^arn:([\w-]+):iam::(\d{12}):(role|user)\/(?:.*\/)?([^/]+)$/;
const ACCOUNT = /^(?:arn:([\w-]+):iam::)?(\d{12})(?::root)?$/;

/** Somebody whom a trust policy may admit. */
export interface Outsider {
  readonly caller: Caller;
  /** Whether an ARN is one of those that the policy's name for them means. */
  readonly isMeant: (arn: string) => boolean;
}

/**
 * Somebody for each name that a trust policy has for whom it may admit: a user or a session of a role, whose account and name fit. Whether
 * the policy admits them is for the evaluator to say. Another account stands for a user of it, and a pattern for one that it matches.
 */
export function outsidersOf(trust: unknown, ownAccount: string): Outsider[] {
  const { Statement } = TRUST.parse(trust);
  const names = Statement.flatMap(({ Principal, Condition = {} }) => [
    ...(typeof Principal === 'object' ? (Principal.AWS ?? []) : []),
    ...Object.values(Condition).flatMap((keys) =>
      Object.entries(keys).flatMap(([key, value]) =>
        key.toLowerCase() === PRINCIPAL_ARN ? (texts.safeParse(value).data ?? []) : [],
      ),
    ),
  ]);
  return [...new Set(names)].flatMap((name) => {
    const caller = somebody(name, ownAccount);
    return caller === undefined ? [] : [{ caller, isMeant: meant(name) }];
  });
}

function somebody(name: string, ownAccount: string): Caller | undefined {
  const [, ofPartition = 'aws', account] = ACCOUNT.exec(name) ?? [];
  if (account !== undefined)
    return account === ownAccount
      ? undefined // whom the account means is the operator
      : { arn: `arn:${ofPartition}:iam::${account}:user/headwaters`, accountId: account };
  const arn = name.replaceAll('*', 'headwaters').replaceAll('?', 'x');
  const [, partition = '', accountId, kind, last = ''] = PERSON.exec(arn) ?? [];
  if (accountId === undefined) return undefined;
  if (kind === 'user') return { arn, accountId };
  return { arn: `arn:${partition}:sts::${accountId}:assumed-role/${last}/headwaters`, accountId, roleArn: arn };
}

function meant(name: string): (arn: string) => boolean {
  const pattern = new RegExp(`^${literalPattern(name).replaceAll('\\*', '.*').replaceAll('\\?', '.')}$`);
  return (arn) => pattern.test(arn);
}
