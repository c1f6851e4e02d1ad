import type { Lambda } from '../lambda/lambda.ts';
import { ServiceError } from '../service.ts';
import type { Authenticated } from './authenticate.ts';
import { REST_CODES } from './doubt.ts';
import { notImplemented, type Protocol } from './protocol.ts';
import { RestProtocol, serviceOf } from './rest-protocol.ts';
import { header, type RequestHead, type WireRequest, type WireResponse } from './wire.ts';

/** What is served of Lambda. */
export const LAMBDA_OPERATIONS = ['Invoke'] as const;

const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/;
/** Bytes of the payload of a synchronous invocation. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const LARGEST_PAYLOAD = 6 * 1024 * 1024;

/**
 * Lambda's REST, as far as invoking a function and waiting for its answer.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export class LambdaRest implements Protocol {
  readonly codes = REST_CODES;
  private readonly rest = new RestProtocol();

  constructor(private readonly lambda: Pick<Lambda, 'invoke' | 'arnOf'>) {}

  speaks(head: RequestHead): boolean {
    return serviceOf(head) === 'lambda';
  }

  async answer(request: WireRequest, { caller }: Authenticated): Promise<WireResponse> {
    const { method, path, query, body } = request;
    const name = method === 'POST' ? INVOKE.exec(path)?.[1] : undefined;
    if (name === undefined) throw notImplemented('lambda', `${method} ${path}`);
    const type = header(request, 'x-amz-invocation-type') ?? 'RequestResponse';
    if (type !== 'RequestResponse') throw notImplemented('lambda', `Invoke with InvocationType ${type}`);
    if (body.length > LARGEST_PAYLOAD)
      throw new ServiceError(
        'RequestTooLargeException',
        `Request must be smaller than ${LARGEST_PAYLOAD} bytes for the InvokeFunction operation`,
        413,
      );
    const qualifier = new Map(query).get('Qualifier');
    const outcome = await this.lambda.invoke(caller, this.lambda.arnOf(decodeURIComponent(name), qualifier, caller), parse(body));
    const headers = { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
    return 'answer' in outcome
      ? { status: 200, headers, body: outcome.answer }
      : { status: 200, headers: { ...headers, 'x-amz-function-error': 'Unhandled' }, body: JSON.stringify(outcome) };
  }

  refuse(error: ServiceError): WireResponse {
    return this.rest.refuse(error);
  }
}

function parse(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  } catch {
    throw new ServiceError('InvalidRequestContentException', 'Could not parse request body into json'); // the parser's own words would quote it
  }
}
