import { ServiceError, type QueryService } from '../service.ts';
import type { Authenticated } from './authenticate.ts';
import { QUERY_CODES } from './doubt.ts';
import { notImplemented, type Protocol } from './protocol.ts';
import { header, type RequestHead, type WireRequest, type WireResponse } from './wire.ts';
import { xml } from './xml.ts';

/** What STS answers to anybody: the token of an identity provider stands for the signature. */
const UNSIGNED = ['AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'];

/** A form is posted, or stands in the URL, as in one that was presigned. */
const formOf = ({ method, query, body }: WireRequest): ReadonlyMap<string, string> =>
  method === 'POST' && body.length > 0 ? new Map(new URLSearchParams(body.toString('utf8'))) : new Map(query);

/** AWS's query protocol: a form with `Action` in, XML out. The name that the signature carries tells for which service. */
export class QueryProtocol implements Protocol {
  readonly codes = QUERY_CODES;
  private readonly services: ReadonlyMap<string, QueryService>;
  /** In whose words a form is refused that is nobody's. */
  private readonly first: QueryService;

  constructor([first, ...others]: readonly [QueryService, ...QueryService[]]) {
    this.first = first;
    this.services = new Map([first, ...others].map((service) => [service.name, service]));
  }

  speaks(head: RequestHead): boolean {
    const isForm = header(head, 'content-type')?.startsWith('application/x-www-form-urlencoded') === true;
    return head.method === 'POST' ? isForm : /(^|&)Action=/.test(head.search);
  }

  beforeAuthentication(request: WireRequest): void {
    const action = formOf(request).get('Action') ?? '';
    if (UNSIGNED.includes(action)) throw notImplemented('sts', action);
  }

  async answer(request: WireRequest, { caller, service: signedFor, requestId }: Authenticated): Promise<WireResponse> {
    const form = formOf(request);
    const action = form.get('Action') ?? '';
    if (!/^\w+$/.test(action)) throw new ServiceError('MissingAction', "the form has no 'Action'");
    const service = this.services.get(signedFor);
    const operation = service !== undefined && Object.hasOwn(service.operations, action) ? service.operations[action] : undefined;
    if (service === undefined) throw notImplemented(signedFor, action);
    if (operation === undefined)
      return refusal(service.unknown?.(action) ?? notImplemented(signedFor, action), requestId, service);
    try {
      const result = await operation(form, caller, decoded(request.path));
      const body = { [`${action}Result`]: result, ResponseMetadata: { RequestId: requestId } };
      return {
        status: 200,
        headers: { 'content-type': 'text/xml' },
        body: xml(`${action}Response`, body, service.xmlNamespace),
      };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return refusal(service.wordError?.(error) ?? error, requestId, service);
    }
  }

  refuse(error: ServiceError, requestId: string): WireResponse {
    return refusal(error, requestId, this.first);
  }
}

function refusal({ code, message, status }: ServiceError, requestId: string, service: QueryService): WireResponse {
  const { xmlNamespace, tellsDetail = false } = service;
  const told = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message, ...(tellsDetail && { Detail: '' }) };
  const error = { Error: told, RequestId: requestId };
  return { status, headers: { 'content-type': 'text/xml' }, body: xml('ErrorResponse', error, xmlNamespace) };
}

/** A path that is no text in UTF-8 stands for itself, and for no queue. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
