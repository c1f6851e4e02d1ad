import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import { pipeline } from 'node:stream/promises';
import { INBOX_PATH, type Inbox } from '../cloudformation/inbox.ts';
import type { Sessions } from '../iam/index.ts';
import type { S3 } from '../s3/index.ts';
import { TRACE_HEADER, withTrace } from '../lambda/lineage.ts';
import { reportFault } from '../report-fault.ts';
import type { SchedulerService } from '../scheduler/index.ts';
import { ServiceError, type Caller, type JsonService, type QueryService } from '../service.ts';
import { authenticate } from './authenticate.ts';
import { CborProtocol } from './cbor-protocol.ts';
import { JsonProtocol } from './json-protocol.ts';
import { LambdaRest, type AskedMappings, type InvokedLambda } from './lambda-rest.ts';
import type { Port } from './port.ts';
import type { Protocol } from './protocol.ts';
import { QueryProtocol } from './query-protocol.ts';
import { headOf, readRequest } from './read-request.ts';
import { RestProtocol } from './rest-protocol.ts';
import { S3Rest } from './s3-rest.ts';
import { discard } from './s3-spool.ts';
import { SchedulerRest } from './scheduler-rest.ts';
import { withoutSignature } from './signature.ts';
import { header, isSlice, type WireRequest, type WireResponse } from './wire.ts';

type Incoming = http.IncomingMessage | http2.Http2ServerRequest;
type Outgoing = http.ServerResponse | http2.Http2ServerResponse;

/** Bytes that a client may have under way on one HTTP/2 connection; the default of 64 KB halts each PutRecords several times. */
const HTTP2_WINDOW = 8 * 1024 * 1024;
/** Milliseconds an idle connection is kept: longer than clients keep theirs, so that none is closed under a request. */
const KEEP_ALIVE = 120_000;

export interface EndpointProps {
  readonly services: readonly JsonService[];
  readonly sts: QueryService;
  /** Further services that take forms. @default - none */
  readonly forms?: readonly QueryService[];
  readonly s3: S3;
  /** @default - no functions: what is asked of Lambda is refused as lacking */
  readonly lambda?: InvokedLambda;
  /** @default - no event source mappings: what is asked of them is refused as lacking */
  readonly mappings?: AskedMappings;
  /** @default - no schedules: what is asked of them is refused as lacking */
  readonly scheduler?: SchedulerService;
  readonly sessions: Sessions;
  /** Takes what functions tell CloudFormation. @default - nothing is taken */
  readonly inbox?: Inbox;
  /** Waits until a caller may be answered. @default - at once */
  readonly admit?: (caller: Caller) => Promise<void>;
  /** Told of faults that are no service's answer; the client learns only that there was one. @default - their name and frames on stderr */
  readonly onFault?: (error: unknown) => void;
}

/** How a request is to be answered. */
interface Asked {
  readonly protocol: Protocol;
  readonly requestId: string;
}

/** @throws for a value that no header can have: HTTP/2 would send another one */
function setHead(outgoing: Outgoing, { status, headers = {} }: WireResponse, requestId: string): void {
  outgoing.statusCode = status;
  for (const [name, value] of Object.entries({ 'x-amzn-requestid': requestId, 'x-amz-request-id': requestId, ...headers })) {
    http.validateHeaderValue(name, value);
    outgoing.setHeader(name, value);
  }
}

/**
 * The services on one port of the loopback, as AWS's clients speak to them: HTTP/1.1, or HTTP/2 by prior knowledge; every request signed.
 * Dates in answers are of the wall clock, for clients set theirs by them.
 */
export class Endpoint {
  private readonly props: EndpointProps;
  private readonly protocols: readonly Protocol[];

  constructor(props: EndpointProps) {
    this.props = props;
    this.protocols = [
      new JsonProtocol(props.services),
      new CborProtocol(props.services),
      new QueryProtocol([props.sts, ...(props.forms ?? [])]),
      ...(props.lambda === undefined ? [] : [new LambdaRest(props.lambda, props.mappings)]),
      ...(props.scheduler === undefined ? [] : [new SchedulerRest(props.scheduler)]),
      new RestProtocol(),
      new S3Rest(props.s3), // whatever is left: a presigned URL says nothing in its headers
    ];
  }

