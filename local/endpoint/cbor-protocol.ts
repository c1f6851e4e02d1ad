import type { ServiceError } from '../service.ts';
import type { Authenticated } from './authenticate.ts';
import { JSON_CODES } from './doubt.ts';
import { notImplemented, type Protocol } from './protocol.ts';
import { header, type RequestHead, type WireRequest, type WireResponse } from './wire.ts';

/** `/service/<Service>/operation/<Operation>`. */
const OPERATION = /\/operation\/(\w+)$/;

/** A text of CBOR: major type 3, its length in two bytes. @see https://www.rfc-editor.org/rfc/rfc8949#section-3.1 */
function cborText(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const head = Buffer.from([0x79, bytes.length >> 8, bytes.length & 0xff]);
  return Buffer.concat([head, bytes]);
}

/** A map of up to 23 texts: major type 5. */
const cborMap = (entries: readonly (readonly [string, string])[]): Buffer =>
  Buffer.concat([Buffer.from([0xa0 | entries.length]), ...entries.flat().map(cborText)]);

/** Smithy's RPC v2 in CBOR, as CloudWatch's clients speak it: no service that does is simulated. @see https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html */
export class CborProtocol implements Protocol {
  readonly codes = JSON_CODES;

  speaks(head: RequestHead): boolean {
    return header(head, 'smithy-protocol') === 'rpc-v2-cbor';
  }

  async answer({ path }: WireRequest, { service }: Authenticated): Promise<WireResponse> {
    throw notImplemented(service, OPERATION.exec(path)?.[1] ?? path);
  }

  refuse({ code, message, status }: ServiceError): WireResponse {
    const headers = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' };
    return {
      status,
      headers,
      body: cborMap([
        ['__type', code],
        ['message', message],
      ]),
    };
  }
}
