import type { Lambda } from '../lambda/lambda.ts';
import type { EventSourceMappings } from '../lambda/event-source/index.ts';
import { ServiceError, type Caller } from '../service.ts';
import type { Authenticated } from './authenticate.ts';
import { REST_CODES } from './doubt.ts';
import { notImplemented, type Protocol } from './protocol.ts';
import { serviceOf } from './rest-protocol.ts';
import { header, type RequestHead, type WireRequest, type WireResponse } from './wire.ts';

/** What is served of Lambda. */
export const LAMBDA_OPERATIONS = ['GetEventSourceMapping', 'Invoke', 'ListEventSourceMappings'] as const;

/** What Lambda's own errors call their message; those of the front door have nothing else. */
const ERRORS: Readonly<Record<string, 'Message' | 'message'>> = {
  InvalidParameterValueException: 'message',
  InvalidRequestContentException: 'message',
  RequestTooLargeException: 'message',
  ResourceNotFoundException: 'Message',
};

/** What the endpoint asks of functions. */
export type InvokedLambda = Pick<Lambda, 'arnOf' | 'checkInvoke' | 'enqueue' | 'invoke' | 'versionOf'>;

/** What it asks of event source mappings. */
export type AskedMappings = Pick<EventSourceMappings, 'get' | 'list'>;

const MAPPINGS = /^\/2015-03-31\/event-source-mappings\/([^/]*)$/;
const QUERIES = ['EventSourceArn', 'FunctionName', 'Marker', 'MaxItems'];
const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/;
const SYNCHRONOUS = 6 * 1024 * 1024;
/** Bytes of the payload, by the type of the invocation. @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const LARGEST_PAYLOAD = { DryRun: SYNCHRONOUS, Event: 1024 * 1024, RequestResponse: SYNCHRONOUS } as const;

const isType = (type: string): type is keyof typeof LARGEST_PAYLOAD => Object.hasOwn(LARGEST_PAYLOAD, type);

/**
 * Lambda's REST, as far as invoking a function, and looking at event source mappings.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export class LambdaRest implements Protocol {
  readonly codes = REST_CODES;

  /** @param mappings Default: whatever is asked of them is refused as lacking. */
  constructor(
    private readonly lambda: InvokedLambda,
    private readonly mappings?: AskedMappings,
  ) {}

  speaks(head: RequestHead): boolean {
    return serviceOf(head) === 'lambda';
  }

  async answer(request: WireRequest, { caller }: Authenticated): Promise<WireResponse> {
    const { method, path, query, body } = request;
    const mapping = method === 'GET' ? MAPPINGS.exec(path)?.[1] : undefined;
    if (mapping !== undefined && this.mappings !== undefined) return this.look(this.mappings, mapping, query, caller);
    const name = method === 'POST' ? INVOKE.exec(path)?.[1] : undefined;
    if (name === undefined) throw notImplemented('lambda', `${method} ${path}`);
    const type = header(request, 'x-amz-invocation-type') ?? 'RequestResponse';
    if (!isType(type)) throw notImplemented('lambda', `Invoke with InvocationType ${type}`);
    const largest = LARGEST_PAYLOAD[type];
    if (body.length > largest)
      throw new ServiceError(
        'RequestTooLargeException',
        `Request must be smaller than ${largest} bytes for the InvokeFunction operation`,
        413,
      );
    if (header(request, 'x-amz-log-type') === 'Tail') throw notImplemented('lambda', 'Invoke with LogType Tail');
    const arn = this.lambda.arnOf(decodeURIComponent(name), new Map(query).get('Qualifier'), caller);
    if (type === 'DryRun') {
      this.lambda.checkInvoke(caller, arn);
      return { status: 204 };
    }
    if (type === 'Event') {
      this.lambda.enqueue(caller, arn, parse(body));
      return { status: 202 };
    }
    const outcome = await this.lambda.invoke(caller, arn, parse(body));
    const headers = { 'content-type': 'application/json', 'x-amz-executed-version': this.lambda.versionOf(arn) };
    return 'answer' in outcome
      ? { status: 200, headers, body: outcome.answer }
      : { status: 200, headers: { ...headers, 'x-amz-function-error': 'Unhandled' }, body: JSON.stringify(outcome) };
  }

  private look(mappings: AskedMappings, uuid: string, query: WireRequest['query'], caller: Caller): WireResponse {
    const asked = new Map(query);
    const stranger = [...asked.keys()].find((name) => uuid !== '' || !QUERIES.includes(name));
    if (stranger !== undefined) throw notImplemented('lambda', `event source mappings by '${stranger}'`);
    const name = asked.get('FunctionName');
    const found =
      uuid === ''
        ? mappings.list(caller, {
            sourceArn: asked.get('EventSourceArn'),
            functionArn: name === undefined ? undefined : this.lambda.arnOf(name, undefined, caller),
            marker: asked.get('Marker'),
            maxItems: asked.get('MaxItems'),
          })
        : mappings.get(caller, decodeURIComponent(uuid));
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(found) };
  }

  refuse({ code, message, status }: ServiceError): WireResponse {
    const headers = { 'content-type': 'application/json', 'x-amzn-errortype': code };
    const member = ERRORS[code];
    return { status, headers, body: JSON.stringify(member === undefined ? { message } : { Type: 'User', [member]: message }) };
  }
}

function parse(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  } catch {
    throw new ServiceError('InvalidRequestContentException', 'Could not parse request body into json'); // the parser's own words would quote it
  }
}
