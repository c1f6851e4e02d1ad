import { Members } from '../../../local/input.ts';
import { ServiceError, type Caller } from '../../../local/service.ts';
import { Ssm } from '../../../local/ssm/index.ts';
import { ACCOUNT } from '../iam/account.ts';
import { kms } from '../kms/rig.ts';

type Answer = Readonly<Record<string, unknown>>;

export const parameterArn = (name: string): string => `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/${name}`;

/** Parameter Store, and KMS with one key. */
export function ssm() {
  const keys = kms();
  const events: object[] = [];
  const service = new Ssm({
    clock: keys.clock,
    access: keys.iam,
    keys: keys.service,
    region: 'us-east-1',
    accountId: ACCOUNT,
    onEvent: (event) => events.push(event),
  });
  const call = async (operation: string, input: object = {}, caller: Caller = keys.operator): Promise<Answer> => {
    const run = service.service.operations[operation];
    if (run === undefined) throw new Error(`no operation '${operation}'`);
    return (await run(input as Answer, caller)) as Answer;
  };
  /** The code and the words with which a call is refused; `allowed` where it is not. */
  const outcome = async (operation: string, input: object = {}, caller: Caller = keys.operator): Promise<string> => {
    try {
      await call(operation, input, caller);
      return 'allowed';
    } catch (error) {
      if (error instanceof ServiceError) return `${error.code}: ${error.message}`;
      throw error;
    }
  };
  const put = (Name: string, Value = 'value', rest: object = {}): Promise<Answer> =>
    call('PutParameter', { Name, Value, Type: 'String', ...rest });
  /** The value of a parameter, or the code with which it is refused. */
  const value = async (Name: string, rest: object = {}, caller?: Caller): Promise<unknown> =>
    ((await call('GetParameter', { Name, ...rest }, caller)).Parameter as Answer).Value;
  /** Makes what a template says, as the one parameter `Parameter` of the stack `Stack`. */
  const declare = (name: string, properties: object, place: { readonly logicalId?: string } = {}) => {
    const declaration = {
      name,
      stack: 'Stack',
      logicalId: place.logicalId ?? 'Parameter',
      properties: JSON.stringify(properties),
      retention: { whenRemoved: false, whenReplaced: false },
    };
    return service.declare(new Members(properties as Answer), declaration, 'arn:aws:iam::123456789012:root');
  };
  return { ...keys, kms: keys.call, ssm: service, events, store: service.store, call, outcome, put, value, declare };
}
