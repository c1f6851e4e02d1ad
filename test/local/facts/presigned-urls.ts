import { createHmac } from 'node:crypto';
import { sendRaw, type Raw, type SendOptions } from '../endpoint/raw.ts';
import { running } from '../endpoint/running.ts';
import type { FactTable } from './fact.ts';
import { recorded } from './s3/sources.ts';

type Local = Awaited<ReturnType<typeof running>>;

/** Shows something on an endpoint of its own, whose lake holds one object. */
const on =
  (show: (local: Local) => Promise<void>, region = 'us-east-1') =>
  async (): Promise<void> => {
    const local = await running({}, region);
    try {
      local.s3.put(local.sessions.operator.caller, 'lake', 'k', Buffer.from('bytes'));
      await show(local);
    } finally {
      await local.stop();
    }
  };

const OBJECT: Raw = { method: 'GET', path: '/lake/k' };
const UPLOAD: Raw = { method: 'PUT', path: '/lake/signed', body: 'any' };
const signed: SendOptions = { service: 's3', expiresIn: 60 };
const send = ({ url, sessions }: Local, raw: Raw, options: SendOptions = signed) =>
  sendRaw(url, sessions.operator.credentials, raw, options);
const element = (text: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]?.replaceAll('&#xa;', '\n').replaceAll('&amp;', '&');
const soon = (): number => Math.ceil(Date.now() / 1000) + 60;

/** A URL of Signature Version 2, by the text that its signer hashed. */
function old({ sessions }: Local, raw: Raw, { expires = soon(), signedText = '' } = {}): Raw {
  const { accessKeyId, secretAccessKey } = sessions.operator.credentials;
  const text = [raw.method, '', '', expires, signedText].join('\n');
  const query = new URLSearchParams({
    AWSAccessKeyId: accessKeyId,
    Expires: String(expires),
    Signature: createHmac('sha1', secretAccessKey).update(text).digest('base64'),
  });
  return { ...raw, headers: {}, path: `${raw.path ?? ''}${raw.path?.includes('?') === true ? '&' : '?'}${query.toString()}` };
}
const sendOld = (local: Local, raw: Raw, how: Parameters<typeof old>[2]) =>
  sendRaw(local.url, local.sessions.operator.credentials, raw, { service: 's3', tamper: () => old(local, raw, how) });

const source = recorded('test_s3');