  /** Answers whoever connects to a port. */
  serve(port: Port): void {
    const handle = (incoming: Incoming, outgoing: Outgoing): void => {
      this.handle(incoming, outgoing).catch(() => {
        outgoing.destroy();
      });
    };
    const h1 = http.createServer({ keepAliveTimeout: KEEP_ALIVE }, handle);
    const h2 = http2.createServer({ settings: { initialWindowSize: HTTP2_WINDOW } }, handle);
    h2.on('session', (session: http2.ServerHttp2Session) => {
      session.setLocalWindowSize(HTTP2_WINDOW);
    });
    port.serve((socket) => {
      socket.once('readable', () => {
        const first: unknown = socket.read();
        if (!Buffer.isBuffer(first)) return;
        socket.unshift(first);
        // HTTP/2 by prior knowledge begins with 'PRI * HTTP/2.0'; no method of HTTP/1.1 begins so.
        (first.toString('latin1', 0, 3) === 'PRI' ? h2 : h1).emit('connection', socket);
      });
    });
  }

  private async handle(incoming: Incoming, outgoing: Outgoing): Promise<void> {
    const requestId = randomUUID();
    const head = headOf(incoming);
    if (head.path.startsWith(`${INBOX_PATH}/`)) {
      await this.takeAnswer(incoming, outgoing);
      return;
    }
    const protocol = this.protocols.find((candidate) => candidate.speaks(head));
    if (protocol === undefined) throw new Error('no protocol takes the request');
    const response = this.begin(outgoing, await this.respond(incoming, protocol, requestId), { protocol, requestId });
    const { status, headers = {}, body } = response;
    const hasBody = incoming.method !== 'HEAD';
    if (isSlice(body)) {
      if (hasBody) await pipeline(fs.createReadStream(body.file, { start: body.start, end: body.end }), outgoing);
      else outgoing.end();
      return;
    }
    const content = (hasBody ? body : undefined) ?? '';
    if (headers['content-length'] === undefined && status !== 204)
      outgoing.setHeader('content-length', Buffer.byteLength(content));
    outgoing.end(content);
  }

  private async takeAnswer(incoming: Incoming, outgoing: Outgoing): Promise<void> {
    const { body } = await readRequest(incoming);
    const target = (incoming.url ?? '').slice(INBOX_PATH.length);
    const isTaken = incoming.method === 'PUT' && this.props.inbox?.take(target, body.toString('utf8')) === true;
    outgoing.statusCode = isTaken ? 200 : 403;
    outgoing.end();
  }

  /** Sets the answer's status and headers; where they cannot be, those of a failure, which it answers in its place. */
  private begin(outgoing: Outgoing, response: WireResponse, asked: Asked): WireResponse {
    try {
      setHead(outgoing, response, asked.requestId);
      return response;
    } catch (error) {
      for (const name of outgoing.getHeaderNames()) outgoing.removeHeader(name);
      const failure = this.failure(error, asked);
      setHead(outgoing, failure, asked.requestId);
      return failure;
    }
  }

  private failure(error: unknown, { protocol, requestId }: Asked): WireResponse {
    (this.props.onFault ?? reportFault)(error);
    return protocol.refuse(
      new ServiceError('InternalFailure', 'headwaters failed to answer; its own output says where', 500),
      requestId,
    );
  }

  private async respond(incoming: Incoming, protocol: Protocol, requestId: string): Promise<WireResponse> {
    let request: WireRequest | undefined;
    try {
      request = await readRequest(incoming, protocol instanceof S3Rest);
      protocol.beforeAuthentication?.(request);
      const who = authenticate(request, this.props.sessions, { codes: protocol.codes, now: Date.now() });
      await this.props.admit?.(who.caller);
      const [known, caller] = [withoutSignature(request), { ...who, requestId }];
      return await withTrace(header(request, TRACE_HEADER), () => protocol.answer(known, caller));
    } catch (error) {
      if (error instanceof ServiceError) return protocol.refuse(error, requestId);
      return this.failure(error, { protocol, requestId });
    } finally {
      if (request !== undefined) await discard(request);
    }
  }
}
