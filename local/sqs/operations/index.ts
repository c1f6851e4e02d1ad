import { Members } from '../../input.ts';
import { ServiceError, type Caller, type Operation } from '../../service.ts';
import type { Queues } from '../queues.ts';
import { changeVisibility, changeVisibilityBatch, deleteMessage, deleteMessageBatch } from './handles.ts';
import { cancelMoveTask, listMoveTasks, startMoveTask } from './moves.ts';
import { addPermission, removePermission } from './permissions.ts';
import {
  createQueue,
  deleteQueue,
  getQueueAttributes,
  getQueueUrl,
  listDeadLetterSources,
  listQueues,
  purgeQueue,
  setQueueAttributes,
} from './queues.ts';
import { receiveMessage } from './receive.ts';
import { sendMessage, sendMessageBatch } from './send.ts';
import { listQueueTags, tagQueue, untagQueue } from './tags.ts';

/** One operation: it authorizes its caller itself. */
export type QueueOperation = (queues: Queues, input: Members, caller: Caller) => object | Promise<object>;

const OPERATIONS: Readonly<Record<string, QueueOperation>> = {
  AddPermission: addPermission,
  CancelMessageMoveTask: cancelMoveTask,
  ChangeMessageVisibility: changeVisibility,
  ChangeMessageVisibilityBatch: changeVisibilityBatch,
  CreateQueue: createQueue,
  DeleteMessage: deleteMessage,
  DeleteMessageBatch: deleteMessageBatch,
  DeleteQueue: deleteQueue,
  GetQueueAttributes: getQueueAttributes,
  GetQueueUrl: getQueueUrl,
  ListDeadLetterSourceQueues: listDeadLetterSources,
  ListMessageMoveTasks: listMoveTasks,
  ListQueueTags: listQueueTags,
  ListQueues: listQueues,
  PurgeQueue: purgeQueue,
  ReceiveMessage: receiveMessage,
  RemovePermission: removePermission,
  SendMessage: sendMessage,
  SendMessageBatch: sendMessageBatch,
  SetQueueAttributes: setQueueAttributes,
  StartMessageMoveTask: startMoveTask,
  TagQueue: tagQueue,
  UntagQueue: untagQueue,
};

const refuse = (message: string): ServiceError => new ServiceError('InvalidParameterValueException', message);

export const operations = (queues: Queues): Readonly<Record<string, Operation>> =>
  Object.fromEntries(
    Object.entries(OPERATIONS).map(([name, operation]) => [
      name,
      async (input: Readonly<Record<string, unknown>>, caller: Caller) => operation(queues, new Members(input, refuse), caller),
    ]),
  );
