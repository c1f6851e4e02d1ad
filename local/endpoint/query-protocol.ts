import type { QueryService } from '../iam/index.ts';
import { ServiceError } from '../service.ts';
import { QUERY_CODES, type Authenticated } from './authenticate.ts';
import { notImplemented, type Protocol } from './protocol.ts';
import { header, type WireRequest, type WireResponse } from './wire.ts';
import { xml } from './xml.ts';

/** AWS's query protocol: a form with `Action` in, XML out. */
export class QueryProtocol implements Protocol {
  readonly codes = QUERY_CODES;
  private readonly service: QueryService;

  constructor(service: QueryService) {
    this.service = service;
  }

  speaks(head: Pick<WireRequest, 'method' | 'headers'>): boolean {
    return head.method === 'POST' && header(head, 'content-type')?.startsWith('application/x-www-form-urlencoded') === true;
  }

  async answer(request: WireRequest, { caller, service: signedFor }: Authenticated): Promise<WireResponse> {
    const { name, xmlNamespace, operations } = this.service;
    const form = new Map(new URLSearchParams(request.body.toString('utf8')));
    const action = form.get('Action') ?? '';
    if (!/^\w+$/.test(action)) throw new ServiceError('MissingAction', "the form has no 'Action'");
    const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
    if (signedFor !== name || operation === undefined) throw notImplemented(signedFor, action);
    const body = { [`${action}Result`]: operation(form, caller), ResponseMetadata: { RequestId: '' } };
    return { status: 200, headers: { 'content-type': 'text/xml' }, body: xml(`${action}Response`, body, xmlNamespace) };
  }

  refuse({ code, message, status }: ServiceError, requestId: string): WireResponse {
    const error = { Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message }, RequestId: requestId };
    return { status, headers: { 'content-type': 'text/xml' }, body: xml('ErrorResponse', error, this.service.xmlNamespace) };
  }
}
