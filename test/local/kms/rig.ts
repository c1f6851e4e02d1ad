import { SimulatedClock } from '../../../local/clock.ts';
import { Kms } from '../../../local/kms/index.ts';
import { ServiceError, type Caller } from '../../../local/service.ts';
import { account, ACCOUNT, document, ROOT, type SomeRole } from '../iam/account.ts';

export const DAY = 86_400_000;
export const keyId = (index = 1): string => `00000000-0000-4000-8000-00000000000${index}`;
export const keyArn = (index = 1): string => `arn:aws:kms:us-east-1:${ACCOUNT}:key/${keyId(index)}`;
export const base64 = (text: string): string => Buffer.from(text).toString('base64');

type Answer = Readonly<Record<string, unknown>>;

/** KMS with one key that leaves it to the account's policies who may use it, or whose policy is given. */
export function kms({
  policy = document({ Principal: { AWS: ROOT }, Action: 'kms:*', Resource: '*' }),
  values = new Map<string, string>(),
  rotationDays,
  tags,
}: { policy?: object; values?: Map<string, string>; rotationDays?: number; tags?: Record<string, string> } = {}) {
  const { iam, operator, role, assume, check } = account();
  const clock = new SimulatedClock(Date.parse('2026-01-15T10:30:00Z'));
  const service = new Kms({ clock, iam, region: 'us-east-1', accountId: ACCOUNT }, values);
  const create = (index: number, of: object = policy): void => {
    service.createKey({
      id: keyId(index),
      arn: keyArn(index),
      description: 'of a test',
      enabled: true,
      policy: of,
      ...(rotationDays !== undefined && { rotationDays }),
      ...(tags && { tags }),
    });
  };
  create(1);
  const call = async (operation: string, input: object = {}, caller: Caller = operator): Promise<Answer> => {
    const run = service.service.operations[operation];
    if (run === undefined) throw new Error(`no operation '${operation}'`);
    return (await run({ KeyId: keyId(), ...input }, caller)) as Answer;
  };
  /** The code and the words with which a call is refused; `allowed` where it is not. */
  const outcome = async (operation: string, input: object = {}, caller: Caller = operator): Promise<string> => {
    try {
      await call(operation, input, caller);
      return 'allowed';
    } catch (error) {
      if (error instanceof ServiceError) return `${error.code}: ${error.message}`;
      throw error;
    }
  };
  /** A role that may do these things to every key. */
  const user = (name: string, actions: readonly string[], rest: SomeRole = {}): Caller =>
    role(name, { allows: [{ Action: actions, Resource: '*' }], ...rest });
  return { iam, clock, service, values, operator, role, assume, check, create, call, outcome, user };
}
