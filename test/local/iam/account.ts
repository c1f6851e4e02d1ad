import { Iam, Sessions, Sts } from '../../../local/iam/index.ts';
import { ServiceError, type Caller } from '../../../local/service.ts';

export const ACCOUNT = '123456789012';
export const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
export const roleArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;
export const policyArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:policy/${name}`;
export const document = (...statements: object[]): object => ({
  Version: '2012-10-17',
  Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
});

/** A role to make: what its policy allows, and who may take it. */
export interface SomeRole {
  readonly allows?: readonly object[];
  /** @default - the account may take it */
  readonly trust?: object;
  readonly boundary?: readonly object[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly maxSessionSeconds?: number;
}

/** An account on whose clocks nothing moves, with STS as clients meet it. */
export function account() {
  const clock = { wall: Date.parse('2026-11-21T08:00:00Z'), simulated: Date.parse('2026-01-15T10:30:00Z') };
  const iam = new Iam({ accountId: ACCOUNT, region: 'us-east-1', now: () => clock.simulated });
  const sessions = new Sessions({ iam, wallClock: () => clock.wall });
  const sts = new Sts(sessions);
  const operator = sessions.operator.caller;

  /** Makes a role, and answers its session. */
  function role(name: string, { allows = [], trust, boundary, tags = {}, maxSessionSeconds }: SomeRole = {}): Caller {
    if (boundary !== undefined) iam.addManagedPolicy({ arn: policyArn(`${name}-limit`), document: document(...boundary) });
    iam.addRole({
      roleName: name,
      path: '/',
      arn: roleArn(name),
      trust:
        trust ?? document({ Principal: { AWS: ROOT }, Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] }),
      policyArns: [],
      tags: new Map(Object.entries(tags)),
      ...(boundary && { boundaryArn: policyArn(`${name}-limit`) }),
      ...(maxSessionSeconds !== undefined && { maxSessionSeconds }),
    });
    if (allows.length > 0) iam.addManagedPolicy({ arn: policyArn(name), document: document(...allows), roleNames: [name] });
    return { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/s1`, accountId: ACCOUNT, roleArn: roleArn(name) };
  }

  /** Assumes a role over the query protocol's fields, and answers the session. */
  function assume(name: string, fields: Readonly<Record<string, string>> = {}, by: Caller = operator) {
    const form = new Map(Object.entries({ RoleArn: roleArn(name), RoleSessionName: 's1', ...fields }));
    const answer = sts.operations.AssumeRole?.(form, by) as {
      readonly Credentials: { readonly AccessKeyId: string; readonly Expiration: string };
      readonly AssumedRoleUser: { readonly AssumedRoleId: string; readonly Arn: string };
    };
    const session = sessions.find(answer.Credentials.AccessKeyId);
    if (session === undefined) throw new Error('no session was made');
    return { ...answer, session, caller: session.caller };
  }

  /** What a check answers: `allowed`, or the code and the words of the refusal. */
  function check(
    caller: Caller,
    action: string,
    resource: string,
    context: Readonly<Record<string, string | string[]>> = {},
  ): string {
    try {
      iam.check(caller, action, resource, context);
      return 'allowed';
    } catch (error) {
      if (error instanceof ServiceError) return `${error.code}: ${error.message}`;
      throw error;
    }
  }

  return { clock, iam, sessions, sts, operator, role, assume, check };
}

/** What a refusal says after the resource. */
export const because = (told: string): string => /(because no|with an explicit) .*$/.exec(told)?.[0] ?? told;
