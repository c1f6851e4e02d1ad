import { isRecord } from '../../input.ts';
import { invalidParameter, missing } from '../errors.ts';
import type { Queue } from '../queue.ts';
import type { QueueOperation } from './index.ts';
import { queueOf, required } from './queue-of.ts';

/** What may be given by a label; everything else takes a policy. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html */
const ACTIONS = [
  '*',
  'ChangeMessageVisibility',
  'DeleteMessage',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'PurgeQueue',
  'ReceiveMessage',
  'SendMessage',
];

type Statement = Readonly<Record<string, unknown>>;
interface Policy {
  readonly Version: string;
  readonly Id: string;
  readonly Statement: readonly Statement[];
}

export const addPermission: QueueOperation = (queues, input, caller) => {
  input.only(['QueueUrl', 'Label', 'AWSAccountIds', 'Actions']);
  const queue = queueOf(queues, input, caller, 'sqs:AddPermission');
  const label = required(input, 'Label');
  const [accounts, actions] = [input.texts('AWSAccountIds'), input.texts('Actions')];
  if (accounts.length === 0) throw missing('AWSAccountIds');
  if (actions.length === 0) throw missing('Actions');
  const wrong = actions.find((action) => !ACTIONS.includes(action));
  if (wrong !== undefined)
    throw invalidParameter('ActionName', `SQS:${wrong}`, 'Please refer to the appropriate WSDL for a list of valid actions. ');
  const policy = policyOf(queue);
  if (policy.Statement.some(({ Sid }) => Sid === label)) throw invalidParameter('Label', label, 'Already exists.');
  const statement = {
    Sid: label,
    Effect: 'Allow',
    Principal: { AWS: single(accounts.map((account) => `arn:aws:iam::${account}:root`)) },
    Action: single(actions.map((action) => `SQS:${action}`)),
    Resource: queue.arn,
  };
  queues.setAttributes(queue, { Policy: JSON.stringify({ ...policy, Statement: [...policy.Statement, statement] }) });
  return {};
};

export const removePermission: QueueOperation = (queues, input, caller) => {
  input.only(['QueueUrl', 'Label']);
  const queue = queueOf(queues, input, caller, 'sqs:RemovePermission');
  const label = required(input, 'Label');
  const policy = policyOf(queue);
  const rest = policy.Statement.filter(({ Sid }) => Sid !== label);
  if (rest.length === policy.Statement.length) throw invalidParameter('Label', label, "can't find label.");
  queues.setAttributes(queue, { Policy: rest.length === 0 ? '' : JSON.stringify({ ...policy, Statement: rest }) });
  return {};
};

/** A queue's policy, or the empty one that the first label begins. */
function policyOf({ arn, texts }: Queue): Policy {
  const text = texts.get('Policy');
  const policy: unknown = text === undefined ? {} : JSON.parse(text);
  if (!isRecord(policy)) throw new Error('a policy that is no object was let in');
  const { Version = '2008-10-17', Id = `${arn}/SQSDefaultPolicy`, Statement = [] } = policy;
  return { Version: String(Version), Id: String(Id), Statement: [Statement].flat().filter(isRecord) };
}

/** AWS writes one thing without a list. */
const single = (texts: readonly string[]): string | readonly string[] => (texts.length === 1 ? (texts[0] ?? '') : texts);
