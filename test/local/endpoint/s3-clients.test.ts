import { createHash, createHmac } from 'node:crypto';
import http from 'node:http';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { parseXml } from '../../../local/endpoint/s3-xml.ts';
import type { Faults } from '../../../local/faults/faults.ts';
import { Bucket, refusal, withS3 } from '../s3/rig.ts';

const Key = 'k';

test('a bucket may stand in the host', async () => {
  await withS3({}, async ({ url, clientWith }) => {
    const httpAgent = new http.Agent({
      lookup: (_name, _options, found) => {
        found(null, [{ address: '127.0.0.1', family: 4 }]); // not every resolver knows names under localhost
      },
    });
    const endpoint = url.replace('127.0.0.1', 'localhost');
    const client = clientWith({ endpoint, forcePathStyle: false, requestHandler: { httpAgent } });
    await client.send(new PutObjectCommand({ Bucket, Key: 'a/b', Body: 'x' }));
    expect((await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'a/' }))).Contents).toMatchObject([{ Key: 'a/b' }]);
  });
});

test.each([
  ['unavailable', 'SlowDown', 503],
  ['internalError', 'InternalError', 500],
] as const)('a fault %s is an answer of S3, and nothing is done', async (fault, code, status) => {
  const about: string[] = [];
  const faults: Faults = {
    take: (point, { operation, resource }) => {
      about.push(`${point} ${operation} ${resource}`);
      return (about.length === 1 ? fault : undefined) as never;
    },
  };
  await withS3(
    {},
    async ({ client }) => {
      expect(await refusal(client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' })))).toMatchObject({ code, status });
      expect(await refusal(client.send(new GetObjectCommand({ Bucket, Key })))).toMatchObject({ code: 'NoSuchKey' });
      expect(about[0]).toBe('s3:request s3:PutObject arn:aws:s3:::lake');
    },
    { faults },
  );
});

describe('documents of requests', () => {
  const parse = (text: string) => parseXml(Buffer.from(text), 'Delete');

  test('are read with entities, references, comments and namespaces', () => {
    const document = parse(
      '<?xml version="1.0"?><!-- a --><Delete xmlns="http://s3/"><Object><Key>a&lt;&#233;&amp;</Key></Object><Quiet/></Delete>',
    );
    expect([document.child('Object')?.text('Key'), document.text('Quiet')]).toEqual(['a<é&', '']);
  });

  test.each([
    ['no document', ''],
    ['another root', '<Other/>'],
    ['an element that is not closed', '<Delete><Object></Delete>'],
    ['a second root', '<Delete/><Delete/>'],
    ['text outside', '<Delete/>x'],
    ['a document type', '<!DOCTYPE Delete [<!ENTITY x "y">]><Delete>&x;</Delete>'],
    ['an entity that nobody knows', '<Delete>&x;</Delete>'],
    ['a bare ampersand', '<Delete>a & b</Delete>'],
  ])('fail with MalformedXML on %s', (_name, text) => {
    expect(() => parse(text)).toThrow('The XML you provided was not well-formed');
  });
});

/** A URL signed for ten minutes, as presigners make it. */
function presigned(
  url: string,
  key: string,
  { accessKeyId, secretAccessKey }: { accessKeyId: string; secretAccessKey: string },
): string {
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/us-east-1/s3/aws4_request`;
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${accessKeyId}/${scope}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': '600',
    'X-Amz-SignedHeaders': 'host',
    'response-content-type': 'text/csv',
    'x-id': 'GetObject',
  });
  const request = ['GET', `/${Bucket}/${key}`, query.toString(), `host:${new URL(url).host}\n`, 'host', 'UNSIGNED-PAYLOAD'].join(
    '\n',
  );
  const hash = createHash('sha256').update(request).digest('hex');
  const secret = scope
    .split('/')
    .reduce<string | Buffer>((sum, part) => createHmac('sha256', sum).update(part).digest(), `AWS4${secretAccessKey}`);
  const signature = createHmac('sha256', secret).update(['AWS4-HMAC-SHA256', time, scope, hash].join('\n')).digest('hex');
  return `${url}/${Bucket}/${key}?${query.toString()}&X-Amz-Signature=${signature}`;
}

test('a presigned URL reads the object, its overrides heeded', async () => {
  await withS3({}, async ({ client, url, operatorKeys }) => {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'hello' }));
    const answer = await fetch(presigned(url, Key, operatorKeys));
    expect([await answer.text(), answer.headers.get('content-type')]).toEqual(['hello', 'text/csv']);
  });
});