/** URLs that carry their signature, and what S3 says of those that it does not believe. */
export const presignedUrls: FactTable = {
  service: 'Requests and signatures',
  facts: [
    {
      says: 'in a region that opened before 2014 S3 takes a URL of Signature Version 2, which boto3 makes unless it is told not to',
      basis: 'observed',
      source,
      holds: on(async (local) => {
        const got = await sendOld(local, OBJECT, { signedText: '/lake/k' });
        expect([got.status, got.text]).toEqual([200, 'bytes']);
        const named = { ...UPLOAD, path: '/lake/signed?x-amz-meta-by=me' };
        expect((await sendOld(local, named, { signedText: 'x-amz-meta-by:me\n/lake/signed' })).status).toBe(200);
        expect(local.s3.bucket('lake').get('signed')?.metadata).toEqual({ by: 'me' });
      }),
    },
    {
      says: 'in any other region S3 answers a URL of Signature Version 2 with InvalidRequest and 400',
      basis: 'observed',
      source: 'https://github.com/stevearc/pypicloud/issues/248',
      holds: on(async (local) => {
        const { status, text } = await sendOld(local, OBJECT, { signedText: '/lake/k' });
        expect(status).toBe(400);
        expect(text).toMatch(/<Code>InvalidRequest<\/Code><Message>The authorization mechanism .* use AWS4-HMAC-SHA256\.</);
      }, 'eu-central-1'),
    },
    {
      says: 'a URL of Signature Version 2 that is over, lacks a parameter or was changed is AccessDenied, AccessDenied and SignatureDoesNotMatch, each with 403',
      basis: 'observed',
      source,
      holds: on(async (local) => {
        const over = await sendOld(local, OBJECT, { signedText: '/lake/k', expires: soon() - 120 });
        expect([over.status, element(over.text, 'Message'), element(over.text, 'X-Amz-Expires')]).toEqual([
          403,
          'Request has expired',
          undefined,
        ]);
        const half = await send(local, OBJECT, { service: 's3', tamper: () => ({ path: '/lake/k?AWSAccessKeyId=x' }) });
        expect([half.status, element(half.text, 'Message')]).toEqual([
          403,
          'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
        ]);
        const other = await sendOld(local, OBJECT, { signedText: '/lake/other' });
        expect([other.status, element(other.text, 'Code')]).toEqual([403, 'SignatureDoesNotMatch']);
        expect(element(other.text, 'StringToSign')).toMatch(/^GET\n\n\n\d+\n\/lake\/k$/);
      }),
    },
    {
      says: 'where a signature does not match S3 tells what it should have been made of',
      basis: 'observed',
      source,
      holds: on(async (local) => {
        const elsewhere = (raw: Raw): Raw => ({ ...raw, path: (raw.path ?? '').replace('/signed', '/stolen') });
        const { text } = await send(local, UPLOAD, { ...signed, tamper: elsewhere });
        expect(element(text, 'AWSAccessKeyId')).toBe(local.sessions.operator.credentials.accessKeyId);
        expect(element(text, 'CanonicalRequest')).toMatch(/^PUT\n\/lake\/stolen\nX-Amz-Algorithm=/);
        const lines = element(text, 'StringToSign') ?? '';
        expect(lines).toMatch(/^AWS4-HMAC-SHA256\n\d{8}T\d{6}Z\n\d{8}\/us-east-1\/s3\/aws4_request\n[0-9a-f]{64}$/);
        const bytes = element(text, 'StringToSignBytes') ?? '';
        expect(Buffer.from(bytes.replaceAll(' ', ''), 'hex').toString()).toBe(lines);
      }),
    },
    {
      says: 'a URL that is over is AccessDenied, with how long it was to last and when it ended',
      basis: 'observed',
      source,
      holds: on(async (local) => {
        const { status, text } = await send(local, OBJECT, { ...signed, at: new Date(Date.now() - 120_000) });
        expect([status, element(text, 'X-Amz-Expires')]).toEqual([403, '60']);
        expect(Date.parse(element(text, 'Expires') ?? '')).toBeLessThan(Date.parse(element(text, 'ServerTime') ?? ''));
      }),
    },
    {
      says: 'headers of S3’s own that were not signed are refused by name with AccessDenied',
      basis: 'observed',
      source,
      holds: on(async (local) => {
        const more = (raw: Raw): Raw => ({ ...raw, headers: { ...raw.headers, 'x-amz-meta-by': 'me', 'x-amz-acl': 'private' } });
        const { status, text } = await send(local, UPLOAD, { ...signed, tamper: more });
        expect([status, element(text, 'Code'), element(text, 'HeadersNotSigned')]).toEqual([
          403,
          'AccessDenied',
          'x-amz-meta-by, x-amz-acl',
        ]);
      }),
    },
    {
      says: 'a URL that lacks a parameter of its signature is an AuthorizationQueryParametersError, before its time is looked at; so is a credential of another form',
      basis: 'observed',
      source,
      holds: on(async (local) => {
        const change = (from: RegExp, to: string) =>
          send(local, OBJECT, { ...signed, tamper: (raw) => ({ ...raw, path: (raw.path ?? '').replace(from, to) }) });
        const undated = await change(/X-Amz-Date=[^&]*&/, '');
        expect([undated.status, element(undated.text, 'Message')]).toEqual([
          400,
          expect.stringMatching(/^Query-string authentication version 4 requires the X-Amz-Algorithm, .* parameters\.$/),
        ]);
        const twice = await change(/%2F/g, '%252F');
        expect([twice.status, element(twice.text, 'Message')]).toEqual([
          400,
          expect.stringMatching(/^Error parsing the X-Amz-Credential parameter; the Credential is mal-formed;/),
        ]);
      }),
    },
    {
      says: 'a URL may carry If-None-Match and If-Match as parameters, and parameters that S3 does not know',
      basis: 'observed',
      source,
      holds: on(async (local) => {
        const once = { ...UPLOAD, query: { 'If-None-Match': '*', requestedBy: 'me' } };
        expect((await send(local, once)).status).toBe(200);
        const again = await send(local, once);
        expect([again.status, element(again.text, 'Condition')]).toEqual([412, 'If-None-Match']);
      }),
    },
  ],
};
