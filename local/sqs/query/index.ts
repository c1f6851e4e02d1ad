import { readForm } from '../../form.ts';
import { ServiceError, type FormOperation, type Operation, type QueryService } from '../../service.ts';
import { queryCode } from '../errors.ts';
import { inXml } from './answers.ts';
import { REQUESTS } from './requests.ts';

/** Actions of no queue: none of them is asked at one's URL. */
const OF_NO_QUEUE = ['CreateQueue', 'ListQueues'];

/** What forms name by the path where they do not name it themselves: a queue. */
const isQueue = (path: string): boolean => /^\/\d{12}\/[^/]+$/.test(path);

const invalidAction = (action: string): ServiceError =>
  new ServiceError('InvalidAction', `The action ${action} is not valid for this endpoint.`);

/** SQS as clients met it before it spoke JSON: the same operations over forms. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html */
export const sqsForms = (operations: Readonly<Record<string, Operation>>): QueryService => ({
  name: 'sqs',
  xmlNamespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
  operations: Object.fromEntries(Object.entries(operations).map(([action, run]) => [action, overForms(action, run)])),
  unknown: invalidAction,
  wordError,
  tellsDetail: true,
});

const overForms =
  (action: string, run: Operation): FormOperation =>
  async (fields, caller, path) => {
    if (isQueue(path) && OF_NO_QUEUE.includes(action)) throw invalidAction(action);
    const known = REQUESTS[action] ?? { fields: {} };
    const form = readForm(fields, known, (name) => {
      return new ServiceError('NotImplemented', `NotImplemented: sqs:${action} with '${name}'`, 501);
    });
    const atPath = isQueue(path) && Object.hasOwn(known.fields, 'QueueUrl') ? { QueueUrl: path } : {};
    return inXml(action, await run(asInJson({ ...atPath, ...form }), caller));
  };

/** Of the two names of one list, forms go by the older. */
function asInJson(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { MessageSystemAttributeNames: newer, ...rest } = input;
  return newer === undefined || rest.AttributeNames !== undefined ? rest : { ...rest, AttributeNames: newer };
}

function wordError({ code, message, status }: ServiceError): ServiceError {
  const words = code === 'QueueDoesNotExist' ? 'The specified queue does not exist for this wsdl version.' : message;
  return new ServiceError(queryCode(code), words, code === 'AccessDeniedException' ? 403 : status);
}
